// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hears of faults of ours, whatever thread they happen on, writes each down and tells the window.
 * The same fault again and again, as from a timer, is told once.
 */
public final class Faults implements Thread.UncaughtExceptionHandler {
  private static final System.Logger LOG = System.getLogger(Faults.class.getName());
  private static final int MOST_ACTIONS = 30;
  private static final int MOST_REPORTS = 5;

  private final Path folder;
  private final Supplier<Map<String, String>> about;
  private final Deque<String> actions = new ArrayDeque<>();
  private BiConsumer<FaultReport, Optional<Path>> listener = (_, _) -> {};
  private @Nullable String last;
  private int reports;

  /**
   * With where reports are written.
   *
   * @param about versions and what is open; asked on the thread of the fault
   */
  public Faults(Path folder, Supplier<Map<String, String>> about) {
    this.folder = folder;
    this.about = about;
  }

  /** Hears of each report, on the thread of the fault, with the file it was written to. */
  public synchronized void onReport(BiConsumer<FaultReport, Optional<Path>> by) {
    listener = by;
  }

  /** The user did something. */
  public synchronized void did(String action) {
    actions.addLast(Instant.now().toString().substring(11, 19) + " " + action);
    if (actions.size() > MOST_ACTIONS) {
      actions.removeFirst();
    }
  }

  @Override
  public void uncaughtException(Thread thread, Throwable e) {
    report(thread.getName(), e);
  }

  /** A fault happened. */
  public void report(String where, Throwable e) {
    LOG.log(System.Logger.Level.ERROR, "a fault of ours", e);
    FaultReport report;
    BiConsumer<FaultReport, Optional<Path>> tell;
    synchronized (this) {
      StackTraceElement[] stack = e.getStackTrace();
      String place = e.getClass() + (stack.length == 0 ? "" : " " + stack[0]);
      if (place.equals(last) || reports >= MOST_REPORTS) {
        return;
      }
      last = place;
      reports++;
      report = new FaultReport(Instant.now(), where, e, List.copyOf(actions), known());
      tell = listener;
    }
    tell.accept(report, write(report));
  }

  /** A second fault while the first is told must not hide it. */
  private Map<String, String> known() {
    try {
      return about.get();
    } catch (RuntimeException e) {
      return Map.of("what was open", "can't be told: " + e);
    }
  }

  private Optional<Path> write(FaultReport report) {
    String name = "fault-" + report.when().toString().replaceAll("[:.]", "-") + ".txt";
    try {
      Files.createDirectories(folder);
      return Optional.of(Files.writeString(folder.resolve(name), report.text("")));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the report can't be written", e);
      return Optional.empty();
    }
  }
}
