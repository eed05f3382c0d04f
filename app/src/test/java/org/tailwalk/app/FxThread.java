// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.FutureTask;
import javafx.application.Platform;

/** The thread of JavaFX, for tests that look at a view without a window around it. */
public final class FxThread {
  private FxThread() {}

  /** Skips the test where no window can be opened; fails it where one must be. */
  public static void needDisplay() {
    boolean display = System.getenv("DISPLAY") != null || System.getenv("WAYLAND_DISPLAY") != null;
    boolean demanded = "true".equals(System.getenv("CI"));
    assumeTrue(display || demanded, "no display: ./tailwalk test runs these tests under Xvfb");
  }

  /** Starts JavaFX; the test is skipped where there is no display. */
  public static void start() {
    needDisplay();
    try {
      Platform.startup(() -> {});
    } catch (IllegalStateException e) {
      // It runs already.
    }
    Platform.setImplicitExit(false);
  }

  /** Does this there, and waits for it. */
  public static void run(Runnable what) throws Exception {
    FutureTask<Boolean> task = new FutureTask<>(what, true);
    Platform.runLater(task);
    task.get();
  }
}
