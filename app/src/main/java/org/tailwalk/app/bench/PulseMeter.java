// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.Executor;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;

/**
 * Measures pulses. Our own work is what runs on the UI thread between a timer that was started
 * before the window was built and one started after it, and the jobs handed to the UI thread since
 * the pulse before: everything of ours but the cells that JavaFX asks for while it lays out. UI
 * thread.
 */
final class PulseMeter {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private long[] ours = new long[1 << 12];
  private long[] gaps = new long[1 << 12];
  private long[] wall = new long[1 << 12];
  private long[] busy = new long[1 << 12];
  private int count;
  private boolean counting;
  private long began;
  private long beganOurs;
  private long last;
  private long lastBusy;
  private long jobs;
  private long jobsWall;

  private final AnimationTimer first =
      new AnimationTimer() {
        @Override
        public void handle(long now) {
          began = System.nanoTime();
          beganOurs = THREADS.getCurrentThreadCpuTime();
        }
      };

  private final AnimationTimer second =
      new AnimationTimer() {
        @Override
        public void handle(long now) {
          pulse();
        }
      };

  /** To be called before the window is built. */
  void startBefore() {
    first.start();
  }

  /** To be called after it was, and after a timer of the window's was started. */
  void startAfter() {
    second.stop();
    second.start();
  }

  void stop() {
    first.stop();
    second.stop();
  }

  /** Hands jobs to the UI thread and notes how long they take. */
  Executor ui() {
    return job ->
        Platform.runLater(() -> {
          long start = System.nanoTime();
          long startOurs = THREADS.getCurrentThreadCpuTime();
          try {
            job.run();
          } finally {
            jobs += THREADS.getCurrentThreadCpuTime() - startOurs;
            jobsWall += System.nanoTime() - start;
          }
        });
  }

  private void pulse() {
    long now = System.nanoTime();
    if (counting && last != 0) {
      if (count == ours.length) {
        ours = java.util.Arrays.copyOf(ours, 2 * count);
        gaps = java.util.Arrays.copyOf(gaps, 2 * count);
        wall = java.util.Arrays.copyOf(wall, 2 * count);
        busy = java.util.Arrays.copyOf(busy, 2 * count);
      }
      ours[count] = THREADS.getCurrentThreadCpuTime() - beganOurs + jobs;
      wall[count] = now - began + jobsWall;
      gaps[count] = began - last;
      busy[count] = beganOurs - lastBusy;
      count++;
    }
    jobs = 0;
    jobsWall = 0;
    last = began;
    lastBusy = beganOurs;
  }

  /** Counts from now on, from zero. */
  void begin() {
    count = 0;
    last = 0;
    jobs = 0;
    counting = true;
  }

  /** Counts no more. */
  Figures end() {
    counting = false;
    long total = 0;
    int stalls = 0;
    long longest = 0;
    long busiest = 0;
    for (int i = 0; i < count; i++) {
      total += gaps[i];
      longest = Math.max(longest, gaps[i]);
      busiest = Math.max(busiest, busy[i]);
      stalls += gaps[i] > 100_000_000 ? 1 : 0;
    }
    long[] sorted = java.util.Arrays.copyOf(ours, count);
    java.util.Arrays.sort(sorted);
    long[] waited = java.util.Arrays.copyOf(wall, count);
    java.util.Arrays.sort(waited);
    return new Figures(
        count,
        total == 0 ? 0 : count * 1e9 / total,
        count == 0 ? 0 : sorted[count / 2] / 1e6,
        count == 0 ? 0 : sorted[(int) (count * 0.95)] / 1e6,
        count == 0 ? 0 : sorted[count - 1] / 1e6,
        count == 0 ? 0 : waited[(int) (count * 0.95)] / 1e6,
        stalls,
        longest / 1e6,
        busiest / 1e6);
  }

  /**
   * What was found.
   *
   * @param oursMedian milliseconds of processor time a pulse; likewise the next two
   * @param wall95 the same by the clock: longer where the processor had others to serve
   * @param stalls pulses that came over 100 ms after the one before
   * @param longest milliseconds from pulse to pulse
   * @param busiest the most processor time that the UI thread spent from pulse to pulse, ours and
   *     JavaFX's, in milliseconds: no longer where the processor had others to serve
   */
  record Figures(
      int pulses,
      double perSecond,
      double oursMedian,
      double ours95,
      double oursMost,
      double wall95,
      int stalls,
      double longest,
      double busiest) {}
}
