// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.why;

import java.util.Optional;
import org.tailwalk.event.ObservationPoint;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;

/**
 * The story of issue 22527: a program returns its error as it stands, TC takes that for "no
 * verdict", and neither monitor nor metrics hear of it (section 12 of the datapath facts).
 */
public final class Unheard {
  private Unheard() {}

  /**
   * What to say of a packet that went wrong without a word.
   *
   * @param consequence what the raw code did
   * @param told what was left out, and what the monitor heard last
   * @param mended which change tells of it
   */
  public record Letter(
      int code, ProgramRef program, String consequence, String told, String mended) {}

  /** The letter that never left; empty when nothing went wrong or somebody was told. */
  public static Optional<Letter> letter(PacketReplay packet, boolean kernelLane) {
    LaneTrace lane = kernelLane ? packet.kernel() : packet.model();
    if (lane == null || !lane.reading().unheard()) {
      return Optional.empty();
    }
    Rows rows = Rows.of(packet, kernelLane);
    int code = lane.reading().returnCode();
    ProgramRef program =
        rows.decision(true).map(row -> Rows.program(row.event())).orElse(new ProgramRef(0, ""));
    return Optional.of(
        new Letter(code, program, consequence(code, program), told(rows), mended(code, program)));
  }

  /** What was left out, and what the monitor heard last. */
  static String told(Rows rows) {
    String heard =
        rows.lastTrace()
            .map(t ->
                "the monitor heard %s and then nothing"
                    .formatted(
                        ObservationPoint.ofCode(t.point())
                            .map(ObservationPoint::text)
                            .orElse("a trace")))
            .orElse("the monitor heard nothing at all");
    return heard + "; no drop event, no metric: not in Hubble, not in cilium_drop_count_total";
  }

  /** What a raw code does. */
  static String consequence(int code, ProgramRef program) {
    String where =
        switch (program.id()) {
          case "2/29", "2/32" -> "it left the pod";
          case "2/27", "2/30", "to-container" -> "it got into the pod";
          default -> "it went on";
        };
    return "TC takes %d for \"no verdict\" and accepts: %s with no policy, no conntrack entry, no"
            .formatted(code, where)
        + " identity mark";
  }

  /** Which change tells of it. */
  static String mended(int code, ProgramRef program) {
    String fix;
    if (program.id().equals("to-container")) {
      fix = "PR 26956";
    } else if (code == -140) {
      fix = "PR 26118 (pr26118)";
    } else if (walks(program) && (code == -156 || code == -157)) {
      fix = "PR 26115 (pr26115)";
    } else {
      fix = "PR 25426 (pr25426)";
    }
    return "issue 22527: %s makes it a notified drop, PR 33551 (pr33551) with the right reason"
        .formatted(fix);
  }

  private static boolean walks(ProgramRef program) {
    return switch (program.id()) {
      case "2/30", "2/31", "2/32" -> true;
      default -> false;
    };
  }
}
