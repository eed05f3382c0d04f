// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.maps;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.session.Focus;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.tasks.OnceSoon;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.text.Texts;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.PathEvent;
import org.tailwalk.replay.EventText;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.history.Moment;
import org.tailwalk.replay.history.Write;

/**
 * The maps at the step shown. Reads them in the background, only while somebody looks, and never
 * two moments at once: what was asked for meanwhile comes next. UI thread.
 */
public final class MapsViewModel {
  private final Focus focus;
  private final Work work;
  private final OnceSoon question;
  private final Texts texts = Texts.of(MapsViewModel.class);
  private final ObservableList<MapChoice> choices = FXCollections.observableArrayList();
  private final ObservableList<MapLine> lines = FXCollections.observableArrayList();
  private final ObservableList<FieldLine> fields = FXCollections.observableArrayList();
  private final ObservableList<Moment> uses = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<List<MapColumn>> columns =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyObjectWrapper<Optional<MapRef>> map =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<MapLine>> selected =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyStringWrapper about = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper nothing = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
  private final StringProperty search = new SimpleStringProperty("");
  private final BooleanProperty touchedOnly = new SimpleBooleanProperty();
  private final BooleanProperty follow = new SimpleBooleanProperty(true);
  private final BooleanProperty active = new SimpleBooleanProperty();
  private BiConsumer<MapRef, MapKey> without = (_, _) -> {};
  private @Nullable MapRef wanted;
  private @Nullable MapKey wantedKey;

  /** The entry selected is of another step: it is not selected again. */
  private boolean forget;

  private long nowSeconds;
  private long arriving;
  private int arrivingRow;
  private boolean busy;
  private boolean stale;

  /** Follows what the window looks at. */
  public MapsViewModel(Focus focus, Work work) {
    this.focus = focus;
    this.work = work;
    this.question = new OnceSoon(work, this::read);
    focus.packetProperty().addListener((_, _, _) -> moved());
    focus
        .replayProperty()
        .addListener((_, _, _) -> {
          if (focus.packetless().isPresent()) {
            clear();
          }
        });
    focus.rowProperty().addListener((_, _, _) -> moved());
    search.addListener((_, _, _) -> refresh());
    touchedOnly.addListener((_, _, _) -> refresh());
    active.addListener((_, _, now) -> {
      if (now) {
        moved();
      }
    });
    follow.addListener((_, _, now) -> {
      if (now) {
        moved();
      }
    });
    clear();
  }

  private void clear() {
    choices.clear();
    lines.clear();
    about.set("");
    nothing.set(focus.packetless().orElse(texts.get("nothing.no-packet")));
    selected.set(Optional.empty());
    showFields();
  }

  private void moved() {
    PacketReplay packet = focus.packetProperty().get();
    boolean arrived = packet != null && packet.number() == arriving;
    if (!arrived) {
      message.set("");
    } else if (focus.rowProperty().get() == arrivingRow) {
      arriving = 0;
    }
    if (active.get() && follow.get() && packet != null) {
      PathEvent.MapEvent event = arrived ? at(packet, focus.rowProperty().get()) : last(packet);
      // Where somebody was led, what he was led to stands there.
      if (event != null || !arrived) {
        wanted = event == null ? null : event.map();
        wantedKey = event == null ? null : event.key();
        forget = true;
      }
    }
    refresh();
  }

  /**
   * What the packet has done last with a map, however one came to the step: going back must show
   * what going forward did. None at its beginning, and none at its end, where all of it is seen:
   * what it wrote tells more there than what it read last.
   */
  private PathEvent.@Nullable MapEvent last(PacketReplay packet) {
    int row = focus.rowProperty().get();
    if (row == packet.rows().size() - 1) {
      return at(packet, row);
    }
    for (int i = row; i >= 0; i--) {
      PathEvent.MapEvent event = at(packet, i);
      if (event != null) {
        return event;
      }
    }
    return null;
  }

  /** What a step does with a map. */
  private static PathEvent.@Nullable MapEvent at(PacketReplay packet, int row) {
    return row >= 0
            && row < packet.rows().size()
            && packet.rows().get(row).either().event() instanceof PathEvent.MapEvent event
        ? event
        : null;
  }

  /** Packet and row change one after the other: their maps are read once, when both have. */
  private void refresh() {
    if (!active.get()) {
      return;
    }
    if (focus.replayProperty().get() == null || focus.packetProperty().get() == null) {
      clear();
    } else {
      question.ask();
    }
  }

