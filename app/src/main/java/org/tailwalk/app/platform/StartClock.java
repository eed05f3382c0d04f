// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.platform;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** When, since the program was called, each stage of its start was reached. Any thread. */
public final class StartClock {
  /** Seconds since 1970, which the launcher sets before it does anything. */
  public static final String CALLED = "tailwalk.called";

  private final Instant called;
  private final List<Mark> marks = new ArrayList<>();

  /** A stage and when it was reached. */
  public record Mark(String stage, Duration at) {}

  /** With the moment from which is counted. */
  public StartClock(Instant called) {
    this.called = called;
  }

  /** From the launcher's first line on, or from this process' start where there was no launcher. */
  public static StartClock ofThisProcess() {
    String given = System.getProperty(CALLED, "");
    if (given.matches("\\d+[.,]\\d+")) {
      BigDecimal seconds = new BigDecimal(given.replace(',', '.'));
      return new StartClock(Instant.ofEpochSecond(0, seconds.movePointRight(9).longValue()));
    }
    return new StartClock(ProcessHandle.current().info().startInstant().orElseGet(Instant::now));
  }

  /** Notes that a stage was reached, the first time it is. */
  public synchronized void reached(String stage) {
    if (marks.stream().noneMatch(m -> m.stage.equals(stage))) {
      marks.add(new Mark(stage, Duration.between(called, Instant.now())));
    }
  }

  /** What was reached so far, in order. */
  public synchronized List<Mark> marks() {
    return List.copyOf(marks);
  }

  /** In a line: {@code java 112 ms, first frame 1480 ms}. */
  public String text() {
    return marks().stream()
        .map(m -> m.stage + " " + m.at.toMillis() + " ms")
        .collect(Collectors.joining(", "));
  }
}
