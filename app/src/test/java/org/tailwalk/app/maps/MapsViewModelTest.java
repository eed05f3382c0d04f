// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.maps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.session.Focus;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.session.OpenCapture;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.window.Synthetic;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.PathEvent;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.scenario.Era;

final class MapsViewModelTest {
  private static final MapRef TCP = MapRef.shared(MapRole.CT_TCP4);

  private final Focus focus = new Focus();
  private final MapsViewModel maps = new MapsViewModel(focus, Work.here());
  private final List<String> went = new ArrayList<>();
  private Replay replay;

  /** The model in both lanes, of eras that differ on GRE. */
  @BeforeEach
  void replay() throws Exception {
    OpenCapture capture = Synthetic.capture(200);
    Lanes lanes = new Lanes(_ -> new ModelReplayEngine(), "", "Kernel", new ModelReplayEngine());
    replay = Replay.run(capture, capture.scenario().withModel(Era.PR33551), lanes, (_, _) -> true);
    focus.show(replay);
    focus.navigator((packet, row) -> {
      went.add("P" + packet + ".S" + (row + 1));
      show(packet, row);
    });
    maps.activeProperty().set(true);
  }

  @AfterEach
  void close() {
    replay.close();
  }

  private void show(int packet, int row) {
    try {
      PacketReplay shown = replay.packet(packet, (_, _) -> true);
      focus.show(shown, row < 0 ? shown.rows().size() - 1 : row);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** The first row of a packet that changes a conntrack entry, 0-based. */
  private int change(int packet) throws Exception {
    for (AlignedStep row : replay.packet(packet, (_, _) -> true).rows()) {
      if (row.either().event() instanceof PathEvent.Changed changed && changed.map().equals(TCP)) {
        return row.index() - 1;
      }
    }
    throw new AssertionError("packet " + packet + " changes no entry");
  }

  @Test
  void followsTheStepIntoItsMapAndEntry() throws Exception {
    int row = change(1);
    show(1, row - 1);
    assertThat(maps.lines()).isEmpty();
    show(1, row);
    assertThat(maps.mapProperty().get()).contains(TCP);
    assertThat(maps.lines())
        .singleElement()
        .satisfies(line -> {
          assertThat(line.touch()).isEqualTo(MapLine.Touch.WRITTEN);
          assertThat(line.differs()).isFalse();
        });
    assertThat(maps.selectedProperty().get()).isPresent();
    assertThat(maps.fields()).extracting(FieldLine::name).contains("daddr", "lifetime");
  }

  /** Packet and row change one after the other, and the entry's fields could be asked for last. */
  @Test
  void readsAPacketsMapsOnceWithTheFieldsOfItsEntry() throws Exception {
    Queue<Runnable> jobs = new ArrayDeque<>();
    Queue<Runnable> ui = new ArrayDeque<>();
    MapsViewModel asking = new MapsViewModel(focus, new Work(jobs::add, ui::add));
    show(2, 0);
    asking.activeProperty().set(true);
    ui.remove().run();
    jobs.remove().run();
    ui.remove().run();
    show(1, change(1));
    assertThat(ui).hasSize(1);
    ui.remove().run();
    assertThat(jobs).hasSize(1);
    jobs.remove().run();
    ui.remove().run();
    assertThat(asking.mapProperty().get()).contains(TCP);
    assertThat(asking.fields()).extracting(FieldLine::name).contains("daddr", "lifetime");
    assertThat(jobs).isEmpty();
    assertThat(ui).isEmpty();
  }

  /** Also at steps that touch no map, be it from a step before or from one behind. */
  @Test
  void goingBackShowsWhatGoingOnShowed() throws Exception {
    int rows = replay.packet(1, (_, _) -> true).rows().size();
    List<String> forward = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      show(1, row);
      forward.add(seen());
    }
    assertThat(forward.stream().distinct().count()).isGreaterThan(5);
    for (int row = rows - 1; row >= 0; row--) {
      show(1, row);
      assertThat(seen()).as("row %d", row).isEqualTo(forward.get(row));
    }
  }

  private String seen() {
    return maps.mapProperty().get() + " " + maps.selectedProperty().get().map(MapLine::key);
  }

  @Test
  void fieldLeadsToThePacketThatWroteIt() throws Exception {
    show(9, change(9));
    FieldLine seen =
        maps.fields().stream().filter(f -> f.name().equals("seen_non_syn")).findFirst().get();
    assertThat(seen.value()).isEqualTo("1");
    maps.whoWrote(seen);
    assertThat(went).hasSize(1);
    PacketReplay there = focus.packet().orElseThrow();
    assertThat(there.number()).isBetween(2L, 8L);
    PathEvent.Changed changed =
        (PathEvent.Changed) there.rows().get(focus.rowProperty().get()).either().event();
    assertThat(changed.before().fields())
        .anySatisfy(f -> {
          assertThat(f.name()).isEqualTo("seen_non_syn");
          assertThat(f.text()).isEqualTo("0");
        });
    assertThat(maps.messageProperty().get()).startsWith("seen_non_syn: written at P");
  }

  @Test
  void entryLeadsToTheLookupsThatFindIt() throws Exception {
    show(1, change(1));
    assertThat(maps.uses()).isNotEmpty();
    maps.whatDecided();
    PacketReplay there = focus.packet().orElseThrow();
    assertThat(there.rows().get(focus.rowProperty().get()).either().event())
        .isInstanceOfSatisfying(PathEvent.LookedUp.class, look -> assertThat(look.hit()).isTrue());
  }

  @Test
  void policyIsFromTheControlPlane() {
    show(1, 0);
    maps.choose(MapRef.of(MapRole.POLICY, 42));
    assertThat(maps.followProperty().get()).isFalse();
    assertThat(maps.lines()).isNotEmpty();
    maps.select(maps.lines().getFirst());
    maps.whoWrote(null);
    assertThat(went).isEmpty();
    assertThat(maps.messageProperty().get()).contains("control plane");
  }

  @Test
  void lanesThatDifferAreMarked() {
    show(40, -1);
    maps.choose(MapRef.shared(MapRole.METRICS));
    assertThat(maps.lines()).anyMatch(MapLine::differs);
    assertThat(maps.choices()).anySatisfy(c -> assertThat(c.text()).contains("≠"));
    maps.searchProperty().set("count=1");
    assertThat(maps.aboutProperty().get()).contains(" of ");
  }

  @Test
  void whatThePacketWroteIsSelected() {
    show(9, -1);
    assertThat(maps.mapProperty().get()).contains(TCP);
    assertThat(maps.selectedProperty().get().orElseThrow().touch())
        .isEqualTo(MapLine.Touch.WRITTEN);
  }

  @Test
  void tableHasColumnsOfItsKind() {
    show(20, -1);
    for (MapChoice choice : List.copyOf(maps.choices())) {
      maps.choose(choice.map());
      assertThat(maps.columnsProperty().get()).as(choice.name()).isNotEmpty();
      for (MapLine line : maps.lines()) {
        for (MapColumn column : maps.columnsProperty().get()) {
          assertThat(column.text(line, 0)).as(column.title()).isNotNull();
        }
        if (line.key() instanceof MapKey.CtTuple) {
          assertThat(maps.columnsProperty().get().getFirst().text(line, 0)).contains(" → ");
        }
      }
    }
  }

  @Test
  void nothingIsReadWhileNobodyLooks() {
    maps.activeProperty().set(false);
    show(20, -1);
    assertThat(maps.lines()).isEmpty();
    maps.activeProperty().set(true);
    assertThat(maps.choices()).isNotEmpty();
  }
}
