// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.report.html;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.compare.core.ComparedPair;
import org.tailwalk.app.compare.core.ComparedSide;
import org.tailwalk.app.packets.PacketRow;
import org.tailwalk.app.packets.PacketTable;
import org.tailwalk.app.session.ReplayProgress;
import org.tailwalk.compare.Alignment;
import org.tailwalk.compare.Aspect;
import org.tailwalk.compare.Comparison;
import org.tailwalk.compare.Difference;
import org.tailwalk.compare.FlowPair;
import org.tailwalk.compare.Grade;
import org.tailwalk.compare.PairRow;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.event.Step;
import org.tailwalk.replay.EventText;

/** A comparison as one page. */
public final class ComparePage {
  /** Rows that differ and are told in full. */
  private static final int TOLD = 100;

  /** Rows of the list of packets; beyond, only those that differ. */
  private static final int LISTED = 2000;

  private static final int FLOWS = 500;

  private final ComparedPair pair;
  private final Comparison comparison;
  private final Alignment alignment;

  private ComparePage(ComparedPair pair) {
    this.pair = pair;
    this.comparison = pair.comparison();
    this.alignment = comparison.alignment();
  }

  /**
   * The page.
   *
   * @throws CancellationException when {@code progress} said so
   */
  public static String of(ComparedPair pair, ReplayProgress progress)
      throws ReplayException, IOException, InterruptedException {
    return new ComparePage(pair).page(progress);
  }

  private String page(ReplayProgress progress)
      throws ReplayException, IOException, InterruptedException {
    List<ComparedPair.Scene> told = new ArrayList<>();
    for (int row = comparison.nextDifference(-1);
        row >= 0 && told.size() < TOLD;
        row = comparison.nextDifference(row)) {
      told.add(pair.scene(row, progress));
      if (!progress.at(told.size(), TOLD)) {
        throw new CancellationException("writing the page was cancelled");
      }
    }
    Html header = new Html();
    header.element("h1", "Comparison of " + pair.a().name() + " and " + pair.b().name());
    header.element("p", result(), "class", "lead");
    Html body = new Html();
    if (!told.isEmpty()) {
      Difference first = told.getFirst().result().difference();
      if (first != null) {
        body.element(
            "p",
            "First difference, row %d: %s. %s"
                .formatted(told.getFirst().row() + 1, first.kind().words(), first.sentence()),
            "class",
            "sentence");
      }
    } else {
      body.element("p", "No difference, but for what legitimately differs.", "class", "alike");
    }
    contents(body, told);
    ran(body);
    flows(body);
    packets(body);
    if (!told.isEmpty()) {
      body.element("h2", "What differs, row by row", "id", "differences");
      int all =
          comparison.counts().differing()
              + comparison.counts().onlyA()
              + comparison.counts().onlyB();
      if (all > told.size()) {
        body.element(
            "p", "The first %d of %d rows that differ are told here.".formatted(told.size(), all));
      }
      told.forEach(scene -> difference(body, scene));
    }
    return Page.document("Comparison: " + pair.a().name() + ", " + pair.b().name(), header, body);
  }

  private String result() {
    Comparison.Counts c = comparison.counts();
    return "%d pairs, aligned by %s: %d differ%s; %d packets only in A, %d only in B."
        .formatted(
            c.pairs(),
            alignment.by().about(),
            c.differing(),
            c.timing() > 0 ? ", " + c.timing() + " more in their pause alone" : "",
            c.onlyA(),
            c.onlyB());
  }

  private static void contents(Html body, List<ComparedPair.Scene> told) {
    body.open("nav", "aria-label", "On this page");
    body.open("ol");
    item(body, "ran", "What was run, and how sure we are");
    item(body, "flows", "Flows");
    item(body, "packets", "Packets");
    if (!told.isEmpty()) {
      body.open("li").element("a", "What differs, row by row", "href", "#differences");
      body.open("ol");
      for (ComparedPair.Scene scene : told) {
        Difference difference = scene.result().difference();
        item(
            body,
            "row-" + (scene.row() + 1),
            "Row "
                + (scene.row() + 1)
                + (difference == null ? "" : ": " + difference.kind().words()));
      }
      body.close().close();
    }
    body.close().end();
  }

