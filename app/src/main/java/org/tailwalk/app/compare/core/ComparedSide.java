// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.compare.core;

import java.io.IOException;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.session.ReplayProgress;
import org.tailwalk.compare.SideRecord;
import org.tailwalk.compare.SideRecorder;
import org.tailwalk.engine.ReplayException;

/**
 * One side: a capture after its replay, with what comparing needs of it.
 *
 * @param name for people: the capture, and the datapath where that is what differs
 */
public record ComparedSide(String name, Replay replay, SideRecord record) implements AutoCloseable {
  /** A replay and its record, before it is known what the side is to be called. */
  static ComparedSide run(ComparedPair.Source source, ReplayProgress progress)
      throws ReplayException, IOException, InterruptedException {
    SideRecorder[] recorder = new SideRecorder[1];
    Replay replay =
        Replay.runUnkeyed(
            source.capture(),
            source.scenario(),
            source.lanes(),
            progress,
            (packet, kernelLane) -> {
              if (packet.number() == 1) {
                recorder[0] = new SideRecorder(source.scenario(), kernelLane);
              }
              recorder[0].add(packet);
            });
    SideRecorder heard = recorder[0];
    return new ComparedSide(
        source.name(),
        replay,
        (heard == null ? new SideRecorder(source.scenario(), false) : heard).done());
  }

  /** What ran in the lane that is compared. */
  public String ran() {
    return replay.ran().isEmpty()
        ? "nothing"
        : record.kernelLane() ? replay.ran().getFirst() : replay.ran().getLast();
  }

  /** Ends its lanes. */
  @Override
  public void close() {
    replay.close();
  }
}
