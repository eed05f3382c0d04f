// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.tailwalk.app.action.Action;
import org.tailwalk.app.annotation.AnnotationActions;
import org.tailwalk.app.annotation.AnnotationsViewModel;
import org.tailwalk.app.annotation.ColoursView;
import org.tailwalk.app.annotation.NotesView;
import org.tailwalk.app.breakpoint.BreakpointsButton;
import org.tailwalk.app.breakpoint.BreakpointsView;
import org.tailwalk.app.breakpoint.BreakpointsViewModel;
import org.tailwalk.app.maps.MapsViewModel;
import org.tailwalk.app.packets.PacketRow;
import org.tailwalk.app.packets.PacketsView;
import org.tailwalk.app.path.PathView;
import org.tailwalk.app.prefs.PreferenceStore;
import org.tailwalk.app.session.Annotations;
import org.tailwalk.app.session.AnnotationsJson;
import org.tailwalk.app.session.Breakpoint;
import org.tailwalk.app.session.ColourRule;
import org.tailwalk.app.session.Focus;
import org.tailwalk.app.steps.StepsView;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Icon;
import org.tailwalk.app.transport.TransportView;
import org.tailwalk.filter.Shapes;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.replay.EventText;

/** Wires marks, notes, colours and breakpoints, and the menus by which they are reached. */
final class DebugFeatures {
  /** Views that have menus, a strip, or room for a button. */
  record Views(PacketsView packets, PathView path, StepsView steps, TransportView transport) {}

  private final MainViewModel model;
  private final Focus focus;
  private final Features.Places places;
  private final Views views;
  private final AnnotationsViewModel said;
  private final BreakpointsViewModel breakpoints;
  private final Texts texts = Texts.of(BreakpointsViewModel.class);

  DebugFeatures(MainViewModel model, Features.Places places, Views views) {
    this.model = model;
    this.focus = model.focus();
    this.places = places;
    this.views = views;
    this.said = model.annotations();
    this.breakpoints =
        new BreakpointsViewModel(said, focus, model.work(), model.replays(), model.status());
  }

  void wire() {
    colours();
    filter();
    annotations();
    breakpoints();
    menus();
  }

  /** Breaks or filters on the entry that is selected in the tab of maps. */
  List<MenuItem> onEntry(MapsViewModel maps) {
    return List.of(
        item(
            texts.get("menu.break-entry"),
            () ->
                withEntry(
                    maps,
                    (map, key) ->
                        breakpoints.add(
                            new Breakpoint.MapEntry(map, key, Breakpoint.Access.ANY), ""))),
        item(
            texts.get("menu.filter-entry"),
            () ->
                withEntry(
                    maps,
                    (map, key) ->
                        model
                            .filter()
                            .set("map == \"%s\" && map.key contains \"%s\"".formatted(map, key)))));
  }

  /** Filters or breaks on what a field of the packet holds. */
  List<MenuItem> onField(String filter) {
    return List.of(
        filterOn(filter),
        filterOn("!(" + filter + ")"),
        item(
            texts.get("menu.break", filter),
            () -> breakpoints.add(new Breakpoint.Packet(), filter)));
  }

  private static void withEntry(MapsViewModel maps, BiConsumer<String, String> what) {
    maps.mapProperty()
        .get()
        .ifPresent(map ->
            maps.selectedProperty()
                .get()
                .ifPresent(line -> what.accept(Shapes.mapName(map), EventText.key(line.key()))));
  }

  /** The user's own rules are kept among the preferences. */
  private void colours() {
    PreferenceStore preferences = model.user().preferences();
    List<ColourRule> own = ColourRule.defaults();
    String kept = preferences.get().colours().toString();
    try {
      List<ColourRule> read = AnnotationsJson.readColours(kept);
      own = read.isEmpty() ? own : read;
    } catch (IOException e) {
      model.status().fail("preferences: " + e.getMessage());
    }
    said.keepColours(
        own, now -> preferences.change(p -> p.withColours(AnnotationsJson.colours(now))));
  }

  /** The filter is saved with the session, and comes back with it. */
  private void filter() {
    model
        .packets()
        .filterProperty()
        .addListener((_, _, now) -> {
          Annotations before = said.annotationsProperty().get();
          if (!before.filter().equals(now.text())) {
            said.set(before.withFilter(now.text()));
          }
        });
    said.annotationsProperty()
        .addListener((_, was, now) -> {
          if (!was.filter().equals(now.filter())
              && !now.filter().equals(model.packets().filterProperty().get().text())) {
            model.filter().set(now.filter());
          }
        });
  }

  private void annotations() {
    Texts words = Texts.of(AnnotationsViewModel.class);
    NotesView notes = new NotesView(said, focus);
    places.drawer().add("notes", words.get("notes.title"), Icon.NOTE, notes);
    ColoursView colours = new ColoursView(said);
    places.drawer().add("colours", words.get("colours.title"), Icon.COLOURS, colours);
    Runnable write =
        () -> {
          places.drawer().show("notes");
          notes.write();
        };
    places.actions().add(new AnnotationActions(said, model.filter()::set).all(write));
    places
        .actions()
        .add(
            List.of(
                Action.of(
                    "colours.show",
                    words.get("chapter"),
                    words.get("action.colours"),
                    () -> {
                      places.drawer().show("colours");
                      colours.focusList();
                    },
                    "Alt+C")));
    views.packets().menu(packet -> packetMenu(packet, write));
  }

