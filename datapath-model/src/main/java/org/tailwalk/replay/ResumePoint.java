// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.engine.MapOp;

/**
 * From where a replay may go on without what lies before: all that a packet's run depends on beside
 * its frame, its number and the scenario. Used for one run.
 *
 * @param packet the first packet to run, 1-based
 * @param clock as it stood behind the packet before
 * @param sightings which packets were seen before at another place
 * @param kernel null where there is no kernel lane
 * @param model null where there is no model lane
 */
public record ResumePoint(
    long packet,
    VirtualClock clock,
    Sightings sightings,
    @Nullable LaneState kernel,
    @Nullable LaneState model) {

  /** What was found out about frames when they were planned first. */
  @FunctionalInterface
  public interface Sightings {
    /** The number of a packet's first sighting; empty when it is the first itself. */
    Optional<Long> firstOf(long packet);
  }

  /** One lane before a packet. */
  public interface LaneState {
    /** The writes that lead there from a session that was just opened or reset. */
    List<MapOp> fromStart();

    /**
     * The writes that lead there from the maps as they are before another packet; empty when that
     * can't be told or can't be done in this lane, and the session is to be reset.
     *
     * @param packet 1-based
     */
    Optional<List<MapOp>> fromBefore(long packet);

    /** Writes behind the sweeps that are due before the packet, right before its first program. */
    default List<MapOp> behindSweeps() {
      return List.of();
    }

    /** The collector's last sweep by then; empty when there was none. */
    Optional<LastSweep> lastSweep();
  }

  /**
   * A sweep, as far as the collector goes on from it.
   *
   * @param lastNanos virtual time of the sweep
   * @param nextNanos when the next one is due
   */
  public record LastSweep(long lastNanos, long nextNanos) {}
}