  private void read() {
    Replay replay = focus.replayProperty().get();
    PacketReplay packet = focus.packetProperty().get();
    if (!active.get() || replay == null || packet == null) {
      return;
    }
    if (busy) {
      stale = true;
      return;
    }
    busy = true;
    MapSnapshot.Wish wish =
        new MapSnapshot.Wish(
            replay.history(),
            replay::fields,
            packet,
            focus.rowProperty().get(),
            wanted,
            search.get(),
            touchedOnly.get());
    EntryAim aim = aim();
    work.run(
        () -> MapReading.of(wish, aim),
        reading -> {
          busy = false;
          if (focus.packetProperty().get() == packet) {
            show(reading);
          }
          again();
        },
        e -> {
          busy = false;
          message.set(texts.get("failed", Texts.say(e)));
          again();
        });
  }

  /** The entry that is to be selected, as things stand. */
  private EntryAim aim() {
    return new EntryAim(
        wantedKey, map.get(), forget ? null : selected.get().map(MapLine::key).orElse(null));
  }

  private void again() {
    if (stale) {
      stale = false;
      refresh();
    }
  }

  private void show(MapReading reading) {
    MapSnapshot snapshot = reading.snapshot();
    nowSeconds = snapshot.nowSeconds();
    if (!choices.equals(snapshot.choices())) {
      choices.setAll(snapshot.choices());
    }
    Optional<MapRef> shown = Optional.ofNullable(snapshot.map());
    EntryAim aim = aim();
    MapKey key = aim.key(snapshot);
    wantedKey = null;
    forget = false;
    if (!shown.equals(map.get()) || !titles(snapshot.columns()).equals(titles(columns.get()))) {
      lines.clear();
      columns.set(snapshot.columns());
    }
    map.set(shown);
    lines.setAll(snapshot.lines());
    about.set(
        snapshot.lines().size() == snapshot.total()
            ? texts.get("about.all", snapshot.total())
            : texts.get("about.some", snapshot.lines().size(), snapshot.total()));
    nothing.set(texts.get(snapshot.total() == 0 ? "nothing.empty" : "nothing.filtered"));
    selected.set(aim.line(snapshot));
    if (key != null && selected.get().isEmpty() && snapshot.lines().size() == snapshot.total()) {
      message.set(texts.get("message.no-entry", EventText.key(key)));
    }
    EntryAtMoment.Details details = reading.details();
    if (details != null && selected.get().equals(reading.line())) {
      show(details);
    } else {
      showFields();
    }
  }

  private void show(EntryAtMoment.Details details) {
    fields.setAll(details.fields());
    uses.setAll(details.uses());
  }

  private static List<String> titles(List<MapColumn> columns) {
    return columns.stream().map(MapColumn::title).toList();
  }

  /** Shows another map, and no longer that of each step. */
  public void choose(MapRef other) {
    follow.set(false);
    wanted = other;
    refresh();
  }

  /** Shows a certain entry, now or when the packet at hand has come. */
  public void reveal(MapRef of, MapKey key) {
    follow.set(false);
    wanted = of;
    wantedKey = key;
    refresh();
  }

  /** Selects a line; null for none. */
  public void select(@Nullable MapLine line) {
    if (!Objects.equals(selected.get().orElse(null), line)) {
      selected.set(Optional.ofNullable(line));
      showFields();
    }
  }

  private void showFields() {
    EntryAtMoment asked = asked().orElse(null);
    Replay replay = focus.replayProperty().get();
    if (asked == null || replay == null) {
      fields.clear();
      uses.clear();
      return;
    }
    work.run(
        () -> asked.details(replay::fields),
        found -> {
          if (selected.get().equals(Optional.of(asked.line()))) {
            show(found);
          }
        });
  }

  /** The entry selected, at the moment shown; empty without one, or without a history of it. */
  private Optional<EntryAtMoment> asked() {
    MapLine line = selected.get().orElse(null);
    MapRef of = map.get().orElse(null);
    PacketReplay packet = focus.packetProperty().get();
    Replay replay = focus.replayProperty().get();
    if (line == null || of == null || packet == null || replay == null) {
      return Optional.empty();
    }
    Moment moment = Moment.at(packet.number(), focus.rowProperty().get() + 1);
    return EntryAtMoment.of(replay.history(), of, line, moment);
  }

