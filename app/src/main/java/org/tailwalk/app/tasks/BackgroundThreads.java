// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.tasks;

import java.util.concurrent.ThreadFactory;
import org.tailwalk.bpf.sys.SysException;
import org.tailwalk.bpf.sys.Threads;

/**
 * Threads for what nobody should notice. A replay keeps five threads busy: on a machine of two
 * processors the window would get a third of one, and what costs it 40 ms would take 120. So these
 * threads, and the engines' that they start, give way to the window, which alone is in a hurry.
 * Where nobody else wants the processors they are as fast as any.
 */
public final class BackgroundThreads {
  private static final System.Logger LOG = System.getLogger(BackgroundThreads.class.getName());

  /** A third of the processor time that the window's threads get where both want all. */
  static final int STEPS = 5;

  private BackgroundThreads() {}

  /** Daemons, called by {@code name} and a number. */
  public static ThreadFactory named(String name) {
    ThreadFactory plain = Thread.ofPlatform().daemon().name(name + "-", 1).factory();
    return task ->
        plain.newThread(() -> {
          giveWay();
          task.run();
        });
  }

  /** Elsewhere than on Linux threads of one process have no rank of their own. */
  private static void giveWay() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return;
    }
    try {
      Threads.giveWay(STEPS);
    } catch (SysException | IllegalStateException e) {
      // Refused, or no machine whose system calls are known: slower to look at, and no more.
      LOG.log(System.Logger.Level.DEBUG, "background threads keep their rank", e);
    }
  }
}
