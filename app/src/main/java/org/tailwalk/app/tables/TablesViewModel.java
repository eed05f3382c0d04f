// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.tables;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.tailwalk.app.conntrack.ConntrackViewModel;
import org.tailwalk.app.conntrack.EntryLife;
import org.tailwalk.app.conntrack.EntryState;
import org.tailwalk.app.path.PathViewModel;
import org.tailwalk.app.path.StageCounts;
import org.tailwalk.app.session.Focus;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.transport.Strip;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.PathEvent;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.PacketReplay;

/** The diagrams as rows of text. Does nothing while nobody looks. UI thread. */
public final class TablesViewModel {
  /** So many packets of the strip are listed, the gravest kinds alone. */
  private static final int STRIP_ROWS = 100_000;

  /**
   * A table.
   *
   * @param columns headings; each row has as many cells
   */
  record Table(List<String> columns, List<Row> rows) {
    static final Table EMPTY = new Table(List.of(), List.of());
  }

  /**
   * A row.
   *
   * @param packet to go to when it is chosen; 0 for none
   */
  record Row(List<String> cells, int packet) {}

  private final Texts texts = Texts.of(TablesViewModel.class);
  private final Focus focus;
  private final PathViewModel path;
  private final ConntrackViewModel conntrack;
  private final ReadOnlyObjectProperty<byte[]> signs;
  private final Work work;
  private final BooleanProperty shown = new SimpleBooleanProperty();
  private final ObjectProperty<Diagram> diagram = new SimpleObjectProperty<>(Diagram.STAGE);
  private final ReadOnlyObjectWrapper<Table> table = new ReadOnlyObjectWrapper<>(Table.EMPTY);
  private int asked;

  /**
   * Over the diagrams' own view-models.
   *
   * @param signs what the strip shows
   */
  public TablesViewModel(
      Focus focus,
      PathViewModel path,
      ConntrackViewModel conntrack,
      ReadOnlyObjectProperty<byte[]> signs,
      Work work) {
    this.focus = focus;
    this.path = path;
    this.conntrack = conntrack;
    this.signs = signs;
    this.work = work;
    shown.addListener((_, _, _) -> make());
    diagram.addListener((_, _, _) -> make());
    focus.packetProperty().addListener((_, _, _) -> make());
    path.countsProperty().addListener((_, _, _) -> make());
    conntrack.lifeProperty().addListener((_, _, _) -> make());
    signs.addListener((_, _, _) -> make());
  }

  private void make() {
    if (!shown.get()) {
      return;
    }
    int mine = ++asked;
    StageCounts counts = path.countsProperty().get();
    Optional<PacketReplay> packet = focus.packet();
    Optional<EntryLife> life = conntrack.lifeProperty().get();
    byte[] marks = signs.get();
    Diagram wanted = diagram.get();
    work.run(
        () ->
            switch (wanted) {
              case STAGE -> stage(counts, packet);
              case LIFE -> life(life);
              case STRIP -> strip(marks);
            },
        made -> {
          if (mine == asked) {
            table.set(made);
          }
        });
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private Table stage(StageCounts counts, Optional<PacketReplay> packet) {
    Map<String, int[]> here = new HashMap<>();
    packet.ifPresent(p -> count(p, here));
    List<Row> rows = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    counts.programs().forEach(p -> names.put(p.id(), p.name()));
    for (StageCounts.Program p : counts.programs()) {
      rows.add(
          new Row(
              List.of(
                  texts.get("stage.program"),
                  name(names, p.id()),
                  number(p.kernel()),
                  number(p.model()),
                  "",
                  String.valueOf(here.getOrDefault(p.id(), new int[1])[0]),
                  texts.get("stage.instructions", p.instructions())),
              0));
    }
    for (StageCounts.Call c : counts.calls()) {
      long missed = c.kernel().missed() + c.model().missed();
      rows.add(
          new Row(
              List.of(
                  texts.get(c.never() ? "stage.never" : "stage.call"),
                  name(names, c.from()) + " → " + name(names, c.to()),
                  number(c.kernel().taken()),
                  number(c.model().taken()),
                  missed == 0
                      ? ""
                      : number(c.kernel().missed()) + " / " + number(c.model().missed()),
                  String.valueOf(
                      here.getOrDefault(key(c.from(), c.map(), c.slot()), new int[1])[0]),
                  slot(c)),
              0));
    }
    rows.sort(Comparator.comparing(TablesViewModel::idle));
    return new Table(columns("stage", 7), rows);
  }

  /** Whether nobody came by in either lane: such rows stand behind the others. */
  private static boolean idle(Row row) {
    return row.cells().get(2).equals("0") && row.cells().get(3).equals("0");
  }

  private static String slot(StageCounts.Call call) {
    return call.slot() < 0 ? call.map().name().toLowerCase(Locale.ROOT) : "slot " + call.slot();
  }

  private static String name(Map<String, String> names, String id) {
    String name = names.get(id);
    return name == null || name.equals(id) ? id : name + " (" + id + ")";
  }

  private static String key(String from, MapRole map, long slot) {
    return from + " " + map + (map == MapRole.CALLS ? " " + slot : "");
  }

  private static void count(PacketReplay packet, Map<String, int[]> here) {
    for (AlignedStep row : packet.rows()) {
      switch (row.either().event()) {
        case PathEvent.Entered e -> here.computeIfAbsent(e.program().id(), _ -> new int[1])[0]++;
        case PathEvent.TailCallTaken e ->
            here.computeIfAbsent(key(e.program().id(), e.map().role(), e.slot()), _ -> new int[1])[
                0]++;
        default -> {}
      }
    }
  }

  private List<String> columns(String prefix, int count) {
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      columns.add(texts.get(prefix + ".column." + i));
    }
    return columns;
  }

