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
import org.tailwalk.app.text.Texts;
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

  private final Texts texts = Page.texts();
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
    header.element("h1", texts.get("compare.title", pair.a().name(), pair.b().name()));
    header.element("p", result(), "class", "lead");
    Html body = new Html();
    if (!told.isEmpty()) {
      Difference first = told.getFirst().result().difference();
      if (first != null) {
        body.element(
            "p",
            texts.get(
                "compare.first",
                told.getFirst().row() + 1,
                Texts.say(first.kind().message()),
                Texts.say(first.message())),
            "class",
            "sentence");
      }
    } else {
      body.element("p", texts.get("compare.none"), "class", "alike");
    }
    contents(body, told);
    ran(body);
    flows(body);
    packets(body);
    if (!told.isEmpty()) {
      body.element("h2", texts.get("compare.rows"), "id", "differences");
      int all =
          comparison.counts().differing()
              + comparison.counts().onlyA()
              + comparison.counts().onlyB();
      if (all > told.size()) {
        body.element("p", texts.get("compare.rows.some", told.size(), all));
      }
      told.forEach(scene -> difference(body, scene));
    }
    return Page.document(
        texts.get("compare.document", pair.a().name(), pair.b().name()), header, body);
  }

  private String result() {
    Comparison.Counts c = comparison.counts();
    return texts.get(
        "compare.result",
        c.pairs(),
        Texts.say(alignment.by().message()),
        c.differing(),
        c.timing() > 0 ? texts.get("compare.result.timing", c.timing()) : "",
        c.onlyA(),
        c.onlyB());
  }

  private void contents(Html body, List<ComparedPair.Scene> told) {
    body.open("nav", "aria-label", texts.get("contents"));
    body.open("ol");
    item(body, "ran", texts.get("ran"));
    item(body, "flows", texts.get("flows"));
    item(body, "packets", texts.get("packets"));
    if (!told.isEmpty()) {
      body.open("li").element("a", texts.get("compare.rows"), "href", "#differences");
      body.open("ol");
      for (ComparedPair.Scene scene : told) {
        Difference difference = scene.result().difference();
        item(body, "row-" + (scene.row() + 1), row(scene.row() + 1, difference));
      }
      body.close().close();
    }
    body.close().end();
  }

  private static void item(Html body, String id, String words) {
    body.open("li").element("a", words, "href", "#" + id).close();
  }

  private void ran(Html body) {
    body.element("h2", texts.get("ran"), "id", "ran");
    body.add(
        Page.table(
            texts.get("ran.both"),
            List.of(texts.get("ran.what"), "A", "B"),
            List.of(
                both(texts.get("ran.capture"), pair.a().name(), pair.b().name()),
                both(texts.get("ran.packets"), counts(pair.a()), counts(pair.b())),
                both(texts.get("ran.in"), pair.a().ran(), pair.b().ran()),
                both(texts.get("ran.datapath"), datapath(pair.a()), datapath(pair.b())),
                both(texts.get("ran.scenario"), scenario(pair.a()), scenario(pair.b())),
                both(texts.get("ran.point"), point(pair.a()), point(pair.b())))));
    if (pair.a().replay().scenario().inferred() || pair.b().replay().scenario().inferred()) {
      body.element("p", texts.get("compare.inferred"), "class", "warning");
    }
    body.element(
        "p",
        texts.get(pair.a().record().kernelLane() ? "compare.kernel" : "compare.model")
            + " "
            + texts.get("compare.left-out"));
  }

  private String row(int number, @Nullable Difference difference) {
    return difference == null
        ? texts.get("row", number)
        : texts.get("row.kind", number, Texts.say(difference.kind().message()));
  }

  private static List<String> both(String name, String a, String b) {
    return List.of(name, a, b);
  }

  private String counts(ComparedSide side) {
    PacketTable.Counts c = side.replay().summaries().counts();
    return texts.get("compare.counts", c.total(), c.dropped(), c.unheard(), c.notRun());
  }

  private static String datapath(ComparedSide side) {
    return side.replay().scenario().datapath().toString();
  }

  private String scenario(ComparedSide side) {
    return side.replay().scenario().name()
        + texts.get(side.replay().scenario().inferred() ? "ran.inferred" : "ran.given");
  }

  private static String point(ComparedSide side) {
    return side.replay().scenario().capturePoint().label();
  }

  private void flows(Html body) {
    body.element("h2", texts.get("flows"), "id", "flows");
    if (alignment.flows().isEmpty()) {
      body.element("p", texts.get("flows.not", Texts.say(alignment.by().message())));
      return;
    }
    Html table =
        Page.start(
            texts.get("flows.table"),
            List.of("A", "B", texts.get("flows.sure"), texts.get("flows.because")));
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
              Texts.say(flow.why())));
    }
    body.add(Page.finish(table));
    if (alignment.flows().size() > FLOWS) {
      body.element("p", texts.get("flows.some", FLOWS, alignment.flows().size()));
    }
  }

  private String flow(ComparedSide side, int index) {
    return index < 0 ? texts.get("alone") : side.record().prints().flows().get(index).text();
  }

  private void packets(Html body) {
    body.element("h2", texts.get("packets"), "id", "packets");
    boolean all = alignment.size() <= LISTED;
    Html table =
        Page.start(
            texts.get(all ? "packets.all" : "packets.differ"),
            List.of(
                texts.get("column.row"),
                "A",
                texts.get("column.time"),
                texts.get("column.info"),
                "CT",
                texts.get("column.verdict"),
                "B",
                texts.get("column.time"),
                texts.get("column.info"),
                "CT",
                texts.get("column.verdict"),
                texts.get("column.result"),
                texts.get("column.sure")));
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
          texts.get(
              switch (grade) {
                case SAME -> "grade.same";
                case TIMING -> "grade.timing";
                case DIFFERS -> "grade.differs";
                case ONLY_A -> "grade.only-a";
                case ONLY_B -> "grade.only-b";
                case DUPLICATE -> "grade.duplicate";
              }));
      cells.add(alignment.percent(row) == 0 ? "–" : alignment.percent(row) + "%");
      Page.row(table, grade.counts() ? "differs" : null, cells);
    }
    body.add(Page.finish(table));
  }

  private void packet(List<String> cells, ComparedSide side, int number) {
    if (number == 0) {
      cells.addAll(List.of("–", "", texts.get("alone"), "", ""));
      return;
    }
    PacketRow row = side.replay().summaries().row(number);
    cells.add(Integer.toString(number));
    cells.add(row.timeText());
    cells.add(row.way().arrow() + " " + row.info());
    cells.add(row.ctWord().orElse("–"));
    cells.add(row.verdictWords());
  }

  private void difference(Html body, ComparedPair.Scene scene) {
    int number = scene.row() + 1;
    Difference difference = scene.result().difference();
    String id = "row-" + number;
    body.open("article", "aria-labelledby", id);
    body.element("h3", row(number, difference), "id", id);
    if (difference != null) {
      body.element("p", Texts.say(difference.message()), "class", "sentence");
    }
    body.element("p", texts.get("row.because", Texts.say(alignment.why(scene.row()))));
    path(body, id, "A", pair.a(), scene.a() == null ? 0 : scene.a().number(), scene, true);
    path(body, id, "B", pair.b(), scene.b() == null ? 0 : scene.b().number(), scene, false);
    if (!scene.result().aspects().isEmpty()) {
      List<List<String>> rows = new ArrayList<>();
      for (Aspect aspect : scene.result().aspects()) {
        rows.add(
            List.of(
                Texts.say(aspect.title()), Texts.say(aspect.left()), Texts.say(aspect.right())));
      }
      body.add(
          Page.table(
              texts.get("row.aspects", number), List.of(texts.get("ran.what"), "A", "B"), rows));
    }
    if (difference != null && !difference.evidence().isEmpty()) {
      List<List<String>> rows = new ArrayList<>();
      for (Difference.Evidence e : difference.evidence()) {
        rows.add(
            List.of(
                texts.get("evidence.packet", e.side(), e.packet()),
                Texts.say(e.message()),
                texts.get("evidence." + e.how().label())));
      }
      body.add(
          Page.table(
              texts.get("row.evidence", number),
              List.of(
                  texts.get("column.packet"), texts.get("column.shows"), texts.get("column.how")),
              rows));
    }
    steps(body, number, scene.result().rows());
    body.end();
  }

  private void path(
      Html body,
      String id,
      String side,
      ComparedSide of,
      long packet,
      ComparedPair.Scene scene,
      boolean left) {
    if (packet == 0) {
      body.element("h4", texts.get("path.alone", side, of.name()));
      return;
    }
    String title = texts.get("path.packet", side, of.name(), packet);
    body.element("h4", title);
    body.add(
        PathSvg.of(
            id + "-" + side,
            texts.get("path.of", title),
            left ? scene.result().a() : scene.result().b()));
  }

  private void steps(Html body, int number, List<PairRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    Html table =
        Page.start(
            texts.get("row.steps", number),
            List.of(texts.get("column.step"), "A", "B", texts.get("column.result")));
    for (PairRow row : rows) {
      Page.row(
          table,
          row.same() ? null : "differs",
          List.of(
              Integer.toString(row.index()),
              line(row.a()),
              line(row.b()),
              texts.get(row.same() ? "grade.same" : "grade.differs")));
    }
    body.add(Page.finish(table));
  }

  private static String line(@Nullable Step step) {
    return step == null ? "–" : Texts.say(EventText.message(step.event()));
  }
}
