// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.tasks;

import java.util.concurrent.Callable;
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
    run(job, done, e -> fault.accept(e));
  }

  /** The same, with what to do on the UI thread when the job fails. */
  public <T> void run(Callable<T> job, Consumer<T> done, Consumer<Exception> failed) {
    pending.incrementAndGet();
    background.execute(() -> {
      T result;
      try {
        result = job.call();
      } catch (Exception e) {
        ui.execute(() -> finish(() -> failed.accept(e)));
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

  /** Whether every job has been handed over. */
  public boolean idle() {
    return pending.get() == 0;
  }

  /** Runs something on the UI thread, later. */
  public void onUi(Runnable what) {
    ui.execute(what);
  }
}
