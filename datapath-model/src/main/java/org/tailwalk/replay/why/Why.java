// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.why;

import java.util.Set;
import java.util.stream.Collectors;
import org.tailwalk.event.Verdict;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.Mark;
import org.tailwalk.replay.MonitorText;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.replay.history.MapHistory;
import org.tailwalk.scenario.Scenario;

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
      case Placement.NotRun(String reason, String detail, Set<Mark> marks) ->
          notRun(packet, reason, detail, marks);
      case Placement.DuplicateOf(long first, Set<Mark> marks) ->
          new Explanation.Builder()
              .line("packet", head(packet) + marks(marks))
              .line(
                  "verdict",
                  "not run again: the same packet as P%d, seen at another place".formatted(first))
              .line("next", "tailwalk why CAPTURE " + first)
              .done();
      case Placement.Run run -> {
        if (lane == null) {
          yield notRun(packet, "no-lane", "this lane did not run it", run.marks());
        }
        if (lane.reading().verdict() instanceof Verdict.NotRun(String reason, String detail)) {
          yield notRun(packet, reason, detail, run.marks());
        }
        yield new LaneAccount(scenario, index, packet, lane, run, head(packet) + entry(run))
            .explain();
      }
    };
  }

  private static String head(PacketReplay packet) {
    return "P%d %s".formatted(packet.number(), MonitorText.packet(packet.frame().data()));
  }

  private String entry(Placement.Run run) {
    return " at clock %s, into %s of %s%s%s"
        .formatted(
            Words.clock(run.injection().timeNanos()),
            run.injection().hook().programId(),
            new Words(scenario.node()).endpoint(run.injection().endpoint()),
            run.preDatapath() ? "" : "; seen after the datapath: a reconstruction",
            marks(run.marks()));
  }

  private static String marks(Set<Mark> marks) {
    return marks.stream()
        .sorted()
        .map(Mark::label)
        .collect(Collectors.joining(", ", marks.isEmpty() ? "" : "; ", ""));
  }

  private static Explanation notRun(
      PacketReplay packet, String reason, String detail, Set<Mark> marks) {
    String next =
        switch (reason) {
          case "no-endpoint" ->
              "the scenario's endpoints and their addresses; a rule can send the packet to one";
          case "no-program" -> "egressProgram of the endpoint, if to-container is attached there";
          case "too-short", "too-long" ->
              "the frame itself: BPF_PROG_TEST_RUN takes no such frame; --engine model may";
          case "by-rule" -> "the scenario's rules";
          default -> "tailwalk doctor, and the other engine (--engine)";
        };
    return new Explanation.Builder()
        .line("packet", head(packet) + marks(marks))
        .line("verdict", "NOT_RUN (%s): %s".formatted(reason, detail))
        .line("state", "it changed nothing: no map was read or written for it")
        .line("next", next)
        .done();
  }
}
