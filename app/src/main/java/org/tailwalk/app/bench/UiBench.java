// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.tasks.BackgroundThreads;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.theme.Theme;
import org.tailwalk.app.transport.Position;
import org.tailwalk.app.window.AppServices;
import org.tailwalk.app.window.MainViewModel;
import org.tailwalk.app.window.MainWindow;
import org.tailwalk.app.window.WindowOptions;
import org.tailwalk.filter.Filter;
import org.tailwalk.filter.FilterException;

/** How smooth the window is: a real one, playing, beside a list as long as one asks for. */
public final class UiBench {
  private static final int PROGRAMS = 28;
  private static final double FRAMES = 45;
  static final double OURS = 4;
  static final double JUMP = 200;

  /** Other speeds tell of other work: tokens that ease, tokens that don't, the counter alone. */
  private static final double[] SPEEDS = {1, 4, 16};

  /**
   * A filter over the whole list.
   *
   * @param perMillion milliseconds that a million rows may take
   */
  private record Sought(String what, String filter, double perMillion) {}

  private static final List<Sought> SOUGHT =
      List.of(
          new Sought("by summaries", "tcp.srcport == 20100 && verdict == to-stack", 1_000),
          new Sought("by all of a field", "all tcp.port > 20100", 1_500),
          new Sought("by words", "20100 syn", 4_000),
          new Sought("by bytes", "tcp.flags.push && ip.ttl != 64", 10_000));

  private final AppServices services;
  private final PrintWriter out;
  private final PulseMeter meter = new PulseMeter();

  /**
   * What is measured.
   *
   * @param capture to open
   * @param scenario for it
   * @param seconds of playing at each speed
   * @param jumps over the list
   * @param other a second capture, to compare with the first; null not to
   * @param playing whether playing is measured
   * @param busy to scrub through; null not to
   */
  public record Plan(
      String capture,
      String scenario,
      int seconds,
      int jumps,
      @Nullable String other,
      boolean playing,
      @Nullable Source busy) {}

  /** A capture's file, and its scenario's. */
  public record Source(String capture, String scenario) {}

  /** What is measured in a window. */
  private interface Part {
    void measure(MainViewModel model, MainWindow window)
        throws InterruptedException, ExecutionException;
  }

  /** Over the engines of these services. */
  public UiBench(AppServices services, PrintWriter out) {
    Lanes.KernelLane kernel = services.lanes().kernel();
    Lanes lanes =
        new Lanes(
            kernel == null ? null : spec -> new WideEngine(kernel.of(spec), PROGRAMS),
            services.lanes().kernelTrouble(),
            services.lanes().kernelName(),
            services.lanes().model() == null
                ? null
                : new WideEngine(services.lanes().model(), PROGRAMS));
    this.services = new AppServices(services.opener(), lanes, services.eras(), services.objects());
    this.out = out;
  }

  /** Opens the window, measures, closes it; one for each part, so that none pays for another. */
  public void run(Plan plan) throws InterruptedException, ExecutionException {
    CountDownLatch started = new CountDownLatch(1);
    Platform.startup(started::countDown);
    started.await();
    Platform.setImplicitExit(false);
    if (plan.playing()) {
      window((model, _) -> {
        on(() -> {
          model.open(plan.capture(), plan.scenario(), 0, 0);
          return true;
        });
        measure(plan, model);
      });
    }
    Source busy = plan.busy();
    if (busy != null) {
      window((model, window) -> {
        new ScrubBench(window, model, meter, out).measure(busy, 3 * plan.jumps());
        new RunBench(window, model, out).measure();
      });
    }
    String other = plan.other();
    if (other != null) {
      window((_, window) -> new CompareBench(window, meter, out).measure(plan, other));
    }
  }

