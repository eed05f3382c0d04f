// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C ends the work and lets it write what it has; the virtual machine then ends the process
 * with code 130. Close it when the work is done.
 */
final class Interruption implements AutoCloseable {
  private static final int GOODBYE_SECONDS = 3;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;

  /**
   * Listens until closed.
   *
   * @param cancel asks the work to end soon; called on another thread
   */
  Interruption(Runnable cancel) {
    hook =
        new Thread(
            () -> {
              cancel.run();
              try {
                if (!done.await(GOODBYE_SECONDS, TimeUnit.SECONDS)) {
                  System.getLogger(Interruption.class.getName())
                      .log(System.Logger.Level.WARNING, "the work did not end in time");
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "tailwalk-interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The shutdown has begun: the hook is what ended us.
    }
  }
}
