// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.bench;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;
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
    List<Stop> found = drag(robot, strip, stops);
    UiBench.on(() -> {
      robot.mouseRelease(MouseButton.PRIMARY);
      return true;
    });
    double[] times = sorted(found, Stop::millis);
    if (times.length > 0) {
      UiBench.line(out, "scrub, maps shown, median, ms", part(times, 0.5), "at most", SCRUB, false);
      UiBench.line(out, "scrub, maps shown, 95 %, ms", part(times, 0.95), "at most", SCRUB, false);
      double[] under = sorted(found, Stop::underWay);
      double[] last = sorted(found, Stop::work);
      out.printf(
          Locale.ROOT,
          "  (of the UI thread's processor time: %.1f ms for the way to a stop, %.1f ms from its"
              + " last move on; medians)%n",
          part(under, 0.5),
          part(last, 0.5));
    }
    PulseMeter.Figures pulses = UiBench.on(meter::end);
    UiBench.line(out, "scrubbing, stalls over 100 ms", pulses.stalls(), "at most", 0, false);
    out.printf(
        Locale.ROOT,
        "  (slowest stop %.0f ms; our work a pulse: median %.2f ms, 95 %% %.1f ms; longest from"
            + " pulse to pulse %.0f ms)%n",
        times.length == 0 ? 0 : times[times.length - 1],
        pulses.oursMedian(),
        pulses.ours95(),
        pulses.longest());
    UiBench.heap(out);
  }

  /**
   * What one stop took.
   *
   * @param millis by the clock, from the last move until all is shown
   * @param underWay milliseconds of the UI thread's processor time before the last move
   * @param work the same from the last move on
   */
  private record Stop(double millis, double underWay, double work) {}

  private static double[] sorted(List<Stop> stops, ToDoubleFunction<Stop> of) {
    return stops.stream().mapToDouble(of).sorted().toArray();
  }

  private static double part(double[] sorted, double share) {
    return sorted[(int) (sorted.length * share)];
  }

  private List<Stop> drag(Robot robot, Node strip, int stops)
      throws InterruptedException, ExecutionException {
    // What is compiled and cached first is no part of it.
    int unseen = Math.min(20, stops);
    Random dice = new Random(4);
    List<Stop> found = new ArrayList<>();
    double from = 0;
    for (int i = 0; i < unseen + stops; i++) {
      if (i == unseen) {
        UiBench.on(() -> {
          meter.begin();
          return true;
        });
      }
      double to = dice.nextDouble();
      double before = worked();
      for (int move = 1; move < MOVES; move++) {
        move(robot, strip, from + (to - from) * move / MOVES);
        Thread.sleep(16);
      }
      double last = worked();
      long begin = System.nanoTime();
      move(robot, strip, to);
      UiBench.settle(
          () -> model.settledProperty().get() && model.work().idle() && model.replays().idle());
      if (i >= unseen) {
        double millis = (System.nanoTime() - begin) / 1e6;
        found.add(new Stop(millis, last - before, worked() - last));
      }
      from = to;
      Thread.sleep(100);
    }
    return found;
  }

  /** Milliseconds of processor time that the UI thread has spent so far, JavaFX's work in them. */
  private static double worked() throws InterruptedException, ExecutionException {
    return UiBench.on(() -> ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e6);
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
