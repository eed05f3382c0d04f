// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.property.BooleanProperty;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.scenario.ScenarioViewModel;
import org.tailwalk.app.session.OpenCapture;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.session.ReplayProgress;
import org.tailwalk.app.status.StatusViewModel;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.text.Texts;
import org.tailwalk.scenario.Scenario;

/**
 * Opens captures and replays them, one job at a time, and holds the capture and the replay that
 * stand in the window until another is there. Used on the UI thread; the jobs run on the replays'
 * thread. Beginning a job stops the one before it; a job that is stopped or fails leaves what
 * stands there as it is.
 */
final class CaptureRunner {
  private static final long REPORT_NANOS = 50_000_000;

  private final AppServices services;
  private final Work replays;
  private final StatusViewModel status;
  private final ScenarioViewModel scenario;
  private final FaultReport faults;
  private final BooleanProperty settled;
  private final BiConsumer<OpenCapture, Replay> shown;
  private @Nullable OpenCapture capture;
  private @Nullable Replay replay;
  private AtomicBoolean stop = new AtomicBoolean();
  private boolean running;

  /**
   * With nothing open.
   *
   * @param replays for engines; one thread
   * @param scenario the choosers, put back when a job ends without anything new
   * @param settled false while a job runs; whoever shows its result makes it true
   * @param shown takes a capture and its replay once both are there
   */
  CaptureRunner(
      AppServices services,
      Work replays,
      StatusViewModel status,
      ScenarioViewModel scenario,
      FaultReport faults,
      BooleanProperty settled,
      BiConsumer<OpenCapture, Replay> shown) {
    this.services = services;
    this.replays = replays;
    this.status = status;
    this.scenario = scenario;
    this.faults = faults;
    this.settled = settled;
    this.shown = shown;
  }

  /** The replay that stands in the window. */
  @Nullable Replay replay() {
    return replay;
  }

  /** Whether a capture stands in the window. */
  boolean hasCapture() {
    return capture != null;
  }

  /** Whether a job is under way that may bring another replay; status bar and message are its. */
  boolean running() {
    return running;
  }

  /**
   * Opens a capture and replays it.
   *
   * @param scenarioFile null to find one beside the capture, or to infer one
   * @param dress changes the scenario that was found; called on the replays' thread
   * @param opened hears of the capture before it is replayed; not of one that nobody waits for
   */
  void open(
      String file,
      @Nullable String scenarioFile,
      UnaryOperator<Scenario> dress,
      Consumer<OpenCapture> opened) {
    AtomicBoolean mine = begin(word("doing.opening", file));
    replays.run(
        () -> dressed(services.opener().open(file, scenarioFile, report(mine)), dress),
        found -> {
          if (mine.get()) {
            replays.run(() -> close(null, found.open()), _ -> {});
            settle(mine);
            return;
          }
          opened.accept(found.open());
          replay(found.open(), found.scenario(), mine, true);
        },
        e -> failed(e, mine));
  }

  /** A capture that was opened, and what it is to be replayed against. */
  private record Dressed(OpenCapture open, Scenario scenario) {}

  private static Dressed dressed(OpenCapture open, UnaryOperator<Scenario> dress) {
    boolean done = false;
    try {
      Dressed made = new Dressed(open, dress.apply(open.scenario()));
      done = true;
      return made;
    } finally {
      if (!done) {
        open.close().run();
      }
    }
  }

  /** Reads a scenario and replays the capture against it; nothing when none is open. */
  void load(String name, OpenCapture.Loader loader) {
    OpenCapture open = capture;
    if (open != null) {
      AtomicBoolean mine = begin(word("doing.scenario", name));
      replays.run(loader::load, chosen -> replay(open, chosen, mine, false), e -> failed(e, mine));
    }
  }

  /** Replays the capture against another scenario; nothing when none is open. */
  void replay(Scenario chosen) {
    OpenCapture open = capture;
    if (open != null) {
      replay(open, chosen, begin(word("doing.replay")), false);
    }
  }

  /**
   * Replays.
   *
   * @param fresh whether the capture is this job's to close where nothing comes of it; the one that
   *     stands in the window is not, even once the window is closed
   */
  private void replay(OpenCapture open, Scenario chosen, AtomicBoolean mine, boolean fresh) {
    if (mine.get()) {
      settle(mine);
      return;
    }
    status.begin(word("doing.replaying", open.size()), () -> mine.set(true));
    replays.run(
        () -> Replay.run(open, chosen, services.lanes(), report(mine)),
        done -> {
          if (mine.get()) {
            replays.run(() -> close(done, fresh ? open : null), _ -> {});
            settle(mine);
            return;
          }
          take(open, done);
        },
        e -> {
          if (fresh) {
            replays.run(() -> close(null, open), _ -> {});
          }
          failed(e, mine);
        });
  }

  private void take(OpenCapture open, Replay done) {
    Replay oldReplay = replay;
    OpenCapture oldCapture = capture;
    replay = done;
    capture = open;
    running = false;
    if (oldReplay != null) {
      replays.run(() -> close(oldReplay, oldCapture == open ? null : oldCapture), _ -> {});
    }
    shown.accept(open, done);
  }

  private static boolean close(@Nullable Replay old, @Nullable OpenCapture from) {
    if (old != null) {
      old.close();
    }
    if (from != null) {
      from.close().run();
    }
    return true;
  }

  private AtomicBoolean begin(String what) {
    stop.set(true);
    AtomicBoolean mine = new AtomicBoolean();
    stop = mine;
    running = true;
    settled.set(false);
    status.forgetError();
    status.begin(what, () -> mine.set(true));
    return mine;
  }

  /** A job has ended without anything new to show. */
  private void settle(AtomicBoolean mine) {
    if (stop != mine) {
      return;
    }
    running = false;
    status.end();
    if (replay != null && capture != null) {
      scenario.show(replay.scenario(), capture.choices());
    }
    settled.set(true);
  }

  /** What stands in the window stays; the message says what went wrong. */
  private void failed(Exception e, AtomicBoolean mine) {
    if (stop != mine) {
      return;
    }
    if (!(e instanceof CancellationException) && !mine.get()) {
      faults.tell(e);
    }
    settle(mine);
  }

  /** Tells the bar now and then how far a job is. */
  private ReplayProgress report(AtomicBoolean stopped) {
    AtomicLong last = new AtomicLong(System.nanoTime());
    return (done, total) -> {
      long now = System.nanoTime();
      if (total > 0 && now - last.get() > REPORT_NANOS) {
        last.set(now);
        replays.onUi(() -> status.at((double) done / total));
      }
      return !stopped.get();
    };
  }

  /** Stops what runs and lets go of capture and replay; the window is closed. */
  void close() {
    stop.set(true);
    Replay old = replay;
    OpenCapture open = capture;
    replay = null;
    capture = null;
    replays.run(() -> close(old, open), _ -> {});
  }

  private static String word(String key, Object... values) {
    Texts texts = Texts.of(CaptureRunner.class);
    return values.length == 0 ? texts.get(key) : texts.get(key, values);
  }
}