  private void window(Part part) throws InterruptedException, ExecutionException {
    ExecutorService work =
        Executors.newFixedThreadPool(2, BackgroundThreads.named("tailwalk-work"));
    ExecutorService replays =
        Executors.newSingleThreadExecutor(BackgroundThreads.named("tailwalk-replay"));
    Stage stage = on(Stage::new);
    MainViewModel model =
        new MainViewModel(services, new Work(work, meter.ui()), new Work(replays, meter.ui()));
    MainWindow window =
        on(() -> {
          meter.startBefore();
          MainWindow made =
              new MainWindow(
                  stage,
                  model,
                  new Theme(Theme.Mode.LIGHT),
                  WindowOptions.DEFAULT_WIDTH,
                  WindowOptions.DEFAULT_HEIGHT);
          stage.show();
          meter.startAfter();
          return made;
        });
    try {
      part.measure(model, window);
    } finally {
      on(() -> {
        meter.stop();
        window.dispose();
        stage.hide();
        return true;
      });
      replays.shutdown();
      work.shutdown();
      replays.awaitTermination(10, TimeUnit.SECONDS);
    }
  }

  private void measure(Plan plan, MainViewModel model)
      throws InterruptedException, ExecutionException {
    settle(model);
    int rows = rows(model);
    on(() -> {
      model.path().everythingProperty().set(true);
      return true;
    });
    settle(model);
    Thread.sleep(1500);
    int programs = on(() -> model.path().layoutProperty().get().nodes().size());
    out.printf(
        Locale.ROOT,
        "%,d rows, %d programs and places on the stage, %dx%d%n",
        rows,
        programs,
        WindowOptions.DEFAULT_WIDTH,
        WindowOptions.DEFAULT_HEIGHT);
    for (double speed : SPEEDS) {
      play(model, speed, plan.seconds());
    }
    jump(model, rows, plan.jumps());
    for (Sought sought : SOUGHT) {
      filter(model, sought, rows);
    }
    heap(out);
  }

  /** How many packets are shown; fails when there are none. */
  static int rows(MainViewModel model) throws InterruptedException, ExecutionException {
    int rows = on(() -> model.packets().tableProperty().get().size());
    if (rows == 0) {
      String error = on(() -> model.status().errorProperty().get());
      throw new IllegalStateException("the capture did not open: " + error);
    }
    return rows;
  }

  static void heap(PrintWriter out) {
    System.gc();
    Runtime vm = Runtime.getRuntime();
    out.printf(Locale.ROOT, "heap in use %.0f MB%n", (vm.totalMemory() - vm.freeMemory()) / 1e6);
    out.flush();
  }

  private void play(MainViewModel model, double speed, int seconds)
      throws InterruptedException, ExecutionException {
    on(() -> {
      model.transport().speedProperty().set(speed);
      model.transport().togglePlay();
      meter.startAfter();
      return true;
    });
    Thread.sleep(1000); // what is compiled and cached first is no part of playing
    Position from =
        on(() -> {
          meter.begin();
          return model.transport().positionProperty().get();
        });
    Thread.sleep(seconds * 1000L);
    Position to = on(() -> model.transport().positionProperty().get());
    PulseMeter.Figures found = on(meter::end);
    on(() -> {
      model.transport().stop();
      return true;
    });
    settle(model);
    String name = "playing at %.0fx".formatted(speed);
    line(name + ", frames a second", found.perSecond(), "at least", FRAMES, true);
    line(name + ", our work a pulse, 95 %, ms", found.ours95(), "at most", OURS, false);
    line(name + ", stalls over 100 ms", found.stalls(), "at most", 0, false);
    out.printf(
        Locale.ROOT,
        "  (packets %,d to %,d; our work: median %.2f ms, most %.1f ms, 95 %% by the clock %.1f ms;"
            + " longest from pulse to pulse %.0f ms)%n",
        from.packet(),
        to.packet(),
        found.oursMedian(),
        found.oursMost(),
        found.wall95(),
        found.longest());
    out.flush();
  }

