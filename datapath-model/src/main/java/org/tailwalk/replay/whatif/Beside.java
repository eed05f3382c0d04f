// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.whatif;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.EventText;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.TraceDiff;
import org.tailwalk.text.Message;

/**
 * One packet as it was and as it would have been, in one lane.
 *
 * @param kernelLane which lane
 * @param rows the steps side by side: the original stands where a row has its kernel side, the
 *     variant where it has its model side
 * @param first the first row that differs; 0 when none does
 */
public record Beside(
    PacketReplay original,
    PacketReplay variant,
    boolean kernelLane,
    List<AlignedStep> rows,
    int first) {
  /** Keeps its own copy. */
  public Beside {
    rows = List.copyOf(rows);
  }

  /** Lays them side by side; empty when one of them did not run in this lane. */
  public static Optional<Beside> of(
      PacketReplay original, PacketReplay variant, boolean kernelLane, TraceDiff diff) {
    LaneTrace was = lane(original, kernelLane);
    LaneTrace now = lane(variant, kernelLane);
    if (was == null || now == null) {
      return Optional.empty();
    }
    List<AlignedStep> rows = diff.compare(was.trace(), now.trace()).rows();
    int first = rows.stream().filter(r -> !r.same()).findFirst().map(AlignedStep::index).orElse(0);
    return Optional.of(new Beside(original, variant, kernelLane, rows, first));
  }

  private static @Nullable LaneTrace lane(PacketReplay packet, boolean kernelLane) {
    return kernelLane ? packet.kernel() : packet.model();
  }

  /** Whether any step differs. */
  public boolean differs() {
    return first > 0;
  }

  /** What became of the packet, before and now, in a few words of English. */
  public String text() {
    return message().english();
  }

  /** What became of the packet, before and now, in a few words. */
  public Message message() {
    Message was = outcome(original);
    Message now = outcome(variant);
    return was.equals(now) ? was : Message.plain(was, " → ", now);
  }

  private Message outcome(PacketReplay packet) {
    LaneTrace lane = lane(packet, kernelLane);
    if (lane == null) {
      return Message.of("not-run");
    }
    var reason = lane.reading().dropReason();
    Message verdict = EventText.outcome(lane.trace().verdict());
    return reason == null ? verdict : Message.plain(verdict, ": ", reason.text());
  }
}