  private void breakpoints() {
    BreakpointsView view = new BreakpointsView(breakpoints, model.filter()::completer);
    places.drawer().add("breakpoints", texts.get("title"), Icon.BREAKPOINT, view);
    Runnable page =
        () -> {
          places.drawer().show("breakpoints");
          view.focusList();
        };
    views
        .transport()
        .addButton(
            new BreakpointsButton(breakpoints, said, page, views.transport().narrowProperty()));
    // Whoever ran by a key looks at the transport, not at the page of breakpoints.
    breakpoints.messageProperty().addListener((_, _, now) -> model.transport().say(now));
    breakpoints.ticksProperty().addListener((_, _, _) -> showTicks());
    focus.veiledFromProperty().addListener((_, _, _) -> showTicks());
    places
        .actions()
        .add(
            List.of(
                action("next", () -> breakpoints.run(1), "B"),
                action("previous", () -> breakpoints.run(-1), "Shift+B"),
                action("here", breakpoints::breakHere, "Ctrl+B"),
                action("list", page, "Alt+B"),
                action("clear", breakpoints::removeAll).when(breakpoints::any)));
  }

  /** What a lesson asks for first the strip doesn't tell. */
  private void showTicks() {
    BitSet packets = (BitSet) breakpoints.ticksProperty().get().clone();
    int from = focus.veiledFromProperty().get();
    if (from > 0 && from < packets.length()) {
      packets.clear(from, packets.length());
    }
    views.transport().strip().showTicks(packets);
  }

  private Action action(String name, Runnable run, String... keys) {
    return Action.of(
        "breakpoints." + name, texts.get("chapter"), texts.get("action." + name), run, keys);
  }

  private MenuItem item(String text, Runnable run) {
    MenuItem item = new MenuItem(text);
    item.setMnemonicParsing(false);
    item.setOnAction(_ -> run.run());
    return item;
  }

  private List<MenuItem> breakOn(List<Breakpoint.On> kinds) {
    return kinds.stream()
        .map(on ->
            item(texts.get("menu.break", breakpoints.describe(on)), () -> breakpoints.add(on, "")))
        .toList();
  }

  private void menus() {
    views
        .steps()
        .menu(row ->
            focus.packet().map(p -> breakOn(breakpoints.suggestions(p, row))).orElse(List.of()));
    views
        .path()
        .menu(node -> {
          if (node.startsWith("@")) {
            // A place outside: nothing runs there that one could stop at.
            return List.of();
          }
          List<MenuItem> items = new ArrayList<>(breakOn(List.of(new Breakpoint.Program(node))));
          items.add(filterOn("program == \"" + node + "\""));
          return items;
        });
  }

  /** Shows what passes this as well as what is filtered already. */
  private MenuItem filterOn(String filter) {
    boolean alone = model.filter().textProperty().get().isBlank();
    Consumer<String> set = alone ? model.filter()::set : model.filter()::and;
    return item(
        texts.get(alone ? "menu.filter" : "menu.filter-and", filter), () -> set.accept(filter));
  }

  private List<MenuItem> packetMenu(int packet, Runnable write) {
    List<MenuItem> items = new ArrayList<>();
    items.add(
        item(
            texts.get("menu.why") + "  (Alt+Y)",
            () -> places.drawer().show(TimeTravelFeature.WHY)));
    items.add(
        item(
            texts.get("menu.what-if") + "  (Ctrl+E)",
            () -> places.drawer().show(TimeTravelFeature.WHAT_IF)));
    items.add(new SeparatorMenuItem());
    items.add(item(texts.get("menu.mark") + "  (Ctrl+M)", said::toggleMark));
    items.add(item(texts.get("menu.reference") + "  (Ctrl+T)", said::toggleReference));
    items.add(item(texts.get("menu.note"), write));
    String flow = said.followFlow();
    if (!flow.isEmpty()) {
      items.add(item(texts.get("menu.follow"), () -> model.filter().set(flow)));
    }
    PacketRow row = model.packets().tableProperty().get().row(packet);
    address(row.source(), "src", items);
    address(row.destination(), "dst", items);
    if (!flow.isEmpty()) {
      items.add(
          item(texts.get("menu.break-flow"), () -> breakpoints.add(new Breakpoint.Packet(), flow)));
    }
    items.add(
        item(
            texts.get("menu.break-packet", packet),
            () -> breakpoints.add(new Breakpoint.Packet(), "frame.number == " + packet)));
    return items;
  }

  private void address(String address, String end, List<MenuItem> items) {
    try {
      boolean six = IpAddress.parse(address).v6();
      String filter = (six ? "ipv6." : "ip.") + end + " == " + address;
      items.add(filterOn(filter));
    } catch (IllegalArgumentException e) {
      // A MAC address: nothing to offer.
      return;
    }
  }
}
