// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.Scenarios;

@Timeout(60)
final class LanePipeTest {
  private static final int MORE_THAN_FIT = 100;

  private final AtomicBoolean stopped = new AtomicBoolean();

  private LanePipe pipe() throws Exception {
    Scenario scenario = Scenarios.twoPods();
    ReplayLane lane =
        ReplayLane.open(scenario, scenario.modelConfig(), new ModelReplayEngine(), false);
    return new LanePipe(lane, stopped::get, () -> false);
  }

  /** Not for a time, after which it would look whether to go on. */
  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whoWaitsForPacketsIsWokenToStop() throws Exception {
    LanePipe pipe = pipe();
    List<Thread> threads = pipe.threads();
    threads.forEach(Thread::start);
    threads.forEach(LanePipeTest::awaitWaiting);
    stopped.set(true);
    pipe.wake();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(threads).noneMatch(Thread::isAlive);
  }

  @Test
  void whoWaitsForRoomIsWokenToStop() throws Exception {
    LanePipe pipe = pipe();
    Thread reader =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              try {
                for (int i = 0; i < MORE_THAN_FIT; i++) {
                  pipe.put(new ReplayPump.Batch(1, false, null));
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    awaitWaiting(reader);
    stopped.set(true);
    pipe.wake();
    reader.join();
    assertThat(reader.isAlive()).isFalse();
  }
}