  /** Goes to where the selected entry, or one of its fields, was written. */
  public void whoWrote(@Nullable FieldLine field) {
    EntryAtMoment asked = asked().orElse(null);
    if (asked == null) {
      message.set(texts.get("message.select"));
      return;
    }
    String what = field == null || asked.isWhole(field) ? texts.get("entry") : field.name();
    ask(
        () -> asked.lastWrite(field),
        found -> found.ifPresent(write -> goTo(what, write.writer(), asked.line())));
  }

  private void goTo(String what, Write.Writer writer, MapLine line) {
    MapRef of = map.get().orElse(null);
    if (of != null) {
      wanted = of;
      wantedKey = line.key();
    }
    switch (writer) {
      case Write.Writer.ControlPlane _ -> message.set(texts.get("message.control-plane", what));
      case Write.Writer.Collector c -> {
        go(c.nextPacket(), 0);
        message.set(texts.get("message.collector", what, Texts.say(c.message())));
      }
      case Write.Writer.ByPacket by -> {
        follow.set(true);
        go(by.packet(), by.step() - 1);
        message.set(texts.get("message.packet", what, "P" + by.packet() + ".S" + by.step()));
      }
    }
  }

  /** Goes somewhere; what was said of it stays until one goes on. */
  private void go(long packet, int row) {
    arriving = packet;
    arrivingRow = row;
    focus.go((int) packet, row);
  }

  /** Who is asked what would be if an entry were gone. */
  public void onWithout(BiConsumer<MapRef, MapKey> asked) {
    without = asked;
  }

  /** Asks what would be if the selected entry were gone. */
  public void withoutIt() {
    MapLine line = selected.get().orElse(null);
    MapRef of = map.get().orElse(null);
    if (line == null || of == null) {
      message.set(texts.get("message.select"));
    } else {
      without.accept(of, line.key());
    }
  }

  /** Goes to the next lookup that found the selected entry. */
  public void whatDecided() {
    EntryAtMoment asked = asked().orElse(null);
    if (asked == null) {
      message.set(texts.get("message.select"));
      return;
    }
    ask(
        asked::nextUse,
        found ->
            found.ifPresentOrElse(this::goTo, () -> message.set(texts.get("message.no-more"))));
  }

  /**
   * Asks the history; nobody hears of it once another replay is shown, whose packets are others.
   */
  private <T> void ask(Callable<T> question, Consumer<T> told) {
    Replay of = focus.replayProperty().get();
    work.run(
        question,
        found -> {
          if (focus.replayProperty().get() == of) {
            told.accept(found);
          }
        });
  }

  /** Goes to one of {@link #uses}. */
  public void goTo(Moment use) {
    follow.set(true);
    focus.go((int) use.packet(), use.row() - 1);
  }

  /** The maps there are. */
  public ObservableList<MapChoice> choices() {
    return choices;
  }

  /** The entries of the map shown. */
  public ObservableList<MapLine> lines() {
    return lines;
  }

  /** The fields of the entry selected. */
  public ObservableList<FieldLine> fields() {
    return fields;
  }

  /** The next lookups that find the entry selected. */
  public ObservableList<Moment> uses() {
    return uses;
  }

  /** The columns of the map shown. */
  public ReadOnlyObjectProperty<List<MapColumn>> columnsProperty() {
    return columns.getReadOnlyProperty();
  }

  /** The map shown. */
  public ReadOnlyObjectProperty<Optional<MapRef>> mapProperty() {
    return map.getReadOnlyProperty();
  }

  /** The entry selected. */
  public ReadOnlyObjectProperty<Optional<MapLine>> selectedProperty() {
    return selected.getReadOnlyProperty();
  }

  /** How many entries. */
  public ReadOnlyStringProperty aboutProperty() {
    return about.getReadOnlyProperty();
  }

  /** Why the table is empty, when it is. */
  public ReadOnlyStringProperty nothingProperty() {
    return nothing.getReadOnlyProperty();
  }

  /** What came of the last question. */
  public ReadOnlyStringProperty messageProperty() {
    return message.getReadOnlyProperty();
  }

  /** What entries are searched for. */
  public StringProperty searchProperty() {
    return search;
  }

  /** Whether only what the packet found or wrote is shown. */
  public BooleanProperty touchedOnlyProperty() {
    return touchedOnly;
  }

  /** Whether the map of each step is shown as one steps. */
  public BooleanProperty followProperty() {
    return follow;
  }

  /** Whether somebody looks. */
  public BooleanProperty activeProperty() {
    return active;
  }

  /** The virtual clock at the moment shown. */
  long nowSeconds() {
    return nowSeconds;
  }
}
