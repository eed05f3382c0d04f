// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.compare;

import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.compare.core.CompareJob;
import org.tailwalk.app.compare.core.CompareRequest;
import org.tailwalk.app.compare.core.ComparedPair;
import org.tailwalk.app.session.ReplayProgress;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.text.Texts;
import org.tailwalk.compare.AlignBy;

/**
 * One comparison and where one stands in it. UI thread; engines run on {@code replays}' one
 * background thread.
 */
public final class CompareViewModel {
  private static final System.Logger LOG = System.getLogger(CompareViewModel.class.getName());
  private static final int NONE = -1;

  /** Writes a comparison down as a page. */
  @FunctionalInterface
  public interface Exporter {
    /**
     * Writes it; off the UI thread.
     *
     * @throws Exception with a message for people
     */
    void write(ComparedPair pair, Path file, ReplayProgress progress) throws Exception;
  }

  private final CompareJob job;
  private final Work work;
  private final Work replays;
  private final Exporter exporter;
  private final PairList list;
  private final ComparingJob running;
  private final PairMoments moments = new PairMoments();
  private final Texts texts = Texts.of(CompareViewModel.class);
  private final ReadOnlyObjectWrapper<@Nullable ComparedPair> pair = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<ComparedPair.@Nullable Scene> scene =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable CompareRequest> request =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyIntegerWrapper row = new ReadOnlyIntegerWrapper(-1);
  private final ReadOnlyBooleanWrapper settled = new ReadOnlyBooleanWrapper(true);
  private final ReadOnlyStringWrapper said = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<AlignBy> alignBy = new ReadOnlyObjectWrapper<>(AlignBy.FLOW);

  /** The lookup that is waited for, by its number; {@link #NONE} for none. */
  private final AtomicInteger wanted = new AtomicInteger(NONE);

  private int lookups;

  /**
   * With what it works with.
   *
   * @param work for short jobs
   * @param replays for engines; one thread
   */
  public CompareViewModel(CompareJob job, Work work, Work replays, Exporter exporter) {
    this.job = job;
    this.work = work;
    this.replays = replays;
    this.exporter = exporter;
    this.running = new ComparingJob(replays);
    this.list =
        new PairList(
            work,
            replays,
            e -> {
              LOG.log(System.Logger.Level.ERROR, "filter the pairs", e);
              running.complain(texts.get("error.filter", Texts.say(e)));
            });
  }

  /** Opens, replays and aligns; what is shown stays until that is done. */
  public void compare(CompareRequest asked) {
    AtomicBoolean mine = begin(texts.get("doing.compare"));
    replays.run(
        () -> job.run(asked, running.report(mine)),
        made -> {
          if (!running.wanted(mine)) {
            replays.run(() -> close(made), _ -> {});
            end(mine);
            return;
          }
          ComparedPair before = pair.get();
          request.set(asked);
          show(made, -1);
          if (before != null) {
            replays.run(() -> close(before), _ -> {});
          }
          end(mine);
        },
        e -> failed(e, mine));
  }

  private static boolean close(ComparedPair old) {
    old.close();
    return true;
  }

  private AtomicBoolean begin(String what) {
    moments.stop();
    settled.set(false);
    return running.begin(what);
  }

  private void end(AtomicBoolean mine) {
    if (running.end(mine) && wanted.get() == NONE) {
      settled.set(true);
    }
  }

  private void failed(Exception e, AtomicBoolean mine) {
    running.failed(e, mine);
    end(mine);
  }

  /** Compares again with one side changed. */
  void change(boolean left, UnaryOperator<CompareRequest.Side> by) {
    CompareRequest asked = request.get();
    if (asked != null && !running.working()) {
      compare(asked.with(left, by.apply(left ? asked.a() : asked.b())));
    }
  }

  /** Ends the job that runs; what is shown stays. */
  public void cancel() {
    said.set(texts.get("said.cancelled"));
    end(running.cancel());
  }

  /** Puts the message about a failure away. */
  public void forgetError() {
    running.complain("");
  }

  private void show(ComparedPair now, int toRow) {
    pair.set(now);
    alignBy.set(now.comparison().alignment().by());
    scene.set(null);
    moments.clear();
    row.set(-1);
    said.set("");
    list.show(now);
    int first = now.comparison().nextDifference(-1);
    int to = toRow >= 0 ? toRow : first >= 0 ? first : 0;
    if (to < now.comparison().alignment().size()) {
      select(to);
    } else {
      wanted.set(NONE);
      settled.set(true);
    }
  }

