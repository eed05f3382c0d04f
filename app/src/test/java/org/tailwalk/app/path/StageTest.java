// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.path.StageLayout.Box;
import org.tailwalk.app.window.FakeEngine;
import org.tailwalk.engine.ProgramGraph;
import org.tailwalk.event.ContextState;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.event.Verdict;
import org.tailwalk.packet.Bytes;

/** Graph, layout, walk and motion: all without a window. */
final class StageTest {
  private static final PathGraph GRAPH =
      PathGraph.of(FakeEngine.programs(), "pod “web”", Set.of(), false);
  private static final StageLayout LAYOUT = new StageLayouter().layout(GRAPH);

  private static PathEvent enter(String id) {
    return new PathEvent.Entered(new ProgramRef(42, id), ContextState.ZERO);
  }

  private static PathEvent call(String from, int slot) {
    return new PathEvent.TailCallTaken(
        new ProgramRef(42, from), MapRef.of(MapRole.CALLS, 42), slot);
  }

  private static PathEvent verdict(Verdict verdict) {
    return new PathEvent.VerdictReached(verdict);
  }

  private static PathEvent drop(String from) {
    return new PathEvent.Notified(
        new ProgramRef(42, from),
        new Notification.Drop(42, 137, 60, 1002, 0, 0, 1, 1, 0, 0, Bytes.empty()));
  }

  private static final List<PathEvent> SILENT =
      list(
          enter("from-container"),
          call("from-container", 7),
          enter("2/7"),
          call("2/7", 29),
          enter("2/29"),
          new PathEvent.Returned(new ProgramRef(42, "2/29"), -137),
          null,
          null,
          verdict(new Verdict.PassedUnpoliced(-137)));
  private static final List<PathEvent> TOLD =
      list(
          enter("from-container"),
          call("from-container", 7),
          enter("2/7"),
          call("2/7", 29),
          enter("2/29"),
          call("2/29", 1),
          enter("2/1"),
          drop("2/1"),
          verdict(new Verdict.Dropped()));

  private static List<PathEvent> list(PathEvent... events) {
    return java.util.Arrays.asList(events);
  }

  @Test
  void programsStandWithTheHookThatLeadsToThem() {
    assertThat(LAYOUT.nodesOf(PathGraph.EGRESS))
        .extracting(PathGraph.Node::id)
        .containsExactly("from-container", "2/6", "2/7", "2/10", "2/25", "2/29", PathGraph.STACK);
    assertThat(LAYOUT.nodesOf(PathGraph.INGRESS))
        .extracting(PathGraph.Node::id)
        .containsExactly("policy", "to-container", "2/11", "2/13", "2/27", "2/28", PathGraph.POD);
    assertThat(LAYOUT.nodesOf(PathGraph.NOTIFICATIONS))
        .extracting(PathGraph.Node::id)
        .containsExactly("2/1", PathGraph.MONITOR, PathGraph.PROXY);
  }

