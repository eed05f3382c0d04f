// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.why;

import java.util.Optional;
import org.tailwalk.event.ObservationPoint;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.text.Message;

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
      int code, ProgramRef program, Message consequence, Message told, Message mended) {}

  /** The letter that never left; empty when nothing went wrong or somebody was told. */
  public static Optional<Letter> letter(PacketReplay packet, boolean kernelLane) {
    LaneTrace lane = kernelLane ? packet.kernel() : packet.model();
    if (lane == null || !lane.reading().unheard()) {
      return Optional.empty();
    }
    Rows rows = Rows.of(packet, kernelLane);
    int code = lane.reading().returnCode();
    ProgramRef program =
        rows.decision(true).map(row -> row.event().program()).orElse(new ProgramRef(0, ""));
    return Optional.of(
        new Letter(code, program, consequence(code, program), told(rows), mended(code, program)));
  }

  /** What was left out, and what the monitor heard last. */
  static Message told(Rows rows) {
    Message heard =
        rows.lastTrace()
            .map(t ->
                Message.of(
                    "why.told.last",
                    ObservationPoint.ofCode(t.point())
                        .map(point -> Message.plain(point.text()))
                        .orElse(Message.of("why.told.trace"))))
            .orElse(Message.of("why.told.none"));
    return Message.of("why.told", heard);
  }

  /** What a raw code does. */
  static Message consequence(int code, ProgramRef program) {
    Message where =
        switch (program.id()) {
          case "2/29", "2/32" -> Message.of("why.raw.left");
          case "2/27", "2/30", "to-container" -> Message.of("why.raw.into");
          default -> Message.of("why.raw.on");
        };
    return Message.of("why.effect", code, where);
  }

  /** Which change tells of it. */
  static Message mended(int code, ProgramRef program) {
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
    return Message.of("why.mended", fix);
  }

  private static boolean walks(ProgramRef program) {
    return switch (program.id()) {
      case "2/30", "2/31", "2/32" -> true;
      default -> false;
    };
  }
}
