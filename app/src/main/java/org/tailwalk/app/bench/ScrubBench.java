// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import org.tailwalk.app.transport.StripView;
import org.tailwalk.app.window.MainViewModel;
import org.tailwalk.app.window.MainWindow;

/**
 * How immediate time travel is: the strip is dragged by the mouse, far forward and back, while the
 * tab of maps is open. A stop is timed from the mouse's last move until the packet and the maps of
 * it are on the screen.
 */
final class ScrubBench {
  /** What still feels immediate. */
  private static final double SCRUB = 100;

  /** Places on the way to a stop, one a pulse. */
  private static final int MOVES = 8;

  private final MainWindow window;
  private final MainViewModel model;
  private final PulseMeter meter;
  private final PrintWriter out;

  ScrubBench(MainWindow window, MainViewModel model, PulseMeter meter, PrintWriter out) {
    this.window = window;
    this.model = model;
    this.meter = meter;
    this.out = out;
  }

  void measure(UiBench.Source busy, int stops) throws InterruptedException, ExecutionException {
    long start = System.nanoTime();
    UiBench.on(() -> {
      window.showTab("maps");
      model.open(busy.capture(), busy.scenario(), 0, 0);
      return true;
    });
    UiBench.settle(model);
    int rows = UiBench.rows(model);
    out.printf(
        Locale.ROOT,
        "scrubbing: %,d rows, replayed in %.0f s%n",
        rows,
        (System.nanoTime() - start) / 1e9);
    Node strip = UiBench.on(() -> strip(window.scene().getRoot()).orElseThrow());
    Robot robot = UiBench.on(Robot::new);
    UiBench.on(() -> {
      robot.mouseMove(place(strip, 0));
      robot.mousePress(MouseButton.PRIMARY);
      return true;
    });
    UiBench.settle(model);
    List<Double> times = drag(robot, strip, stops);
    UiBench.on(() -> {
      robot.mouseRelease(MouseButton.PRIMARY);
      return true;
    });
    times.sort(Double::compare);
    if (!times.isEmpty()) {
      double median = times.get(times.size() / 2);
      double most = times.get((int) (times.size() * 0.95));
      UiBench.line(out, "scrub, maps shown, median, ms", median, "at most", SCRUB, false);
      UiBench.line(out, "scrub, maps shown, 95 %, ms", most, "at most", SCRUB, false);
    }
    PulseMeter.Figures found = UiBench.on(meter::end);
    UiBench.line(out, "scrubbing, stalls over 100 ms", found.stalls(), "at most", 0, false);
    out.printf(
        Locale.ROOT,
        "  (slowest stop %.0f ms; our work a pulse: median %.2f ms, 95 %% %.1f ms; longest from"
            + " pulse to pulse %.0f ms)%n",
        times.isEmpty() ? 0 : times.getLast(),
        found.oursMedian(),
        found.ours95(),
        found.longest());
    UiBench.heap(out);
  }

  private List<Double> drag(Robot robot, Node strip, int stops)
      throws InterruptedException, ExecutionException {
    // What is compiled and cached first is no part of it.
    int unseen = Math.min(20, stops);
    Random dice = new Random(4);
    List<Double> times = new ArrayList<>();
    double from = 0;
    for (int i = 0; i < unseen + stops; i++) {
      if (i == unseen) {
        UiBench.on(() -> {
          meter.begin();
          return true;
        });
      }
      double to = dice.nextDouble();
      for (int move = 1; move < MOVES; move++) {
        move(robot, strip, from + (to - from) * move / MOVES);
        Thread.sleep(16);
      }
      long begin = System.nanoTime();
      move(robot, strip, to);
      UiBench.settle(
          () -> model.settledProperty().get() && model.work().idle() && model.replays().idle());
      if (i >= unseen) {
        times.add((System.nanoTime() - begin) / 1e6);
      }
      from = to;
      Thread.sleep(100);
    }
    return times;
  }

  private static void move(Robot robot, Node strip, double part)
      throws InterruptedException, ExecutionException {
    UiBench.on(() -> {
      robot.mouseMove(place(strip, part));
      return true;
    });
  }

  private static Point2D place(Node strip, double part) {
    double width = strip.getLayoutBounds().getWidth();
    return strip.localToScreen(1 + part * (width - 2), 10);
  }

  private static Optional<Node> strip(Node at) {
    if (at instanceof StripView || !(at instanceof Parent parent)) {
      return Optional.of(at).filter(n -> n instanceof StripView);
    }
    return parent.getChildrenUnmodifiable().stream()
        .flatMap(child -> strip(child).stream())
        .findFirst();
  }
}