  @Test
  void leavesLeadOutAndNothingElse() {
    assertThat(GRAPH.edges())
        .filteredOn(e -> e.way() == PathGraph.Way.LEAVE)
        .extracting(e -> e.from() + ">" + e.to())
        .containsExactlyInAnyOrder("2/25>@stack", "2/10>@stack", "2/11>@pod", "2/13>@pod");
    assertThat(GRAPH.edges())
        .filteredOn(e -> e.way() == PathGraph.Way.CROSS)
        .extracting(PathGraph.Edge::from, PathGraph.Edge::to)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("2/25", "policy"));
  }

  @Test
  void theSixthFamilyIsFoldedUntilAPacketWalksIt() {
    List<ProgramGraph.Node> nodes = new ArrayList<>(FakeEngine.programs().nodes());
    nodes.add(new ProgramGraph.Node("2/32", "tail_ipv6_ct_egress", "2/32", 1));
    List<ProgramGraph.Edge> edges = new ArrayList<>(FakeEngine.programs().edges());
    edges.add(new ProgramGraph.Edge("2/10", "2/32", MapRole.CALLS, 32));
    ProgramGraph dual = new ProgramGraph(nodes, edges);
    PathGraph folded = PathGraph.of(dual, "pod", Set.of("2/7"), false);
    assertThat(folded.has("2/32")).isFalse();
    assertThat(folded.has("2/10")).isTrue();
    assertThat(folded.hidden()).isEqualTo(1);
    assertThat(folded.edges())
        .as("its first program does not lead out just because the rest is folded")
        .noneMatch(e -> e.from().equals("2/10") && e.way() == PathGraph.Way.LEAVE);
    assertThat(PathGraph.of(dual, "pod", Set.of("2/32"), false).has("2/32")).isTrue();
    assertThat(PathGraph.of(dual, "pod", Set.of(), true).has("2/32")).isTrue();
  }

  @Test
  void noWayToTheNotificationRunsThroughThePod() {
    Box target = LAYOUT.nodes().get("2/1");
    // Where the bundled programs have it: level with the pod, to its right.
    Box pod = LAYOUT.nodes().get(PathGraph.POD);
    Map<String, Box> nodes = new LinkedHashMap<>(LAYOUT.nodes());
    nodes.put("2/1", target.moved(0, pod.centreY() - target.centreY()));
    StageLayout level =
        new StageLayout(
            LAYOUT.graph(),
            LAYOUT.width(),
            LAYOUT.height(),
            LAYOUT.groups(),
            nodes,
            Map.of(),
            Map.of(),
            Map.of());
    for (String from : List.of("2/29", "2/25")) {
      Track way = Objects.requireNonNull(Ways.between(level, from, "2/1"));
      for (int i = 1; i < 200; i++) {
        Track.Point at = way.at(i / 200.0);
        assertThat(pod.contains(at.x(), at.y())).as("from %s", from).isFalse();
      }
    }
  }

  @Test
  void nodesDoNotOverlapAndLieInsideTheirGroups() {
    List<PathGraph.Node> nodes = GRAPH.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      Box a = LAYOUT.nodes().get(nodes.get(i).id());
      Box group = LAYOUT.groups().get(nodes.get(i).group());
      assertThat(a.x()).isGreaterThanOrEqualTo(group.x());
      assertThat(a.right()).isLessThanOrEqualTo(group.right() + 0.5);
      assertThat(a.bottom()).isLessThanOrEqualTo(group.bottom() + 0.5);
      for (int j = i + 1; j < nodes.size(); j++) {
        Box b = LAYOUT.nodes().get(nodes.get(j).id());
        boolean apart =
            a.right() <= b.x() || b.right() <= a.x() || a.bottom() <= b.y() || b.bottom() <= a.y();
        assertThat(apart).as("%s and %s", nodes.get(i), nodes.get(j)).isTrue();
      }
    }
  }

  @Test
  void waysBeginAndEndAtTheirNodes() {
    for (PathGraph.Edge edge : GRAPH.edges()) {
      Track track = LAYOUT.tracks().get(StageLayout.key(edge.from(), edge.to()));
      if (track != null) {
        assertThat(LAYOUT.nodes().get(edge.from()).contains(track.at(0).x(), track.at(0).y()))
            .as("begin of %s", edge)
            .isTrue();
        assertThat(LAYOUT.nodes().get(edge.to()).contains(track.at(1).x(), track.at(1).y()))
            .as("end of %s", edge)
            .isTrue();
      }
    }
  }

  @Test
  void aGraphWithoutProgramsIsAnEmptyStage() {
    PathGraph none = PathGraph.of(new ProgramGraph(List.of(), List.of()), "pod", Set.of(), true);
    assertThat(none).isEqualTo(PathGraph.empty());
    assertThat(new StageLayouter().layout(none).nodes()).isEmpty();
  }

  @Test
  void anObjectOfOtherNamesIsShownAsItIs() {
    ProgramGraph other =
        new ProgramGraph(
            List.of(
                new ProgramGraph.Node("classifier", "loop", "classifier", 12),
                new ProgramGraph.Node("2/1", "notify", "2/1", 3)),
            List.of(new ProgramGraph.Edge("classifier", "classifier", MapRole.OTHER, 0)));
    StageLayout layout = new StageLayouter().layout(PathGraph.of(other, "pod", Set.of(), false));
    assertThat(layout.nodes()).containsKeys("classifier", "2/1", PathGraph.MONITOR);
  }

  @Test
  void aSilentErrorPassesIntoTheStackAndItsLetterNeverLeaves() {
    Walk walk = Walk.of(SILENT, true);
    assertThat(walk.route(8)).containsExactly("from-container", "2/7", "2/29", PathGraph.STACK);
    assertThat(walk.end()).isEqualTo(Walk.End.UNHEARD);
    assertThat(walk.letters()).isEmpty();
    assertThat(walk.notes())
        .containsExactly(new Walk.Note(8, "2/29", "returns -137", Walk.Tone.DROP));
  }

  @Test
  void aToldDropStaysAndItsLetterFlies() {
    Walk walk = Walk.of(TOLD, false);
    assertThat(walk.route(8)).containsExactly("from-container", "2/7", "2/29", "2/1");
    assertThat(walk.end()).isEqualTo(Walk.End.DROPPED);
    assertThat(walk.letters()).containsExactly(new Walk.Letter(7, "2/1", true));
    assertThat(walk.notes())
        .as("the program in which it went wrong says why, not the one that tells")
        .containsExactly(new Walk.Note(7, "2/29", "CT: Unknown L4 protocol", Walk.Tone.DROP));
  }

  @Test
  void theEnginesPartAtTheLastProgramTheyShare() {
    StageState state = new StageState(6, Walk.of(SILENT, true), Walk.of(TOLD, false), 8, 0);
    assertThat(state.partsAt()).isEqualTo("2/29");
    assertThat(new StageState(6, Walk.of(TOLD, false), Walk.of(TOLD, false), 8, 0).partsAt())
        .isEmpty();
    assertThat(new StageState(6, Walk.of(TOLD, false), null, 8, 0).partsAt()).isEmpty();
  }

  @Test
  void onlyStepsThatChangeTheStageLookDifferent() {
    StageState state = new StageState(6, Walk.of(SILENT, true), Walk.of(TOLD, false), 0, 0);
    List<Integer> changes = new ArrayList<>();
    for (int row = 1; row < TOLD.size(); row++) {
      if (!state.at(row - 1, 0).looksLike(state.at(row, 0))) {
        changes.add(row);
      }
    }
    // Two programs entered, one more by the model alone, its letter, both ends.
    assertThat(changes).containsExactly(2, 4, 6, 7, 8);
    assertThat(state.looksLike(state.at(0, 0.5))).isTrue();
    assertThat(state.looksLike(new StageState(7, state.kernel(), state.model(), 0, 0))).isFalse();
    assertThat(state.looksLike(new StageState(6, state.kernel(), null, 0, 0))).isFalse();
  }

  @Test
  void tokensMoveWithoutJumps() {
    Walk walk = Walk.of(TOLD, false);
    for (int row = 0; row < 8; row++) {
      Track.Point before =
          Motion.token(LAYOUT, walk, Motion.Feet.PLAIN, Motion.Lane.MODEL, row, 0, true);
      for (int i = 1; i <= 100; i++) {
        Track.Point after =
            i == 100
                ? Motion.token(LAYOUT, walk, Motion.Feet.PLAIN, Motion.Lane.MODEL, row + 1, 0, true)
                : Motion.token(
                    LAYOUT, walk, Motion.Feet.PLAIN, Motion.Lane.MODEL, row, i / 100.0, true);
        assertThat(Math.hypot(after.x() - before.x(), after.y() - before.y()))
            .as("row %d, %d%%", row, i)
            .isLessThan(40);
        before = after;
      }
    }
  }

  @Test
  void aTokenCoversNoWordOfItsNode() {
    List<PathEvent> dropsItself =
        list(
            enter("from-container"),
            call("from-container", 7),
            enter("2/7"),
            drop("2/7"),
            verdict(new Verdict.Dropped()));
    Walk walk = Walk.of(dropsItself, false);
    StageState state = new StageState(6, null, walk, 0, 0);
    Motion.Feet feet =
        (node, row) -> WalkPainter.opened(node, LAYOUT.nodes().get(node), state.at(row, 0));
    Set<Boolean> opened = new HashSet<>();
    for (int row = 1; row < dropsItself.size(); row++) {
      StageLayout.Box box = LAYOUT.nodes().get(walk.place(row));
      if (box == null) {
        continue;
      }
      double more = feet.lower(walk.place(row), row);
      opened.add(more > 0);
      for (Motion.Lane lane : Motion.Lane.values()) {
        double middle = Motion.token(LAYOUT, walk, feet, lane, row, 0, false).y();
        if (lane == Motion.Lane.KERNEL) {
          assertThat(middle + 9).as("above the first line, row %d", row).isLessThan(box.y() + 9);
        } else {
          assertThat(middle - 10)
              .as("below the last line, row %d", row)
              .isGreaterThan(box.bottom() + more - 9);
        }
      }
    }
    assertThat(opened).containsExactlyInAnyOrder(true, false);
  }

  @Test
  void theSameMomentIsAlwaysTheSamePlace() {
    Walk walk = Walk.of(SILENT, true);
    Track.Point once =
        Motion.token(LAYOUT, walk, Motion.Feet.PLAIN, Motion.Lane.KERNEL, 3, 0.3, true);
    Motion.token(LAYOUT, walk, Motion.Feet.PLAIN, Motion.Lane.KERNEL, 7, 0.9, true);
    assertThat(Motion.token(LAYOUT, walk, Motion.Feet.PLAIN, Motion.Lane.KERNEL, 3, 0.3, true))
        .isEqualTo(once);
  }

  @Test
  void aLayoutIsKeptByTheGraphsContent() {
    StageLayouter layouter = new StageLayouter();
    StageLayout first = layouter.layout(GRAPH);
    assertThat(layouter.layout(PathGraph.of(FakeEngine.programs(), "pod “web”", Set.of(), false)))
        .isSameAs(first);
  }
}
