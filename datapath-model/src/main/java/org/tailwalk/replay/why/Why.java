// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.why;

import java.util.Set;
import org.tailwalk.event.Verdict;
import org.tailwalk.packet.Frame;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.Mark;
import org.tailwalk.replay.MonitorText;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.replay.history.MapHistory;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.text.Message;

/** Explains packets of one lane. */
public final class Why {
  private final Scenario scenario;
  private final MapHistory index;

  /**
   * With the maps of the lane to be explained.
   *
   * @param index may have heard packets behind the one to be explained; it must have heard all
   *     before it, and that one's sweeps
   */
  public Why(Scenario scenario, MapHistory index) {
    this.scenario = scenario;
    this.index = index;
  }

  /** Why a packet ended as it did. */
  public Explanation explain(PacketReplay packet) {
    LaneTrace lane = index.kernelLane() ? packet.kernel() : packet.model();
    return switch (packet.placement()) {
      case Placement.NotRun(String reason, Message detail, Set<Mark> marks) ->
          notRun(packet, reason, detail, marks);
      case Placement.DuplicateOf(long first, Set<Mark> marks) ->
          new Explanation.Builder()
              .line("packet", Message.plain(head(packet), marks(packet, marks)))
              .line("verdict", Message.of("why.duplicate", first))
              .line("next", Message.plain("tailwalk why CAPTURE ", first))
              .done();
      case Placement.Run run -> {
        if (lane == null) {
          yield notRun(packet, "no-lane", Message.of("why.no-lane"), run.marks());
        }
        if (lane.reading().verdict() instanceof Verdict.NotRun(String reason, String detail)) {
          yield notRun(packet, reason, Message.plain(detail), run.marks());
        }
        yield new LaneAccount(
                scenario, index, packet, lane, run, Message.plain(head(packet), entry(packet, run)))
            .explain();
      }
    };
  }

  private static String head(PacketReplay packet) {
    return "P%d %s".formatted(packet.number(), MonitorText.packet(packet.frame().data()));
  }

  private Message entry(PacketReplay packet, Placement.Run run) {
    return Message.plain(
        Message.of(
            "why.into",
            Words.clock(run.injection().timeNanos()),
            run.injection().hook().programId(),
            new Words(scenario.node()).endpoint(run.injection().endpoint())),
        run.preDatapath() ? Message.plain() : Message.of("why.after"),
        marks(packet, run.marks()));
  }

  private static Message marks(PacketReplay packet, Set<Mark> marks) {
    Message named =
        Message.joined(", ", marks.stream().sorted().map(m -> mark(packet.frame(), m)).toList());
    return marks.isEmpty() ? named : Message.plain("; ", named);
  }

  /** Of zeros that are no part of the packet one is told how many: an account may hang on them. */
  private static Message mark(Frame frame, Mark mark) {
    return mark == Mark.PADDED
        ? Message.of("why.padded", frame.data().length(), frame.originalLength())
        : mark.message();
  }

  private static Explanation notRun(
      PacketReplay packet, String reason, Message detail, Set<Mark> marks) {
    String next =
        switch (reason) {
          case "no-endpoint", "no-program", "by-rule" -> reason;
          case "too-short", "too-long" -> "length";
          default -> "other";
        };
    return new Explanation.Builder()
        .line("packet", Message.plain(head(packet), marks(packet, marks)))
        .line("verdict", Message.plain("NOT_RUN (%s): ".formatted(reason), detail))
        .line("state", Message.of("why.changed-nothing"))
        .line("next", Message.of("why.next.not-run." + next))
        .done();
  }
}