  private static void item(Html body, String id, String words) {
    body.open("li").element("a", words, "href", "#" + id).close();
  }

  private void ran(Html body) {
    body.element("h2", "What was run, and how sure we are", "id", "ran");
    body.add(
        Page.table(
            "Both sides",
            List.of("What", "A", "B"),
            List.of(
                both("capture", pair.a().name(), pair.b().name()),
                both("packets", counts(pair.a()), counts(pair.b())),
                both("ran in", pair.a().ran(), pair.b().ran()),
                both("datapath", datapath(pair.a()), datapath(pair.b())),
                both("scenario", scenario(pair.a()), scenario(pair.b())),
                both("captured at", point(pair.a()), point(pair.b())))));
    if (pair.a().replay().scenario().inferred() || pair.b().replay().scenario().inferred()) {
      body.element(
          "p",
          "A scenario was inferred from its capture: what passes here is not a promise.",
          "class",
          "warning");
    }
    body.element(
        "p",
        (pair.a().record().kernelLane()
                ? "Compared is what the loaded programs did in the kernel."
                : "Compared is what the model did: the kernel lane ran on neither side, or on one"
                    + " alone.")
            + " Redirects are not performed in a test run. A packet captured after the datapath is"
            + " replayed as a reconstruction. Left out of the comparison is what legitimately"
            + " differs: absolute times, ports and addresses that the alignment maps on each other,"
            + " counters, checksums, source lines.");
  }

  private static List<String> both(String name, String a, String b) {
    return List.of(name, a, b);
  }

  private static String counts(ComparedSide side) {
    PacketTable.Counts c = side.replay().summaries().counts();
    return "%d, %d dropped, %d unheard, %d not run"
        .formatted(c.total(), c.dropped(), c.unheard(), c.notRun());
  }

  private static String datapath(ComparedSide side) {
    return side.replay().scenario().datapath().toString();
  }

  private static String scenario(ComparedSide side) {
    return side.replay().scenario().name()
        + (side.replay().scenario().inferred() ? " (inferred)" : " (given)");
  }

  private static String point(ComparedSide side) {
    return side.replay().scenario().capturePoint().label();
  }

  private void flows(Html body) {
    body.element("h2", "Flows", "id", "flows");
    if (alignment.flows().isEmpty()) {
      body.element(
          "p", "Rows were not brought together by flow, but by " + alignment.by().about() + ".");
      return;
    }
    Html table = Page.start("Flows that play the same part", List.of("A", "B", "sure", "because"));
    int count = 0;
    for (FlowPair flow : alignment.flows()) {
      if (count++ == FLOWS) {
        break;
      }
      Page.row(
          table,
          flow.a() < 0 || flow.b() < 0 ? "differs" : null,
          List.of(
              flow(pair.a(), flow.a()),
              flow(pair.b(), flow.b()),
              flow.percent() == 0 ? "–" : flow.percent() + "%",
              flow.reason()));
    }
    body.add(Page.finish(table));
    if (alignment.flows().size() > FLOWS) {
      body.element("p", "The first %d of %d flows.".formatted(FLOWS, alignment.flows().size()));
    }
  }

  private static String flow(ComparedSide side, int index) {
    return index < 0 ? "no counterpart" : side.record().prints().flows().get(index).text();
  }

