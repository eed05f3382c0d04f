// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tailwalk.engine.Sweep;
import org.tailwalk.event.CtStatus;
import org.tailwalk.event.Verdict;
import org.tailwalk.packet.Frame;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.Divergence;
import org.tailwalk.replay.EventText;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.Mark;
import org.tailwalk.replay.MonitorText;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.replay.Reading;
import org.tailwalk.replay.ReplaySummary;
import org.tailwalk.text.Message;

/**
 * A line for each packet and its steps below it, indented. Steps in which the lanes differ stand in
 * two columns, the kernel's left. ASCII alone, for any terminal.
 */
public final class TextReport implements ReplayReport {
  private static final int NARROWEST = 40;
  private static final int WIDEST = 100;

  private final PrintWriter out;
  private final RunInfo run;
  private boolean started;
  private long first;

  /** Writes to a stream. */
  public TextReport(PrintWriter out, RunInfo run) {
    this.out = out;
    this.run = run;
  }

  @Override
  public void begins(PacketReplay packet) {
    started = true;
    first = packet.frame().timeNanos();
  }

  @Override
  public void packet(PacketReplay packet) {
    if (!started) {
      begins(packet);
    }
    line(head(packet));
    sweeps(packet);
    steps(packet.rows());
    Divergence divergence = packet.divergence();
    if (divergence != null) {
      String where =
          divergence.step() == 0
              ? "P" + packet.number()
              : "P" + packet.number() + ".S" + divergence.step();
      line(
          "  differ at %s (%s, %s): %s"
              .formatted(
                  where,
                  divergence.kind().label(),
                  divergence.code(),
                  divergence.explanation().replace("\n", "\n    ")));
    }
  }

  private String head(PacketReplay packet) {
    Frame frame = packet.frame();
    return "P%d %s %s  %s"
        .formatted(
            packet.number(),
            Times.since(frame.timeNanos() - first),
            MonitorText.packet(frame.data()),
            switch (packet.placement()) {
              case Placement.Run placed -> ran(packet, placed);
              case Placement.NotRun(String reason, Message detail, Set<Mark> marks) ->
                  "NOT_RUN (" + reason + "): " + detail + marks(marks);
              case Placement.DuplicateOf(long of, Set<Mark> marks) ->
                  "the same packet as P" + of + marks(marks);
            });
  }

  private String ran(PacketReplay packet, Placement.Run placed) {
    StringBuilder text = new StringBuilder("[");
    text.append(placed.injection().hook().programId())
        .append(" of endpoint ")
        .append(placed.injection().endpoint());
    if (!placed.preDatapath()) {
      text.append(", seen after the datapath: a reconstruction");
    }
    text.append(marks(placed.marks())).append("] ");
    LaneTrace kernel = packet.kernel();
    LaneTrace model = packet.model();
    String left = kernel == null ? "" : result(kernel.reading());
    String right = model == null ? "" : result(model.reading());
    if (kernel == null || model == null || left.equals(right)) {
      text.append(kernel == null ? right : left);
    } else {
      text.append("kernel: ").append(left).append("; model: ").append(right);
    }
    if (run.scenario().inferred()) {
      text.append(" (scenario inferred)");
    }
    return text.toString();
  }

  private static String marks(Set<Mark> marks) {
    return marks.stream()
        .sorted()
        .map(Mark::label)
        .collect(Collectors.joining(", ", marks.isEmpty() ? "" : ", ", ""));
  }

  private static String result(Reading reading) {
    String ct = reading.ctResult().map(CtStatus::name).map(s -> s + " ").orElse("");
    String words =
        switch (reading.verdict()) {
          case Verdict.NotRun(String reason, String detail) -> " (" + reason + "): " + detail;
          case Verdict.Redirected(long ifindex, _) -> " to ifindex " + ifindex;
          case Verdict.ToProxy(int port) -> " port " + port;
          case Verdict.PassedUnpoliced(int code) -> " on raw code " + code;
          case Verdict.ToStack _, Verdict.ToPod _, Verdict.Dropped _ -> "";
        };
    String reason = reading.dropReason() == null ? "" : " (" + reading.dropReason().text() + ")";
    String heard =
        reading.notified() == null
            ? ""
            : reading.notified()
                ? ", notified"
                : reading.metricCounted() ? ", not notified, counted" : ", unheard";
    return ct + reading.verdict().word() + words + reason + heard;
  }

