// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.report.html;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.report.ReplayReport;
import org.tailwalk.app.report.RunEnd;
import org.tailwalk.app.report.RunInfo;
import org.tailwalk.compare.PathBox;
import org.tailwalk.event.CtStatus;
import org.tailwalk.event.Step;
import org.tailwalk.packet.PacketSummary;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.Divergence;
import org.tailwalk.replay.EventText;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.Mark;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.replay.Reading;
import org.tailwalk.replay.ReplaySummary;
import org.tailwalk.replay.history.ReplayHistory;
import org.tailwalk.replay.why.Explanation;
import org.tailwalk.replay.why.Why;
import org.tailwalk.scenario.Scenario;

/**
 * A replay as one page: all packets as a list, and in full those that were selected, or those that
 * went wrong. Must be told of every packet.
 */
public final class ReplayPage implements ReplayReport {
  private static final int TOLD = 200;
  private static final int LISTED = 3000;

  private final PrintWriter out;
  private final RunInfo run;
  private final @Nullable LongPredicate selected;
  private final @Nullable ReplayHistory heard;
  private final Why why;
  private final boolean kernelLane;
  private final Html list =
      Page.start(
          "Packets",
          List.of("No.", "Time", "Source", "Destination", "Info", "CT", "Verdict", "Engines"));
  private final Html details = new Html();
  private final List<String[]> contents = new ArrayList<>();
  private int listed;
  private int told;
  private int leftOut;
  private long first;
  private boolean started;

  /**
   * Writes to a stream.
   *
   * @param selected which packets, by number; null for all, with those in full that went wrong
   */
  public ReplayPage(PrintWriter out, RunInfo run, @Nullable LongPredicate selected) {
    this(
        out,
        run,
        selected,
        new ReplayHistory(run.scenario(), run.kernel() != null, run.kernel() == null),
        true);
  }

  private ReplayPage(
      PrintWriter out,
      RunInfo run,
      @Nullable LongPredicate selected,
      ReplayHistory history,
      boolean hears) {
    this.out = out;
    this.run = run;
    this.selected = selected;
    this.kernelLane = run.kernel() != null;
    this.heard = hears ? history : null;
    this.why = new Why(run.scenario(), history.primary());
  }

  /** The page of a replay that is over: {@code history} has heard it all. */
  public static ReplayPage after(
      PrintWriter out, RunInfo run, @Nullable LongPredicate selected, ReplayHistory history) {
    return new ReplayPage(out, run, selected, history, false);
  }

  @Override
  public void packet(PacketReplay packet) {
    if (heard != null) {
      heard.add(packet);
    }
    if (!started) {
      started = true;
      first = packet.frame().timeNanos();
    }
    boolean mine = selected == null || selected.test(packet.number());
    if (!mine) {
      return;
    }
    LaneTrace lane = kernelLane ? packet.kernel() : packet.model();
    boolean wrong = lane != null && lane.reading().wentWrong();
    boolean differs = packet.divergence() != null;
    if (listed < LISTED) {
      listed++;
      Page.row(list, differs ? "differs" : wrong ? "dropped" : null, cells(packet, lane));
    }
    if (selected != null || wrong || differs) {
      if (told < TOLD) {
        told++;
        tell(packet, lane);
      } else {
        leftOut++;
      }
    }
  }

  private List<String> cells(PacketReplay packet, @Nullable LaneTrace lane) {
    PacketSummary summary = PacketSummary.of(packet.frame());
    return List.of(
        Long.toString(packet.number()),
        seconds(packet.frame().timeNanos() - first),
        summary.source(),
        summary.destination(),
        summary.info(),
        lane == null ? "–" : lane.reading().ctResult().map(CtStatus::name).orElse("–"),
        outcome(packet, lane),
        packet.divergence() == null ? "" : "differ");
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.6f", nanos / 1e9);
  }

  private static String outcome(PacketReplay packet, @Nullable LaneTrace lane) {
    if (lane == null) {
      return switch (packet.placement()) {
        case Placement.NotRun not -> "not run: " + not.reason();
        case Placement.DuplicateOf(long of, _) -> "seen as " + of;
        case Placement.Run _ -> "not run";
      };
    }
    Reading reading = lane.reading();
    return EventText.verdict(reading.verdict())
        + (reading.dropReason() == null ? "" : ": " + reading.dropReason().text())
        + (reading.unheard() ? ", unheard" : "");
  }

  private void tell(PacketReplay packet, @Nullable LaneTrace lane) {
    String id = "packet-" + packet.number();
    String outcome = outcome(packet, lane);
    String title =
        "Packet %d: %s, %s"
            .formatted(packet.number(), PacketSummary.of(packet.frame()).info(), outcome);
    contents.add(new String[] {id, title});
    details.open("article", "aria-labelledby", id);
    details.element("h3", title, "id", id);
    Divergence divergence = packet.divergence();
    if (divergence != null) {
      details.element(
          "p",
          "The engines differ (%s): %s".formatted(divergence.code(), divergence.explanation()),
          "class",
          "sentence");
    }
    explain(packet);
    paths(packet, id);
    steps(packet);
    details.end();
  }

  private void explain(PacketReplay packet) {
    Explanation explanation = why.explain(packet);
    details.open("dl");
    for (Explanation.Line line : explanation.lines()) {
      details.element("dt", line.label());
      details.element("dd", line.text());
    }
    details.end();
  }

