// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.path.StageLayout.Box;
import org.tailwalk.app.window.FakeEngine;
import org.tailwalk.event.ContextState;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.event.Verdict;

/** Which part of the stage a pane shows, with no window. */
final class StageFitTest {
  private static final StageLayout LAYOUT =
      new StageLayouter().layout(PathGraph.of(FakeEngine.programs(), "pod “web”", Set.of(), false));
  private static final StageFit NOTHING = new StageFit(1, 0, 0);

  private static PathEvent enter(String id) {
    return new PathEvent.Entered(new ProgramRef(42, id), ContextState.ZERO);
  }

  private static PathEvent call(String from, int slot) {
    return new PathEvent.TailCallTaken(
        new ProgramRef(42, from), MapRef.of(MapRole.CALLS, 42), slot);
  }

  private static StageState state() {
    List<PathEvent> events =
        Arrays.asList(
            enter("from-container"),
            call("from-container", 7),
            enter("2/7"),
            call("2/7", 29),
            enter("2/29"),
            call("2/29", 25),
            enter("2/25"),
            new PathEvent.VerdictReached(new Verdict.ToStack()));
    Walk walk = Walk.of(events, false);
    return new StageState(1, walk, walk, 0, 0);
  }

  @Test
  void aPaneWithRoomShowsAllOfIt() {
    StageFit fit = StageFit.whole(LAYOUT, LAYOUT.width() * 1.1, LAYOUT.height() * 1.2, 1.35);
    assertThat(fit.small()).isFalse();
    assertThat(fit.shows(new Box(0, 0, LAYOUT.width(), LAYOUT.height()), 2000, 2000)).isTrue();
  }

  @Test
  void aPaneThatIsTooSmallFollowsThePacketInLegibleLetters() {
    double width = 300;
    double height = 200;
    assertThat(StageFit.whole(LAYOUT, width, height, 1.35).small()).isTrue();
    StageFit seen = NOTHING;
    StageState state = state();
    for (int row = 0; row < 8; row++) {
      StageState now = state.at(row, 0);
      seen = StageFit.following(LAYOUT, now, width, height, seen);
      assertThat(seen.zoom()).isEqualTo(StageFit.LEGIBLE);
      Walk walk = state.kernel();
      assertThat(walk).isNotNull();
      List<String> route = walk.route(row);
      if (!route.isEmpty()) {
        Box box = LAYOUT.nodes().get(route.getLast());
        assertThat(seen.shows(box, width, height)).as("row %d", row).isTrue();
      }
    }
  }

  @Test
  void itStandsStillWhileThePacketIsInSight() {
    StageState state = state();
    StageFit first = StageFit.following(LAYOUT, state.at(2, 0), 420, 260, NOTHING);
    assertThat(StageFit.following(LAYOUT, state.at(2, 0.7), 420, 260, first)).isEqualTo(first);
    assertThat(StageFit.following(LAYOUT, state.at(3, 0), 420, 260, first)).isEqualTo(first);
  }

  @Test
  void wordsThatAreTooLongForTheirNodeTakeTwoLines() {
    assertThat(StagePainter.lines("returns -137", 100)).containsExactly("returns -137");
    assertThat(StagePainter.lines("CT: Unknown L4 protocol", 110))
        .containsExactly("CT: Unknown L4", "protocol");
  }
}
