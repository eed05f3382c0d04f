// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.compare;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.tailwalk.app.session.ReplayProgress;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.text.Texts;

/**
 * The long job that is done for a comparison, one at a time: what it does, how far it is, whether
 * anyone still waits for it, and what went wrong. Beginning one ends the one before. A job is known
 * by its switch, which says stop. UI thread, but for {@link #report}.
 */
final class ComparingJob {
  private static final System.Logger LOG = System.getLogger(ComparingJob.class.getName());
  private static final long REPORT_NANOS = 50_000_000;

  private final Work work;
  private final ReadOnlyBooleanWrapper working = new ReadOnlyBooleanWrapper();
  private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(-1);
  private final ReadOnlyStringWrapper doing = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
  private AtomicBoolean stop = new AtomicBoolean();

  /**
   * None yet.
   *
   * @param work whose UI thread hears how far a job is
   */
  ComparingJob(Work work) {
    this.work = work;
  }

  /** Begins another one; what went wrong before is forgotten. */
  AtomicBoolean begin(String what) {
    stop.set(true);
    AtomicBoolean mine = new AtomicBoolean();
    stop = mine;
    error.set("");
    doing.set(what);
    progress.set(-1);
    working.set(true);
    return mine;
  }

  /** Whether anyone still waits for what a job makes. */
  boolean wanted(AtomicBoolean mine) {
    return stop == mine && !mine.get();
  }

  /** A job is over; false when another has begun since. */
  boolean end(AtomicBoolean mine) {
    if (stop != mine) {
      return false;
    }
    working.set(false);
    progress.set(-1);
    return true;
  }

  /** Tells why a job failed, where anyone waits for it. */
  void failed(Exception e, AtomicBoolean mine) {
    if (wanted(mine) && !(e instanceof CancellationException)) {
      boolean ours = e instanceof RuntimeException || e.getMessage() == null;
      if (ours) {
        LOG.log(System.Logger.Level.ERROR, "a fault of ours", e);
      }
      error.set(ours ? Texts.of(ComparingJob.class).get("error.ours", e.toString()) : Texts.say(e));
    }
  }

  /** Ends the one that runs; {@link #end} is the caller's. */
  AtomicBoolean cancel() {
    stop.set(true);
    return stop;
  }

  /** Nobody waits for anything any more. */
  void close() {
    stop.set(true);
  }

  /** Hears how far a job is, on its thread, and tells it to stop. */
  ReplayProgress report(AtomicBoolean mine) {
    AtomicLong last = new AtomicLong(System.nanoTime());
    return (done, total) -> {
      long now = System.nanoTime();
      if (total > 0 && now - last.get() > REPORT_NANOS) {
        last.set(now);
        work.onUi(() -> {
          if (stop == mine && working.get()) {
            progress.set((double) done / total);
          }
        });
      }
      return !mine.get();
    };
  }

  /** Something went wrong; empty for nothing. */
  void complain(String what) {
    error.set(what);
  }

  boolean working() {
    return working.get();
  }

  ReadOnlyBooleanProperty workingProperty() {
    return working.getReadOnlyProperty();
  }

  ReadOnlyDoubleProperty progressProperty() {
    return progress.getReadOnlyProperty();
  }

  ReadOnlyStringProperty doingProperty() {
    return doing.getReadOnlyProperty();
  }

  ReadOnlyStringProperty errorProperty() {
    return error.getReadOnlyProperty();
  }
}
