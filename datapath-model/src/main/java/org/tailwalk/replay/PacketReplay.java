// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.packet.Frame;

/**
 * A packet after its replay.
 *
 * @param number 1-based in the capture
 * @param frame as captured
 * @param kernel null when there is no kernel lane, or the packet was not run
 * @param model null when there is no model lane, or the packet was not run
 * @param rows both traces side by side; empty when it was not run
 * @param divergence null when the lanes agree, or there is only one
 */
public record PacketReplay(
    long number,
    Frame frame,
    Placement placement,
    @Nullable LaneTrace kernel,
    @Nullable LaneTrace model,
    List<AlignedStep> rows,
    @Nullable Divergence divergence) {
  /** Keeps its own copy. */
  public PacketReplay {
    rows = List.copyOf(rows);
  }

  /** The kernel's lane, or the model's where there is no kernel lane. */
  public Optional<LaneTrace> primary() {
    return Optional.ofNullable(kernel != null ? kernel : model);
  }
}
