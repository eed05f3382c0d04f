// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.report;

import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.ReplaySummary;

/** Writes a replay down; told in capture order by one thread. */
public interface ReplayReport {
  /** The capture's first packet, shown or not: times count from it. */
  default void begins(PacketReplay first) {}

  /** A packet that is to be shown. */
  void packet(PacketReplay packet);

  /** Whether it wants no further packets: the replay may end here. */
  default boolean done() {
    return false;
  }

  /** The end, with the figures of all packets, shown or not. */
  void end(ReplaySummary summary, RunEnd end);
}
