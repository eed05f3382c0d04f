// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tailwalk.engine.Sweep;
import org.tailwalk.replay.history.SweepNote;

final class SweepTicksTest {
  private static final Strip TEN = Strip.of(new byte[10], 200);
  private static final SweepNote EMPTY =
      new SweepNote(4, 1_000_300_000_000_000L, 3, 0, Sweep.Cause.INTERVAL);
  private static final SweepNote TOOK =
      new SweepNote(4, 1_000_600_500_000_000L, 1, 2, Sweep.Cause.SIGNAL);

  @Test
  void aSweepStandsBetweenThePacketBeforeAndItsOwn() {
    assertThat(SweepTicks.place(EMPTY, TEN)).isBetween(TEN.place(3), TEN.place(4));
  }

  @Test
  void tellsWhenAndHowMuch() {
    double at = SweepTicks.place(EMPTY, TEN);
    assertThat(new SweepTicks(List.of(EMPTY)).at(at + 2, TEN))
        .contains(
            "The collector, 3 times (on schedule) at 1000300.0 s, before packet 4: nothing taken");
    assertThat(new SweepTicks(List.of(EMPTY, TOOK)).at(at - 2, TEN))
        .contains(
            "The collector (called by a full map) at 1000600.5 s, before packet 4: 2 entries"
                + " taken");
    assertThat(new SweepTicks(List.of(EMPTY)).at(at + 9, TEN)).isEmpty();
  }
}
