// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.animation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.path.StageState;
import org.tailwalk.app.transport.Position;
import org.tailwalk.app.transport.Rows;

class FilmClockTest {
  private static FilmShot shot(int number, int rows) {
    BitSet calls = new BitSet();
    calls.set(0);
    BitSet moving = new BitSet();
    moving.set(1);
    return new FilmShot(number, StageState.NONE, new Rows(rows, calls, moving), "", List.of());
  }

  @Test
  void beginsWithTheFirstPacketAndRestsAtTheEndOfTheLast() {
    List<Position> moments =
        FilmClock.moments(List.of(shot(4, 3), shot(7, 2)), new FilmSpec(10, 640, 360, 1));
    assertThat(moments.getFirst()).isEqualTo(new Position(4, 0, 0));
    assertThat(moments.getLast()).isEqualTo(new Position(7, 1, 0));
    assertThat(moments.stream().map(Position::packet).distinct()).containsExactly(4, 7);
    assertThat(moments.subList(moments.size() - 12, moments.size()))
        .containsOnly(moments.getLast());
  }

  @Test
  void timeNeverGoesBackAndMoreFramesMakeItNoLonger() {
    List<FilmShot> shots = List.of(shot(1, 9), shot(2, 5), shot(3, 1));
    List<Position> slow = FilmClock.moments(shots, new FilmSpec(10, 640, 360, 1));
    List<Position> fine = FilmClock.moments(shots, new FilmSpec(50, 640, 360, 1));
    for (List<Position> moments : List.of(slow, fine)) {
      for (int i = 1; i < moments.size(); i++) {
        assertThat(place(moments.get(i))).isGreaterThanOrEqualTo(place(moments.get(i - 1)));
      }
    }
    assertThat(fine.size() / 50.0).isBetween(slow.size() / 10.0 - 0.5, slow.size() / 10.0 + 0.5);
  }

  private static double place(Position at) {
    return at.packet() * 1000 + at.row() + at.fraction();
  }

  @Test
  void aPacketOfOneStepStandsAMoment() {
    assertThat(FilmClock.moments(List.of(shot(3, 1)), FilmSpec.USUAL))
        .hasSize(18)
        .containsOnly(new Position(3, 0, 0));
  }
}