  private void sweeps(PacketReplay packet) {
    List<Sweep> sweeps = packet.primary().map(LaneTrace::sweeps).orElse(List.of());
    for (Sweep sweep : sweeps) {
      if (!sweep.deleted().isEmpty()) {
        line(
            "  -- collector (%s) at %s s took %d conntrack entr%s:"
                .formatted(
                    sweep.cause().name().toLowerCase(Locale.ROOT),
                    Times.seconds(sweep.firstNanos()),
                    sweep.deleted().size(),
                    sweep.deleted().size() == 1 ? "y" : "ies"));
        sweep
            .deleted()
            .forEach(c ->
                line(
                    "     %s %s, lifetime %d"
                        .formatted(c.map(), EventText.key(c.tuple()), c.entry().lifetime())));
      }
    }
  }

  private void steps(List<AlignedStep> rows) {
    int width = NARROWEST;
    for (AlignedStep row : rows) {
      if (!row.same() && row.kernel() != null) {
        width = Math.max(width, EventText.line(row.kernel().event()).length());
      }
    }
    width = Math.min(width, WIDEST);
    boolean headed = false;
    for (AlignedStep row : rows) {
      if (row.same()) {
        line("    S%-3d %s".formatted(row.index(), EventText.line(row.either().event())));
        continue;
      }
      if (!headed) {
        headed = true;
        line(columns("", "kernel", "model", width));
      }
      line(columns("S" + row.index(), text(row.kernel()), text(row.model()), width));
    }
  }

  private static String columns(String name, String left, String right, int width) {
    return ("  ! %-4s %-" + width + "s | %s").formatted(name, left, right).stripTrailing();
  }

  private static String text(org.tailwalk.event.@Nullable Step step) {
    return step == null ? "" : EventText.line(step.event());
  }

  @Override
  public void end(ReplaySummary summary, RunEnd end) {
    List<String> parts = new ArrayList<>();
    parts.add(summary.packets() + (summary.packets() == 1 ? " packet" : " packets"));
    parts.add(summary.run() + " run");
    summary.notRun().forEach((reason, n) -> parts.add(n + " not run (" + reason + ")"));
    if (summary.duplicates() > 0) {
      parts.add(summary.duplicates() + " seen again");
    }
    line(String.join(", ", parts) + (end.interrupted() ? ", interrupted" : ""));
    line("verdicts: %s; %d unheard".formatted(counts(summary.verdicts()), summary.unheard()));
    String kernel = run.kernel();
    String model = run.model();
    if (kernel != null && model != null) {
      line("lanes: " + kernel + " | " + model);
      line(
          summary.agreed()
              ? summary.compared() == 0
                  ? "nothing was compared: no packet ran in both engines"
                  : end.claims()
                      ? "the engines agree on every packet that both ran"
                      : "the engines did not differ, but a map was full: no claim that they agree"
              : "the engines differ on %d: %s"
                  .formatted(summary.diverging(), counts(differing(summary.divergenceCodes()))));
    } else {
      line("lane: " + (kernel != null ? kernel : model));
    }
    if (run.scenario().inferred()) {
      line("scenario inferred from the capture: what passes here is not a promise");
    }
  }

  /** Packets that one engine could not run are told above, and are no difference. */
  private static Map<String, Long> differing(Map<String, Long> codes) {
    Map<String, Long> left = new TreeMap<>(codes);
    left.keySet().removeIf(code -> code.endsWith("-not-run"));
    return left;
  }

  private static String counts(Map<String, Long> counts) {
    return counts.isEmpty()
        ? "none"
        : counts.entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey())
            .collect(Collectors.joining(", "));
  }

  private void line(String text) {
    out.println(ascii(text));
  }

  /** The sentences that the window shows as well have a few signs that not every terminal has. */
  static String ascii(String text) {
    return text.replace("\u2192", "->")
        .replace("\u2026", "...")
        .replace("\u2212", "-")
        .replace("\u2013", "-")
        .replace("\u00d7", "x")
        .replaceAll("[\u201c\u201d]", "\"")
        .replaceAll("[^\\x00-\\x7f]", "?");
  }
}
