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
import org.tailwalk.app.text.Texts;
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
import org.tailwalk.text.Message;

/**
 * A replay as one page: all packets as a list, and in full those that were selected, or those that
 * went wrong. Must be told of every packet.
 */
public final class ReplayPage implements ReplayReport {
  private static final int TOLD = 200;
  private static final int LISTED = 3000;

  private final Texts texts = Page.texts();
  private final PrintWriter out;
  private final RunInfo run;
  private final @Nullable LongPredicate selected;
  private final @Nullable ReplayHistory heard;
  private final Why why;
  private final boolean kernelLane;
  private final Html list =
      Page.start(
          texts.get("packets"),
          List.of(
              texts.get("column.number"),
              texts.get("column.time"),
              texts.get("column.source"),
              texts.get("column.destination"),
              texts.get("column.info"),
              "CT",
              texts.get("column.verdict"),
              texts.get("column.engines")));
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
        packet.divergence() == null ? "" : texts.get("engines.differ"));
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.6f", nanos / 1e9);
  }

  private String outcome(PacketReplay packet, @Nullable LaneTrace lane) {
    if (lane == null) {
      return switch (packet.placement()) {
        case Placement.NotRun not -> texts.get("outcome.not-run.why", not.reason());
        case Placement.DuplicateOf(long of, _) -> texts.get("outcome.seen", of);
        case Placement.Run _ -> texts.get("outcome.not-run");
      };
    }
    Reading reading = lane.reading();
    return Texts.say(EventText.outcome(reading.verdict()))
        + (reading.dropReason() == null ? "" : ": " + reading.dropReason().text())
        + (reading.unheard() ? texts.get("outcome.unheard") : "");
  }

  private void tell(PacketReplay packet, @Nullable LaneTrace lane) {
    String id = "packet-" + packet.number();
    String outcome = outcome(packet, lane);
    String title =
        texts.get(
            "packet.title", packet.number(), PacketSummary.of(packet.frame()).info(), outcome);
    contents.add(new String[] {id, title});
    details.open("article", "aria-labelledby", id);
    details.element("h3", title, "id", id);
    Divergence divergence = packet.divergence();
    if (divergence != null) {
      details.element(
          "p",
          texts.get("engines.because", divergence.code(), Texts.say(divergence.message())),
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
      details.element("dt", Texts.say(line.title()));
      details.element("dd", Texts.say(line.message()));
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
      details.element("h4", texts.get("path.in." + name));
      details.add(
          PathSvg.of(
              id + "-" + name,
              texts.get("path.title." + name, packet.number()),
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
            texts.get("packet.steps", packet.number()),
            both && packet.divergence() != null
                ? List.of(
                    texts.get("column.step"), texts.get("lane.kernel"), texts.get("lane.model"))
                : List.of(texts.get("column.step"), texts.get(both ? "lane.both" : "lane.one")));
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
    return step == null ? "–" : Texts.say(EventText.message(step.event()));
  }

  @Override
  public void end(ReplaySummary summary, RunEnd end) {
    Html header = new Html();
    header.element("h1", texts.get("replay.title", run.capture()));
    header.element("p", lead(summary, end), "class", "lead");
    Html body = new Html();
    for (String warning : end.warnings()) {
      body.element("p", texts.get("warning", warning), "class", "warning");
    }
    body.open("nav", "aria-label", texts.get("contents")).open("ol");
    body.open("li").element("a", texts.get("ran"), "href", "#ran").close();
    body.open("li").element("a", texts.get("packets"), "href", "#packets").close();
    if (!contents.isEmpty()) {
      body.open("li").element("a", detailTitle(), "href", "#details").open("ol");
      for (String[] entry : contents) {
        body.open("li").element("a", entry[1], "href", "#" + entry[0]).close();
      }
      body.close().close();
    }
    body.close().end();
    ran(body, summary);
    body.element("h2", texts.get("packets"), "id", "packets");
    body.add(Page.finish(list));
    long all = selected == null ? summary.packets() : listed;
    if (all > listed) {
      body.element("p", texts.get("packets.some", listed, all));
    }
    if (!contents.isEmpty()) {
      body.element("h2", detailTitle(), "id", "details");
      if (leftOut > 0) {
        body.element("p", texts.get("packets.left-out", leftOut));
      }
      body.add(details);
    }
    out.print(Page.document(texts.get("replay.title", run.capture()), header, body));
    out.flush();
  }

  private String detailTitle() {
    return texts.get(selected == null ? "packets.wrong" : "packets.full");
  }

  private String lead(ReplaySummary summary, RunEnd end) {
    return texts.get(
            "replay.lead",
            summary.packets(),
            summary.run(),
            summary.dropped(),
            summary.passedUnpoliced(),
            summary.unheard())
        + " "
        + (!summary.agreed()
            ? texts.get("replay.differ", summary.diverging())
            : texts.get(summary.compared() == 0 ? "replay.not-compared" : "replay.agreed"))
        + (end.interrupted() ? " " + texts.get("replay.interrupted") : "");
  }

  private void ran(Html body, ReplaySummary summary) {
    Scenario scenario = run.scenario();
    body.element("h2", texts.get("ran"), "id", "ran");
    String none = texts.get("none");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of(texts.get("ran.capture"), run.capture()));
    rows.add(List.of(texts.get("ran.kernel"), run.kernel() == null ? none : run.kernel()));
    rows.add(List.of(texts.get("ran.model"), run.model() == null ? none : run.model()));
    rows.add(List.of(texts.get("ran.datapath"), scenario.datapath().toString()));
    rows.add(
        List.of(
            texts.get("ran.scenario"),
            scenario.name() + texts.get(scenario.inferred() ? "ran.inferred" : "ran.given")));
    rows.add(List.of(texts.get("ran.point"), scenario.capturePoint().label()));
    rows.add(List.of(texts.get("ran.verdicts"), counts(summary.verdicts())));
    rows.add(List.of(texts.get("ran.not-run"), counts(summary.notRun())));
    rows.add(List.of(texts.get("ran.endpoints"), endpoints(scenario)));
    body.add(
        Page.table(
            texts.get("ran.replay"), List.of(texts.get("ran.what"), texts.get("ran.which")), rows));
    if (scenario.inferred()) {
      body.element(
          "p",
          texts.get("replay.inferred", Texts.say(Message.joined("; ", scenario.notes()))),
          "class",
          "warning");
    }
    body.element(
        "p",
        texts.get(
            "replay.about",
            Texts.say(
                Message.joined(
                    ", ", java.util.Arrays.stream(Mark.values()).map(Mark::message).toList()))));
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

  private String counts(Map<String, Long> counts) {
    return counts.isEmpty()
        ? texts.get("none")
        : counts.entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey())
            .collect(Collectors.joining(", "));
  }
}
