// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.path.StageFit.Letters;
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
  private static final Letters DESK = Letters.DESK;
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
    assertThat(fit.zoom()).isGreaterThan(StageFit.SMALL);
    assertThat(fit.shows(new Box(0, 0, LAYOUT.width(), LAYOUT.height()), 2000, 2000)).isTrue();
  }

  @Test
  void aPaneThatIsTooSmallFollowsThePacketInLegibleLetters() {
    double width = 300;
    double height = 200;
    assertThat(StageFit.whole(LAYOUT, width, height, 1.35).zoom()).isLessThan(StageFit.SMALL);
    StageFit seen = NOTHING;
    StageState state = state();
    for (int row = 0; row < 8; row++) {
      StageState now = state.at(row, 0);
      seen = StageFit.following(LAYOUT, now, width, height, DESK, seen);
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
  void beforeAClassNamesAreNearlyAsHighAsTheOtherText() {
    // The presenter's left side in a window of 1440x900, 1024x700 and 1920x1080.
    record Case(double width, double height, double text) {}
    for (Case c :
        List.of(new Case(860, 660, 20), new Case(610, 480, 14), new Case(1150, 800, 27))) {
      Letters letters = Letters.besides(c.text);
      StageFit seen = NOTHING;
      for (int row = 0; row < 8; row++) {
        seen = StageFit.following(LAYOUT, state().at(row, 0), c.width, c.height, letters, seen);
        assertThat(seen.zoom() * StageFit.NAME).as("%s", c).isGreaterThan(0.7 * c.text);
        Walk walk = state().kernel();
        assertThat(walk).isNotNull();
        Box box = LAYOUT.nodes().get(walk.route(row).getLast());
        assertThat(seen.shows(box, c.width, c.height)).as("%s, row %d", c, row).isTrue();
      }
    }
  }

  @Test
  void itStandsStillWhileThePacketIsInSight() {
    StageState state = state();
    StageFit first = StageFit.following(LAYOUT, state.at(2, 0), 420, 260, DESK, NOTHING);
    assertThat(StageFit.following(LAYOUT, state.at(2, 0.7), 420, 260, DESK, first))
        .isEqualTo(first);
    assertThat(StageFit.following(LAYOUT, state.at(3, 0), 420, 260, DESK, first)).isEqualTo(first);
  }

  @Test
  void wordsThatAreTooLongForTheirNodeTakeTwoLines() {
    assertThat(StagePainter.lines("returns -137", 100)).containsExactly("returns -137");
    assertThat(StagePainter.lines("CT: Unknown L4 protocol", 110))
        .containsExactly("CT: Unknown L4", "protocol");
  }
}
