// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import java.util.List;
import org.tailwalk.engine.Sweep;
import org.tailwalk.event.PathTrace;

/**
 * One packet in one lane.
 *
 * @param trace what happened
 * @param reading what that means
 * @param sweeps of the collector, in this lane, between the packet before and this one
 */
public record LaneTrace(PathTrace trace, Reading reading, List<Sweep> sweeps) {
  /** Keeps its own copy. */
  public LaneTrace {
    sweeps = List.copyOf(sweeps);
  }
}
