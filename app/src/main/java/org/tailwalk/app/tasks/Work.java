// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.tasks;

import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Two threads' worth of doing: jobs go to the background, what they found comes back on the UI
 * thread. Tests give both the calling thread.
 */
public final class Work {
  private static final System.Logger LOG = System.getLogger(Work.class.getName());

  private final Executor background;
  private final Executor ui;
  private final AtomicInteger pending = new AtomicInteger();
  private volatile Consumer<Exception> fault =
      e -> LOG.log(System.Logger.Level.ERROR, "a background job failed", e);

  /** With these two. */
  public Work(Executor background, Executor ui) {
    this.background = background;
    this.ui = ui;
  }

  /** Hears, on the UI thread, of jobs that fail and that nobody else hears of. */
  public void onFault(Consumer<Exception> by) {
    fault = by;
  }

  /** Both on the calling thread: for tests. */
  public static Work here() {
    return new Work(Runnable::run, Runnable::run);
  }

  /** Runs a job in the background and hands what it found to the UI thread. */
  public <T> void run(Callable<T> job, Consumer<T> done) {
    start(job, done, e -> fault.accept(e));
  }

  /**
   * The same, with what to do on the UI thread when the job fails. What nobody can have foreseen is
   * a fault of ours whoever else hears of it.
   */
  public <T> void run(Callable<T> job, Consumer<T> done, Consumer<Exception> failed) {
    start(
        job,
        done,
        e -> {
          if (ours(e)) {
            fault.accept(e);
          }
          failed.accept(e);
        });
  }

  /** Arguments are refused in words, and jobs are cancelled: both are foreseen. */
  private static boolean ours(Exception e) {
    return e instanceof RuntimeException
        && !(e instanceof CancellationException)
        && !(e instanceof IllegalArgumentException)
        && !(e instanceof UncheckedIOException);
  }

  private <T> void start(Callable<T> job, Consumer<T> done, Consumer<Exception> failed) {
    pending.incrementAndGet();
    background.execute(() -> {
      T result;
      try {
        result = job.call();
      } catch (Exception e) {
        ui.execute(() -> finish(() -> failed.accept(e)));
        return;
      } catch (Error e) {
        // A stack that overflowed must not leave the window waiting for its answer.
        Exception told = new IllegalStateException(e.toString(), e);
        ui.execute(() -> finish(() -> failed.accept(told)));
        return;
      }
      ui.execute(() -> finish(() -> done.accept(result)));
    });
  }

  private void finish(Runnable last) {
    try {
      last.run();
    } finally {
      pending.decrementAndGet();
    }
  }

  /**
   * Runs something on the UI thread behind what runs there now, and counts until then as under way:
   * for what several changes of one moment ask for, and once is enough.
   */
  public void soon(Runnable what) {
    pending.incrementAndGet();
    ui.execute(() -> finish(what));
  }

  /** Whether every job has been handed over. */
  public boolean idle() {
    return pending.get() == 0;
  }

  /** Runs something on the UI thread, later. */
  public void onUi(Runnable what) {
    ui.execute(what);
  }
}