  private Table life(Optional<EntryLife> found) {
    List<Row> rows = new ArrayList<>();
    if (found.isPresent()) {
      EntryLife life = found.get();
      row(rows, "life.flow", life.flow());
      row(rows, "life.status", life.status());
      for (EntryState state : EntryState.values()) {
        boolean before = state == life.before();
        boolean after = state == life.after();
        String which =
            before && after
                ? texts.get("life.stays")
                : before ? texts.get("life.before") : after ? texts.get("life.after") : "";
        rows.add(
            new Row(
                List.of(
                    texts.get(
                        "life.state", state.name().toLowerCase(Locale.ROOT).replace('_', ' ')),
                    which),
                0));
      }
      row(rows, "life.left", life.lifeText());
      if (life.expiredBefore()) {
        row(rows, "life.expired", texts.get("life.expired.text"));
      }
      row(rows, "life.sweep", life.sweepText());
      for (EntryLife.FieldChange field : life.fields()) {
        rows.add(
            new Row(
                List.of(
                    field.name(),
                    field.changed() && !field.before().isEmpty()
                        ? field.before() + " → " + field.after()
                        : field.after()),
                0));
      }
    }
    return new Table(columns("life", 2), rows);
  }

  private void row(List<Row> rows, String key, String value) {
    rows.add(new Row(List.of(texts.get(key), value), 0));
  }

  private Table strip(byte[] marks) {
    Strip.Sign[] all = Strip.Sign.values();
    long[] counts = new long[all.length];
    for (byte mark : marks) {
      counts[mark]++;
    }
    List<Row> rows = new ArrayList<>();
    for (Strip.Sign sign : all) {
      rows.add(
          new Row(List.of(texts.get("strip.all"), sign(sign), number(counts[sign.ordinal()])), 0));
    }
    for (int i = 0; i < marks.length && rows.size() < STRIP_ROWS; i++) {
      if (marks[i] >= Strip.Sign.DROPPED.ordinal()) {
        rows.add(
            new Row(
                List.of(texts.get("strip.packet", String.valueOf(i + 1)), sign(all[marks[i]]), ""),
                i + 1));
      }
    }
    return new Table(columns("strip", 3), rows);
  }

  private String sign(Strip.Sign sign) {
    return texts.get("sign." + sign.name().toLowerCase(Locale.ROOT));
  }

  /** Goes where a row leads, if anywhere. */
  void go(Row row) {
    if (row.packet() > 0) {
      focus.go(row.packet(), -1);
    }
  }

  /** Whether anybody looks. */
  public BooleanProperty shownProperty() {
    return shown;
  }

  ObjectProperty<Diagram> diagramProperty() {
    return diagram;
  }

  ReadOnlyObjectProperty<Table> tableProperty() {
    return table.getReadOnlyProperty();
  }
}