  /** Goes to a row: both packets, at the moment where they first differ. */
  public void select(int to) {
    ComparedPair from = pair.get();
    if (from == null || to < 0 || to >= from.comparison().alignment().size()) {
      return;
    }
    if (to == row.get() && scene.get() != null) {
      return;
    }
    boolean play = moments.playing();
    row.set(to);
    // By the lookup, not the row: one that was ended must not take a later one of its row along.
    int mine = lookups++;
    wanted.set(mine);
    settled.set(false);
    replays.run(
        () -> wanted.get() == mine ? from.scene(to, (_, _) -> wanted.get() == mine) : null,
        found -> {
          if (found != null && wanted.get() == mine && pair.get() == from) {
            arrived(found, play);
          }
        },
        e -> {
          if (!(e instanceof CancellationException)) {
            LOG.log(System.Logger.Level.ERROR, "look up row " + to, e);
            running.complain(Texts.say(e));
          }
          // Where another row is on its way, all is settled when that is shown.
          if (wanted.compareAndSet(mine, NONE)) {
            settled.set(true);
          }
        });
  }

  private void arrived(ComparedPair.Scene found, boolean play) {
    wanted.set(NONE);
    scene.set(null);
    moments.show(found, play);
    scene.set(found);
    if (!running.working()) {
      settled.set(true);
    }
  }

  /** The next moment of the pair, then the next pair. */
  public void step() {
    moments.stop();
    forward();
  }

  private boolean forward() {
    return moments.forward() || neighbour(1);
  }

  /** The moment before, then the pair before. */
  public void stepBack() {
    moments.stop();
    if (!moments.back()) {
      neighbour(-1);
    }
  }

  /** The first pair shown. */
  public void first() {
    moments.stop();
    if (!list.shown().isEmpty()) {
      select(list.shown().get(0));
      moments.first();
    }
  }

  /** The last pair shown. */
  public void last() {
    moments.stop();
    if (!list.shown().isEmpty()) {
      select(list.shown().get(list.shown().size() - 1));
    }
  }

  /** The row so many further in the list; whether there is one. */
  public boolean neighbour(int by) {
    PairRows rows = list.shown();
    int at = rows.position(row.get());
    int next = at >= 0 ? at + by : by > 0 ? -at - 1 : -at - 2;
    if (next < 0 || next >= rows.size()) {
      return false;
    }
    select(rows.get(next));
    return true;
  }

  /** Goes to the moment in which a row of the steps happens. */
  public void goToStep(int stepRow) {
    moments.stop();
    moments.goToStep(stepRow);
  }

  /** The next row that differs. */
  public void nextDifference() {
    jump(1);
  }

  /** The row before that differs. */
  public void previousDifference() {
    jump(-1);
  }

  private void jump(int way) {
    ComparedPair from = pair.get();
    if (from == null) {
      return;
    }
    moments.stop();
    int to =
        way > 0
            ? from.comparison().nextDifference(row.get())
            : from.comparison().previousDifference(row.get());
    said.set(to < 0 ? texts.get(way > 0 ? "said.last" : "said.first") : "");
    if (to >= 0) {
      select(to);
    }
  }

  /** Plays both, or stops. */
  public void togglePlay() {
    if (moments.playing() || pair.get() == null) {
      moments.stop();
    } else {
      moments.play();
    }
  }

  /** Time passes, in seconds. */
  public void tick(double seconds) {
    if (scene.get() != null && wanted.get() == NONE && moments.due(seconds) && !forward()) {
      moments.stop();
    }
  }

  /** A and B change places. */
  public void swap() {
    again(ComparedPair::swapped, texts.get("doing.swap"), true);
  }

  /** Aligns the same replays in another way. */
  public void alignBy(AlignBy by) {
    if (by != alignBy.get()) {
      again((p, progress) -> p.alignedBy(by, progress), texts.get("doing.align"), false);
    }
  }

  private interface Change {
    ComparedPair of(ComparedPair pair, ReplayProgress progress);
  }