  private void paths(PacketReplay packet, String id) {
    for (boolean kernel : new boolean[] {true, false}) {
      if ((kernel ? packet.kernel() : packet.model()) == null) {
        continue;
      }
      String name = kernel ? "kernel" : "model";
      if (packet.kernel() != null && !kernel && packet.divergence() == null) {
        continue;
      }
      details.element("h4", "Path in the " + name);
      details.add(
          PathSvg.of(
              id + "-" + name,
              "Path of packet %d in the %s".formatted(packet.number(), name),
              PathBox.of(run.scenario(), packet, kernel)));
    }
  }

  private void steps(PacketReplay packet) {
    if (packet.rows().isEmpty()) {
      return;
    }
    boolean both = packet.kernel() != null && packet.model() != null;
    Html table =
        Page.start(
            "Steps of packet " + packet.number(),
            both && packet.divergence() != null
                ? List.of("Step", "Kernel", "Model")
                : List.of("Step", both ? "Both engines" : "What happened"));
    for (AlignedStep row : packet.rows()) {
      String number = "S" + row.index();
      if (both && packet.divergence() != null) {
        Page.row(
            table,
            row.same() ? null : "differs",
            List.of(number, line(row.kernel()), line(row.model())));
      } else {
        Page.row(table, null, List.of(number, line(row.either())));
      }
    }
    details.add(Page.finish(table));
  }

  private static String line(@Nullable Step step) {
    return step == null ? "–" : EventText.line(step.event());
  }

  @Override
  public void end(ReplaySummary summary, RunEnd end) {
    Html header = new Html();
    header.element("h1", "Replay of " + run.capture());
    header.element("p", lead(summary, end), "class", "lead");
    Html body = new Html();
    for (String warning : end.warnings()) {
      body.element("p", "Warning: " + warning, "class", "warning");
    }
    body.open("nav", "aria-label", "On this page").open("ol");
    body.open("li").element("a", "What was run, and how sure we are", "href", "#ran").close();
    body.open("li").element("a", "Packets", "href", "#packets").close();
    if (!contents.isEmpty()) {
      body.open("li").element("a", detailTitle(), "href", "#details").open("ol");
      for (String[] entry : contents) {
        body.open("li").element("a", entry[1], "href", "#" + entry[0]).close();
      }
      body.close().close();
    }
    body.close().end();
    ran(body, summary);
    body.element("h2", "Packets", "id", "packets");
    body.add(Page.finish(list));
    long all = selected == null ? summary.packets() : listed;
    if (all > listed) {
      body.element("p", "The first %d of %d packets.".formatted(listed, all));
    }
    if (!contents.isEmpty()) {
      body.element("h2", detailTitle(), "id", "details");
      if (leftOut > 0) {
        body.element("p", "%d more are left out.".formatted(leftOut));
      }
      body.add(details);
    }
    out.print(Page.document("Replay of " + run.capture(), header, body));
    out.flush();
  }

  private String detailTitle() {
    return selected == null ? "Packets that went wrong, and why" : "The packets in full";
  }

  private static String lead(ReplaySummary summary, RunEnd end) {
    return "%d packets, %d run: %d dropped, %d passed unpoliced, %d unheard. %s%s"
        .formatted(
            summary.packets(),
            summary.run(),
            summary.dropped(),
            summary.passedUnpoliced(),
            summary.unheard(),
            summary.agreed()
                ? summary.compared() == 0
                    ? "Nothing was compared: no packet ran in both engines."
                    : "No difference between engines."
                : "The engines differ on %d.".formatted(summary.diverging()),
            end.interrupted() ? " The replay was interrupted." : "");
  }

  private void ran(Html body, ReplaySummary summary) {
    Scenario scenario = run.scenario();
    body.element("h2", "What was run, and how sure we are", "id", "ran");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("capture", run.capture()));
    rows.add(List.of("kernel lane", run.kernel() == null ? "none" : run.kernel()));
    rows.add(List.of("model lane", run.model() == null ? "none" : run.model()));
    rows.add(List.of("datapath", scenario.datapath().toString()));
    rows.add(
        List.of("scenario", scenario.name() + (scenario.inferred() ? " (inferred)" : " (given)")));
    rows.add(List.of("captured at", scenario.capturePoint().label()));
    rows.add(List.of("verdicts", counts(summary.verdicts())));
    rows.add(List.of("not run", counts(summary.notRun())));
    rows.add(List.of("endpoints", endpoints(scenario)));
    body.add(Page.table("The replay", List.of("What", "Which"), rows));
    if (scenario.inferred()) {
      body.element(
          "p",
          "The scenario was inferred from the capture: what passes here is not a promise. "
              + String.join(" ", scenario.notes()),
          "class",
          "warning");
    }
    body.element(
        "p",
        "Redirects are not performed in a test run; neighbours and routes are those of a private"
            + " namespace. A packet captured after the datapath is replayed as a reconstruction. "
            + marks());
  }

  private static String marks() {
    return "A packet may be marked: "
        + java.util.Arrays.stream(Mark.values()).map(Mark::label).collect(Collectors.joining(", "))
        + ".";
  }

  private static String endpoints(Scenario scenario) {
    return scenario.node().endpoints().stream()
        .map(e ->
            e.id()
                + (e.name().isEmpty() ? "" : " (" + e.name() + ")")
                + (e.ipv4() == null ? "" : " " + e.ipv4())
                + (e.ipv6() == null ? "" : " " + e.ipv6()))
        .collect(Collectors.joining(", "));
  }

  private static String counts(Map<String, Long> counts) {
    return counts.isEmpty()
        ? "none"
        : counts.entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey())
            .collect(Collectors.joining(", "));
  }
}
