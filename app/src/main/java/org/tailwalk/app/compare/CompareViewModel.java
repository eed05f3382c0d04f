// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.compare;

import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
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
import org.tailwalk.compare.Difference;

/**
 * One comparison and where one stands in it. UI thread; engines run on {@code replays}' one
 * background thread.
 */
public final class CompareViewModel {
  private static final System.Logger LOG = System.getLogger(CompareViewModel.class.getName());
  private static final long REPORT_NANOS = 50_000_000;

  /** Seconds that a moment of a pair stands still when playing. */
  private static final double MOMENT = 0.55;

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
  private final Texts texts = Texts.of(CompareViewModel.class);
  private final ReadOnlyObjectWrapper<@Nullable ComparedPair> pair = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<ComparedPair.@Nullable Scene> scene =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable CompareRequest> request =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyIntegerWrapper row = new ReadOnlyIntegerWrapper(-1);
  private final ReadOnlyIntegerWrapper moment = new ReadOnlyIntegerWrapper();
  private final ReadOnlyBooleanWrapper working = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper settled = new ReadOnlyBooleanWrapper(true);
  private final ReadOnlyBooleanWrapper playing = new ReadOnlyBooleanWrapper();
  private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(-1);
  private final ReadOnlyStringWrapper doing = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper said = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<AlignBy> alignBy = new ReadOnlyObjectWrapper<>(AlignBy.FLOW);
  private final AtomicInteger wanted = new AtomicInteger(-1);
  private Tracks tracks = Tracks.NONE;
  private AtomicBoolean stop = new AtomicBoolean();
  private double still;

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
    this.list =
        new PairList(
            work,
            replays,
            e -> {
              LOG.log(System.Logger.Level.ERROR, "filter the pairs", e);
              error.set(texts.get("error.filter", String.valueOf(e.getMessage())));
            });
  }

  /** Opens, replays and aligns; what is shown stays until that is done. */
  public void compare(CompareRequest asked) {
    AtomicBoolean mine = begin(texts.get("doing.compare"));
    replays.run(
        () -> job.run(asked, report(mine)),
        made -> {
          if (mine.get() || stop != mine) {
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
    stop.set(true);
    AtomicBoolean mine = new AtomicBoolean();
    stop = mine;
    playing.set(false);
    error.set("");
    doing.set(what);
    progress.set(-1);
    working.set(true);
    settled.set(false);
    return mine;
  }

  private void end(AtomicBoolean mine) {
    if (stop == mine) {
      working.set(false);
      progress.set(-1);
      if (wanted.get() < 0) {
        settled.set(true);
      }
    }
  }

  private void failed(Exception e, AtomicBoolean mine) {
    if (stop == mine && !mine.get() && !(e instanceof CancellationException)) {
      boolean ours = e instanceof RuntimeException || e.getMessage() == null;
      if (ours) {
        LOG.log(System.Logger.Level.ERROR, "a fault of ours", e);
      }
      error.set(ours ? texts.get("error.ours", e.toString()) : e.getMessage());
    }
    end(mine);
  }

  /** Compares again with one side changed. */
  void change(boolean left, UnaryOperator<CompareRequest.Side> by) {
    CompareRequest asked = request.get();
    if (asked != null && !working.get()) {
      compare(asked.with(left, by.apply(left ? asked.a() : asked.b())));
    }
  }

  /** Ends the job that runs; what is shown stays. */
  public void cancel() {
    stop.set(true);
    said.set(texts.get("said.cancelled"));
    end(stop);
  }

  /** Puts the message about a failure away. */
  public void forgetError() {
    error.set("");
  }

  private ReplayProgress report(AtomicBoolean stopped) {
    AtomicLong last = new AtomicLong(System.nanoTime());
    return (done, total) -> {
      long now = System.nanoTime();
      if (total > 0 && now - last.get() > REPORT_NANOS) {
        last.set(now);
        replays.onUi(() -> {
          if (stop == stopped && working.get()) {
            progress.set((double) done / total);
          }
        });
      }
      return !stopped.get();
    };
  }

  private void show(ComparedPair now, int toRow) {
    pair.set(now);
    alignBy.set(now.comparison().alignment().by());
    scene.set(null);
    tracks = Tracks.NONE;
    moment.set(0);
    row.set(-1);
    said.set("");
    list.show(now);
    int first = now.comparison().nextDifference(-1);
    int to = toRow >= 0 ? toRow : first >= 0 ? first : 0;
    if (to < now.comparison().alignment().size()) {
      select(to);
    } else {
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
    boolean play = playing.get();
    row.set(to);
    wanted.set(to);
    settled.set(false);
    replays.run(
        () -> wanted.get() == to ? from.scene(to, (_, _) -> wanted.get() == to) : null,
        found -> {
          if (found != null && wanted.get() == to && pair.get() == from) {
            arrived(found, play);
          }
        },
        e -> {
          if (!(e instanceof CancellationException)) {
            LOG.log(System.Logger.Level.ERROR, "look up row " + to, e);
            error.set(String.valueOf(e.getMessage()));
          }
          settled.set(true);
        });
  }

  private void arrived(ComparedPair.Scene found, boolean play) {
    wanted.set(-1);
    tracks = Tracks.of(found);
    scene.set(null);
    Difference difference = found.result().difference();
    moment.set(
        play || tracks.size() == 0
            ? 0
            : difference != null && difference.row() > 0
                ? tracks.at(difference.row())
                : tracks.size() - 1);
    still = 0;
    scene.set(found);
    if (!working.get()) {
      settled.set(true);
    }
  }

  /** The next moment of the pair, then the next pair. */
  public void step() {
    playing.set(false);
    forward();
  }

  private boolean forward() {
    if (moment.get() + 1 < tracks.size()) {
      moment.set(moment.get() + 1);
      return true;
    }
    return neighbour(1);
  }

  /** The moment before, then the pair before. */
  public void stepBack() {
    playing.set(false);
    if (moment.get() > 0) {
      moment.set(moment.get() - 1);
    } else {
      neighbour(-1);
    }
  }

  /** The first pair shown. */
  public void first() {
    playing.set(false);
    if (!list.shown().isEmpty()) {
      select(list.shown().get(0));
      moment.set(0);
    }
  }

  /** The last pair shown. */
  public void last() {
    playing.set(false);
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
    playing.set(false);
    if (tracks.size() > 0) {
      moment.set(tracks.at(stepRow));
    }
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
    playing.set(false);
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
    boolean now = !playing.get() && pair.get() != null;
    if (now && tracks.size() > 0 && moment.get() >= tracks.size() - 1) {
      moment.set(0);
    }
    still = 0;
    playing.set(now);
  }

  /** Time passes, in seconds. */
  public void tick(double seconds) {
    if (!playing.get() || scene.get() == null || wanted.get() >= 0) {
      return;
    }
    still += seconds;
    if (still >= MOMENT) {
      still = 0;
      if (!forward()) {
        playing.set(false);
      }
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
    if (from == null || working.get()) {
      return;
    }
    int at = row.get();
    int left = at < 0 ? 0 : from.comparison().alignment().a(at);
    int right = at < 0 ? 0 : from.comparison().alignment().b(at);
    AtomicBoolean mine = begin(what);
    work.run(
        () -> change.of(from, report(mine)),
        made -> {
          // Cancelled is cancelled, even when it was as good as done.
          if (stop == mine && !mine.get() && pair.get() == from) {
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
    if (from == null || working.get()) {
      return;
    }
    AtomicBoolean mine = begin(texts.get("doing.export"));
    replays.run(
        () -> {
          exporter.write(from, file, report(mine));
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
    stop.set(true);
    wanted.set(-2);
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
    return moment.getReadOnlyProperty();
  }

  /** The moments of the pair. */
  Tracks tracks() {
    return tracks;
  }

  /** The row of the aligned steps that has happened, 1-based; 0 for none. */
  public int stepRow() {
    return moment.get() < tracks.size() ? tracks.rows().get(moment.get()) : 0;
  }

  /** Whether a long job runs. */
  public ReadOnlyBooleanProperty workingProperty() {
    return working.getReadOnlyProperty();
  }

  /** Whether everything asked for is there. */
  public ReadOnlyBooleanProperty settledProperty() {
    return settled.getReadOnlyProperty();
  }

  /** Whether it plays. */
  public ReadOnlyBooleanProperty playingProperty() {
    return playing.getReadOnlyProperty();
  }

  /** How far the job is, 0 to 1; -1 when that is not known. */
  public ReadOnlyDoubleProperty progressProperty() {
    return progress.getReadOnlyProperty();
  }

  /** What the job does. */
  public ReadOnlyStringProperty doingProperty() {
    return doing.getReadOnlyProperty();
  }

  /** What there is to say in passing. */
  public ReadOnlyStringProperty saidProperty() {
    return said.getReadOnlyProperty();
  }

  /** What went wrong; empty for nothing. */
  public ReadOnlyStringProperty errorProperty() {
    return error.getReadOnlyProperty();
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