  private void jump(MainViewModel model, int rows, int jumps)
      throws InterruptedException, ExecutionException {
    Random dice = new Random(4);
    List<Double> times = new ArrayList<>();
    on(() -> {
      meter.begin();
      return true;
    });
    for (int i = 0; i < jumps; i++) {
      int to = 1 + dice.nextInt(rows);
      long start = System.nanoTime();
      on(() -> {
        model.goTo(to);
        return true;
      });
      settle(model);
      times.add((System.nanoTime() - start) / 1e6);
      Thread.sleep(100);
    }
    PulseMeter.Figures found = on(meter::end);
    if (!times.isEmpty()) {
      int slowest = times.indexOf(Collections.max(times)) + 1;
      times.sort(Double::compare);
      line("jump to any row, median, ms", times.get(times.size() / 2), "at most", JUMP, false);
      line("jump to any row, slowest, ms", times.getLast(), "at most", JUMP, false);
      out.printf(
          Locale.ROOT,
          "  (jump %d of %d was the slowest; 90 %% took at most %.0f ms)%n",
          slowest,
          times.size(),
          times.get((times.size() - 1) * 9 / 10));
    }
    line("jumping, longest stall, ms", found.longest(), "at most", JUMP, false);
  }

  private void filter(MainViewModel model, Sought sought, int rows)
      throws InterruptedException, ExecutionException {
    Filter wanted;
    try {
      wanted = Filter.parse(sought.filter);
    } catch (FilterException e) {
      throw new IllegalStateException(e);
    }
    on(() -> {
      meter.begin();
      return true;
    });
    long start = System.nanoTime();
    on(() -> {
      model.packets().setFilter(wanted);
      return true;
    });
    // Bytes are read by other jobs than the window's: only the list knows when it is done.
    while (on(() -> model.packets().filteringProperty().get())) {
      Thread.sleep(5);
    }
    settle(model);
    double took = (System.nanoTime() - start) / 1e6;
    PulseMeter.Figures found = on(meter::end);
    int passed = on(() -> model.packets().shownProperty().get().size());
    // Targets are those of a million rows; a few pulses pass whatever is sought.
    double target = Math.max(JUMP, sought.perMillion * rows / 1e6);
    line("filter " + sought.what + ", ms", took, "at most", target, false);
    out.printf(
        Locale.ROOT,
        "  (%s: %,d of %,d pass; longest from pulse to pulse %.0f ms)%n",
        sought.filter,
        passed,
        rows,
        found.longest());
    on(() -> {
      model.packets().setFilter(Filter.ALL);
      return true;
    });
    settle(model);
  }

  private void line(String what, double value, String bound, double target, boolean least) {
    line(out, what, value, bound, target, least);
  }

  static void line(
      PrintWriter out, String what, double value, String bound, double target, boolean least) {
    boolean met = least ? value >= target : value <= target;
    out.printf(
        Locale.ROOT,
        "%-44s %8.1f   %s %.0f: %s%n",
        what,
        value,
        bound,
        target,
        met ? "met" : "MISSED");
    out.flush();
  }

  /** Waits until what was asked for is on the screen: the pulse after the model says so. */
  static void settle(MainViewModel model) throws InterruptedException, ExecutionException {
    settle(() -> model.settledProperty().get() && model.work().idle() && model.replays().idle());
  }

  static void settle(BooleanSupplier settled) throws InterruptedException, ExecutionException {
    CountDownLatch shown = new CountDownLatch(1);
    on(() -> {
      AnimationTimer watch =
          new AnimationTimer() {
            private int quiet;

            @Override
            public void handle(long now) {
              quiet = settled.getAsBoolean() ? quiet + 1 : 0;
              if (quiet == 2) {
                stop();
                shown.countDown();
              }
            }
          };
      watch.start();
      return true;
    });
    shown.await();
  }

  static <T> T on(Callable<T> job) throws InterruptedException, ExecutionException {
    FutureTask<T> task = new FutureTask<>(job);
    Platform.runLater(task);
    return task.get();
  }
}