  private void packets(Html body) {
    body.element("h2", "Packets", "id", "packets");
    boolean all = alignment.size() <= LISTED;
    Html table =
        Page.start(
            all ? "All rows" : "Rows that differ",
            List.of(
                "Row",
                "A",
                "Time",
                "Info",
                "CT",
                "Verdict",
                "B",
                "Time",
                "Info",
                "CT",
                "Verdict",
                "Comes to",
                "Sure"));
    int listed = 0;
    for (int row = 0; row < alignment.size() && listed < LISTED; row++) {
      Grade grade = comparison.grade(row);
      if (!all && !grade.counts()) {
        continue;
      }
      listed++;
      List<String> cells = new ArrayList<>();
      cells.add(Integer.toString(row + 1));
      packet(cells, pair.a(), alignment.a(row));
      packet(cells, pair.b(), alignment.b(row));
      cells.add(
          switch (grade) {
            case SAME -> "same";
            case TIMING -> "pause differs";
            case DIFFERS -> "differs";
            case ONLY_A -> "only A";
            case ONLY_B -> "only B";
            case DUPLICATE -> "seen before";
          });
      cells.add(alignment.percent(row) == 0 ? "–" : alignment.percent(row) + "%");
      Page.row(table, grade.counts() ? "differs" : null, cells);
    }
    body.add(Page.finish(table));
  }

  private static void packet(List<String> cells, ComparedSide side, int number) {
    if (number == 0) {
      cells.addAll(List.of("–", "", "no counterpart", "", ""));
      return;
    }
    PacketRow row = side.replay().summaries().row(number);
    cells.add(Integer.toString(number));
    cells.add(row.timeText());
    cells.add(row.way().arrow() + " " + row.info());
    cells.add(row.ctWord().orElse("–"));
    // The row has its words in the window's language, and the page is English.
    cells.add(side.record().outcome(number));
  }

  private void difference(Html body, ComparedPair.Scene scene) {
    int number = scene.row() + 1;
    Difference difference = scene.result().difference();
    String id = "row-" + number;
    body.open("article", "aria-labelledby", id);
    body.element(
        "h3",
        "Row " + number + (difference == null ? "" : ": " + difference.kind().words()),
        "id",
        id);
    if (difference != null) {
      body.element("p", difference.sentence(), "class", "sentence");
    }
    body.element("p", "In one row because: " + alignment.reason(scene.row()) + ".");
    path(body, id, "A", pair.a(), scene.a() == null ? 0 : scene.a().number(), scene, true);
    path(body, id, "B", pair.b(), scene.b() == null ? 0 : scene.b().number(), scene, false);
    if (!scene.result().aspects().isEmpty()) {
      List<List<String>> rows = new ArrayList<>();
      for (Aspect aspect : scene.result().aspects()) {
        rows.add(List.of(aspect.name(), aspect.a(), aspect.b()));
      }
      body.add(Page.table("What differs in row " + number, List.of("What", "A", "B"), rows));
    }
    if (difference != null && !difference.evidence().isEmpty()) {
      List<List<String>> rows = new ArrayList<>();
      for (Difference.Evidence e : difference.evidence()) {
        rows.add(List.of(e.side() + " packet " + e.packet(), e.text(), e.how().label()));
      }
      body.add(
          Page.table(
              "What the sentence about row " + number + " rests on",
              List.of("Packet", "Shows", "How known"),
              rows));
    }
    steps(body, number, scene.result().rows());
    body.end();
  }

  private static void path(
      Html body,
      String id,
      String side,
      ComparedSide of,
      long packet,
      ComparedPair.Scene scene,
      boolean left) {
    if (packet == 0) {
      body.element("h4", "%s · %s: no counterpart".formatted(side, of.name()));
      return;
    }
    String title = "%s · %s packet %d".formatted(side, of.name(), packet);
    body.element("h4", title);
    body.add(
        PathSvg.of(
            id + "-" + side, "Path of " + title, left ? scene.result().a() : scene.result().b()));
  }

  private static void steps(Html body, int number, List<PairRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    Html table = Page.start("Steps of row " + number, List.of("Step", "A", "B", "Comes to"));
    for (PairRow row : rows) {
      Page.row(
          table,
          row.same() ? null : "differs",
          List.of(
              Integer.toString(row.index()),
              line(row.a()),
              line(row.b()),
              row.same() ? "same" : "differs"));
    }
    body.add(Page.finish(table));
  }

  private static String line(@Nullable Step step) {
    return step == null ? "–" : EventText.line(step.event());
  }
}
