// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.compare.core.ComparedPair;
import org.tailwalk.app.compare.core.ComparedSide;
import org.tailwalk.app.packets.PacketTable;
import org.tailwalk.compare.Alignment;
import org.tailwalk.compare.Aspect;
import org.tailwalk.compare.Comparison;
import org.tailwalk.compare.Difference;
import org.tailwalk.compare.FlowPair;
import org.tailwalk.compare.Grade;
import org.tailwalk.event.CtStatus;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.MonitorText;
import org.tailwalk.replay.PacketReplay;

/** A comparison in lines for people. ASCII alone, for any terminal. */
public final class CompareText implements CompareReport {
  private final PrintWriter out;
  private final boolean all;

  /**
   * Writes to a stream.
   *
   * @param all whether rows that are the same are told as well
   */
  public CompareText(PrintWriter out, boolean all) {
    this.out = out;
    this.all = all;
  }

  @Override
  public boolean wantsAll() {
    return all;
  }

  @Override
  public void begin(ComparedPair pair) {
    side("A", pair.a());
    side("B", pair.b());
    Alignment alignment = pair.comparison().alignment();
    Comparison.Counts c = pair.comparison().counts();
    line(
        "aligned by %s: %s, %d only in A, %d only in B; %s%s"
            .formatted(
                alignment.by().about(),
                many(c.pairs(), "pair"),
                c.onlyA(),
                c.onlyB(),
                many(c.differing(), "pair") + (c.differing() == 1 ? " differs" : " differ"),
                c.timing() > 0 ? ", " + c.timing() + " in their pause alone" : ""));
    for (FlowPair flow : alignment.flows()) {
      if (flow.percent() < 100) {
        line("  " + flow(pair, flow));
      }
    }
  }

  private static String flow(ComparedPair pair, FlowPair flow) {
    if (flow.a() < 0) {
      return "only B has " + pair.b().record().prints().flows().get(flow.b()).text();
    }
    String ours = pair.a().record().prints().flows().get(flow.a()).text();
    if (flow.b() < 0) {
      return "only A has " + ours;
    }
    return "A's %s is taken for B's %s, %d%% sure: %s"
        .formatted(
            ours,
            pair.b().record().prints().flows().get(flow.b()).text(),
            flow.percent(),
            flow.reason());
  }

  private void side(String name, ComparedSide side) {
    PacketTable.Counts counts = side.replay().summaries().counts();
    line(
        "%s: %s: %s, %d dropped, %d unheard; %s; scenario %s"
            .formatted(
                name,
                side.name(),
                many(counts.total(), "packet"),
                counts.dropped(),
                counts.unheard(),
                side.ran(),
                side.replay().scenario().inferred()
                    ? "inferred: what passes here is not a promise"
                    : "\"" + side.replay().scenario().name() + "\""));
  }

  static String many(int n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }

  @Override
  public void row(ComparedPair pair, ComparedPair.Scene scene) {
    int row = scene.row();
    Grade grade = pair.comparison().grade(row);
    line(
        "%s row %d  %s"
            .formatted(
                switch (grade) {
                  case SAME -> " ";
                  case DUPLICATE -> "=";
                  case TIMING -> "~";
                  case DIFFERS -> "!";
                  case ONLY_A -> "<";
                  case ONLY_B -> ">";
                },
                row + 1,
                about(pair, row)));
    packet("A", pair.a(), scene.a());
    packet("B", pair.b(), scene.b());
    Difference difference = scene.result().difference();
    if (difference != null) {
      line("    " + difference.kind().words() + ": " + difference.sentence());
      for (Aspect aspect : scene.result().aspects()) {
        line("      %-12s A: %s".formatted(aspect.name(), aspect.a()));
        line("      %-12s B: %s".formatted("", aspect.b()));
      }
    }
  }

  private static String about(ComparedPair pair, int row) {
    Alignment alignment = pair.comparison().alignment();
    return alignment.a(row) > 0 && alignment.b(row) > 0
        ? "%d%% sure: %s".formatted(alignment.percent(row), alignment.reason(row))
        : alignment.reason(row);
  }

  private void packet(String name, ComparedSide side, @Nullable PacketReplay packet) {
    if (packet == null) {
      line("    %s    - no counterpart -".formatted(name));
      return;
    }
    LaneTrace lane = side.record().kernelLane() ? packet.kernel() : packet.model();
    List<String> parts = new ArrayList<>();
    if (lane != null) {
      lane.reading().ctResult().map(CtStatus::name).ifPresent(parts::add);
    }
    int number = (int) packet.number();
    parts.add(side.record().outcome(number));
    line(
        "    %s%-4d%s %s  %s"
            .formatted(
                name,
                number,
                Times.since(side.record().prints().sinceFirstNanos(number)),
                MonitorText.packet(packet.frame().data()),
                String.join(", ", parts)));
  }

  @Override
  public void end(ComparedPair pair, int left) {
    if (left > 0) {
      line("... and %d more rows that differ (--limit)".formatted(left));
    }
    line(
        pair.comparison().counts().differ()
            ? "the captures differ"
            : "the captures do not differ, but for what legitimately does");
  }

  private void line(String text) {
    out.println(TextReport.ascii(text));
  }
}