  private void again(Change change, String what, boolean swapped) {
    ComparedPair from = pair.get();
    if (from == null || running.working()) {
      return;
    }
    int at = row.get();
    int left = at < 0 ? 0 : from.comparison().alignment().a(at);
    int right = at < 0 ? 0 : from.comparison().alignment().b(at);
    AtomicBoolean mine = begin(what);
    work.run(
        () -> change.of(from, running.report(mine)),
        made -> {
          // Cancelled is cancelled, even when it was as good as done.
          if (running.wanted(mine) && pair.get() == from) {
            int a = swapped ? right : left;
            int b = swapped ? left : right;
            var rows = made.comparison().alignment();
            CompareRequest asked = request.get();
            if (swapped && asked != null) {
              request.set(asked.swapped());
            }
            show(made, a > 0 ? rows.rowOfA(a) : b > 0 ? rows.rowOfB(b) : -1);
          }
          end(mine);
        },
        e -> failed(e, mine));
  }

  /** Writes the comparison down as a page. */
  public void export(Path file) {
    ComparedPair from = pair.get();
    if (from == null || running.working()) {
      return;
    }
    AtomicBoolean mine = begin(texts.get("doing.export"));
    replays.run(
        () -> {
          exporter.write(from, file, running.report(mine));
          return true;
        },
        _ -> {
          end(mine);
          said.set(texts.get("said.exported", file.toString()));
        },
        e -> failed(e, mine));
  }

  /** Ends everything; the window is closed. */
  public void close() {
    running.close();
    wanted.set(NONE);
    ComparedPair old = pair.get();
    pair.set(null);
    list.show(null);
    if (old != null) {
      replays.run(() -> close(old), _ -> {});
    }
  }

  /** What is compared; holds null before the first time. */
  public ReadOnlyObjectProperty<@Nullable ComparedPair> pairProperty() {
    return pair.getReadOnlyProperty();
  }

  /** What was asked for, as it is shown; holds null before the first time. */
  public ReadOnlyObjectProperty<@Nullable CompareRequest> requestProperty() {
    return request.getReadOnlyProperty();
  }

  /** The pair looked at; holds null while it is looked up. */
  public ReadOnlyObjectProperty<ComparedPair.@Nullable Scene> sceneProperty() {
    return scene.getReadOnlyProperty();
  }

  /** The rows in the list. */
  public ReadOnlyObjectProperty<PairRows> shownProperty() {
    return list.shownProperty();
  }

  /** The 0-based row looked at; -1 for none. */
  public ReadOnlyIntegerProperty rowProperty() {
    return row.getReadOnlyProperty();
  }

  /** The 0-based moment of the pair. */
  public ReadOnlyIntegerProperty momentProperty() {
    return moments.momentProperty();
  }

  /** The moments of the pair. */
  Tracks tracks() {
    return moments.tracks();
  }

  /** The row of the aligned steps that has happened, 1-based; 0 for none. */
  public int stepRow() {
    return moments.stepRow();
  }

  /** Whether a long job runs. */
  public ReadOnlyBooleanProperty workingProperty() {
    return running.workingProperty();
  }

  /** Whether everything asked for is there. */
  public ReadOnlyBooleanProperty settledProperty() {
    return settled.getReadOnlyProperty();
  }

  /** Whether it plays. */
  public ReadOnlyBooleanProperty playingProperty() {
    return moments.playingProperty();
  }

  /** How far the job is, 0 to 1; -1 when that is not known. */
  public ReadOnlyDoubleProperty progressProperty() {
    return running.progressProperty();
  }

  /** What the job does. */
  public ReadOnlyStringProperty doingProperty() {
    return running.doingProperty();
  }

  /** What there is to say in passing. */
  public ReadOnlyStringProperty saidProperty() {
    return said.getReadOnlyProperty();
  }

  /** What went wrong; empty for nothing. */
  public ReadOnlyStringProperty errorProperty() {
    return running.errorProperty();
  }

  /** Whether only rows that differ are shown. */
  public BooleanProperty differencesOnlyProperty() {
    return list.differencesOnlyProperty();
  }

  /** Which rows the list shows, and which it is looking for. */
  public PairList list() {
    return list;
  }

  /** How rows are brought together. */
  public ReadOnlyObjectProperty<AlignBy> alignByProperty() {
    return alignBy.getReadOnlyProperty();
  }
}
