// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import javafx.animation.AnimationTimer;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.compare.CompareViewModel;
import org.tailwalk.app.compare.core.CompareRequest;
import org.tailwalk.app.compare.core.ComparedPair;
import org.tailwalk.app.window.MainWindow;
import org.tailwalk.app.window.WindowOptions;
import org.tailwalk.compare.Comparison;

/** How smooth comparing is, with as many rows as one asks for on each side. */
final class CompareBench {
  /** Opening and scrolling are to stay within what playing is allowed. */
  private static final double STALL = 100;

  private final MainWindow window;
  private final CompareViewModel compare;
  private final PulseMeter meter;
  private final PrintWriter out;

  CompareBench(MainWindow window, PulseMeter meter, PrintWriter out) {
    this.window = window;
    this.compare = window.comparing();
    this.meter = meter;
    this.out = out;
  }

  void measure(UiBench.Plan plan, String other) throws InterruptedException, ExecutionException {
    // How a window comes up is no part of comparing in it.
    UiBench.settle(() -> true);
    Thread.sleep(1500);
    long start = System.nanoTime();
    UiBench.on(() -> {
      meter.begin();
      window.compare(
          new CompareRequest(
              CompareRequest.Side.of(plan.capture()).against(plan.scenario()),
              CompareRequest.Side.of(other).against(plan.scenario()),
              null));
      return true;
    });
    settle();
    double seconds = (System.nanoTime() - start) / 1e9;
    PulseMeter.Figures opening = UiBench.on(meter::end);
    @Nullable ComparedPair pair = UiBench.on(() -> compare.pairProperty().get());
    if (pair == null) {
      String error = UiBench.on(() -> compare.errorProperty().get());
      throw new IllegalStateException("the captures were not compared: " + error);
    }
    Comparison.Counts counts = pair.comparison().counts();
    int rows = pair.comparison().alignment().size();
    out.printf(
        Locale.ROOT,
        "comparing: %,d rows, %,d pairs, %,d alone or different, %dx%d; replayed twice and aligned"
            + " in %.0f s%n",
        rows,
        counts.pairs(),
        counts.differing() + counts.onlyA() + counts.onlyB(),
        WindowOptions.DEFAULT_WIDTH,
        WindowOptions.DEFAULT_HEIGHT,
        seconds);
    UiBench.line(out, "opening it, longest stall, ms", opening.longest(), "at most", STALL, false);
    UiBench.line(
        out,
        "opening it, most work of the UI thread, ms",
        opening.busiest(),
        "at most",
        STALL,
        false);
    scroll(rows, plan.seconds());
    jump(rows, plan.jumps());
    UiBench.heap(out);
  }

  private void settle() throws InterruptedException, ExecutionException {
    UiBench.settle(() -> compare.settledProperty().get() && compare.list().settled());
  }

  /** Once through all rows, some at every pulse. */
  private void scroll(int rows, int seconds) throws InterruptedException, ExecutionException {
    TableView<?> table =
        UiBench.on(() -> (TableView<?>) window.scene().getRoot().lookup(".pair-list"));
    int step = Math.max(1, rows / (seconds * 60));
    AnimationTimer scroller =
        new AnimationTimer() {
          private int at;

          @Override
          public void handle(long now) {
            at = at + step < rows ? at + step : 0;
            table.scrollTo(at);
          }
        };
    UiBench.on(() -> {
      scroller.start();
      meter.startAfter();
      return true;
    });
    Thread.sleep(1000); // what is compiled and cached first is no part of scrolling
    UiBench.on(() -> {
      meter.begin();
      return true;
    });
    Thread.sleep(seconds * 1000L);
    PulseMeter.Figures found = UiBench.on(meter::end);
    UiBench.on(() -> {
      scroller.stop();
      return true;
    });
    UiBench.line(
        out,
        "scrolling pairs, our work a pulse, 95 %, ms",
        found.ours95(),
        "at most",
        UiBench.OURS,
        false);
    UiBench.line(out, "scrolling pairs, stalls over 100 ms", found.stalls(), "at most", 0, false);
    out.printf(
        Locale.ROOT,
        "  (%,d rows a pulse, %.1f frames a second; longest from pulse to pulse %.0f ms of %.0f)%n",
        step,
        found.perSecond(),
        found.longest(),
        STALL);
    out.flush();
  }

  private void jump(int rows, int jumps) throws InterruptedException, ExecutionException {
    Random dice = new Random(4);
    List<Double> times = new ArrayList<>();
    UiBench.on(() -> {
      meter.begin();
      return true;
    });
    for (int i = 0; i < jumps; i++) {
      int from = dice.nextInt(rows);
      // Where one stands is half of it: the difference behind that row is looked for from there.
      UiBench.on(() -> {
        compare.select(from);
        return true;
      });
      settle();
      Thread.sleep(100);
      long start = System.nanoTime();
      UiBench.on(() -> {
        compare.nextDifference();
        return true;
      });
      settle();
      times.add((System.nanoTime() - start) / 1e6);
      Thread.sleep(100);
    }
    PulseMeter.Figures found = UiBench.on(meter::end);
    times.sort(Double::compare);
    if (!times.isEmpty()) {
      double median = times.get(times.size() / 2);
      UiBench.line(
          out, "jump to next difference, median, ms", median, "at most", UiBench.JUMP, false);
      UiBench.line(
          out,
          "jump to next difference, slowest, ms",
          times.getLast(),
          "at most",
          UiBench.JUMP,
          false);
    }
    UiBench.line(
        out,
        "jumping between pairs, longest stall, ms",
        found.longest(),
        "at most",
        UiBench.JUMP,
        false);
  }
}
