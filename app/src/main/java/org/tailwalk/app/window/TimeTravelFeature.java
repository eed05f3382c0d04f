// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.util.List;
import java.util.function.Function;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.Region;
import org.tailwalk.app.action.Action;
import org.tailwalk.app.maps.MapsView;
import org.tailwalk.app.maps.MapsViewModel;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Icon;
import org.tailwalk.app.whatif.WhatIfView;
import org.tailwalk.app.whatif.WhatIfViewModel;
import org.tailwalk.app.why.WhyView;
import org.tailwalk.app.why.WhyViewModel;
import org.tailwalk.replay.EventText;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.why.Why;

/** The maps at every step, and what would have been had something been another. */
final class TimeTravelFeature {
  private static final String MAPS = "maps";
  static final String WHY = "why";
  static final String WHAT_IF = "what-if";

  private final MainViewModel model;
  private final Features.Places places;
  private final Function<MapsViewModel, List<MenuItem>> onEntry;

  /**
   * Part of {@link Features}.
   *
   * @param onEntry makes items for the menu of entries
   */
  TimeTravelFeature(
      MainViewModel model,
      Features.Places places,
      Function<MapsViewModel, List<MenuItem>> onEntry) {
    this.model = model;
    this.places = places;
    this.onEntry = onEntry;
  }

  void wire() {
    MapsViewModel maps = new MapsViewModel(model.focus(), model.work());
    WhatIfViewModel whatIf =
        new WhatIfViewModel(
            model.focus(), model.replays(), model.services().lanes(), places.frame().edits());
    maps(maps);
    why(maps);
    whatIf(whatIf);
    maps.onWithout((map, key) -> {
      places.drawer().show(WHAT_IF);
      whatIf.without(map, key, EventText.key(key));
    });
  }

  private void maps(MapsViewModel maps) {
    Texts texts = Texts.of(MapsView.class);
    MapsView view = new MapsView(maps);
    onEntry.apply(maps).forEach(view::addToMenu);
    places.tabs().add(MAPS, texts.get("tab"), view);
    maps.activeProperty().bind(places.tabs().shownProperty().isEqualTo(MAPS));
    String chapter = texts.get("chapter");
    places
        .actions()
        .add(
            List.of(
                Action.of(
                    "maps.show",
                    chapter,
                    texts.get("action.show"),
                    () -> places.tabs().show(MAPS),
                    "Alt+M"),
                Action.of(
                    "maps.who-wrote",
                    chapter,
                    texts.get("action.who"),
                    () -> maps.whoWrote(null),
                    "Alt+W"),
                Action.of(
                    "maps.what-decided",
                    chapter,
                    texts.get("action.what"),
                    maps::whatDecided,
                    "Alt+D")));
  }

  private void why(MapsViewModel maps) {
    Texts texts = Texts.of(WhyView.class);
    WhyViewModel why = new WhyViewModel(model.focus(), model.work());
    why.onReveal((map, key) -> {
      places.tabs().show(MAPS);
      maps.reveal(map, key);
    });
    places.drawer().add(WHY, texts.get("title"), Icon.HELP, covered(new WhyView(why)));
    model.steps().onDropped(packet -> explain(packet));
    why.activeProperty().bind(places.drawer().shownProperty().isEqualTo(WHY));
    places
        .actions()
        .add(
            List.of(
                Action.of(
                    "why.show",
                    texts.get("chapter"),
                    texts.get("action.show"),
                    () -> places.drawer().toggle(WHY),
                    "Alt+Y")));
  }

  /** What stands below the steps of a dropped packet; the page tells the rest. */
  private void explain(PacketReplay packet) {
    model
        .focus()
        .replay()
        .ifPresent(replay ->
            model
                .work()
                .run(
                    () -> new Why(replay.scenario(), replay.history().primary()).explain(packet),
                    found -> model.steps().explain(packet, WhyViewModel.brief(found)),
                    _ -> {
                      // The page says what went wrong when it is asked.
                    }));
  }

  /** What a lesson asks for the pages don't tell before it is answered. */
  private Region covered(Region page) {
    return Covered.over(
        page,
        model.focus().veiledFromProperty().greaterThan(0),
        Texts.of(MainWindow.class).get("covered"));
  }

  private void whatIf(WhatIfViewModel whatIf) {
    Texts texts = Texts.of(WhatIfView.class);
    places.drawer().add(WHAT_IF, texts.get("title"), Icon.BRANCH, covered(new WhatIfView(whatIf)));
    whatIf.activeProperty().bind(places.drawer().shownProperty().isEqualTo(WHAT_IF));
    String chapter = texts.get("chapter");
    places
        .actions()
        .add(
            List.of(
                Action.of(
                    "what-if.show",
                    chapter,
                    texts.get("action.show"),
                    () -> places.drawer().toggle(WHAT_IF),
                    "Ctrl+E"),
                Action.of(
                        "what-if.least",
                        chapter,
                        texts.get("action.propose"),
                        () -> whatIf.adopt(whatIf.proposals().getFirst()))
                    .when(() -> !whatIf.proposals().isEmpty()),
                Action.of("what-if.undo", chapter, texts.get("action.undo"), whatIf::undo)
                    .when(whatIf::canUndo)));
  }
}
