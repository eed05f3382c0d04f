// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.util.ArrayDeque;
import java.util.Queue;
import org.tailwalk.app.tasks.Work;

/** A background whose jobs are done when a test says so, on the test's thread. */
public final class Later {
  private final Queue<Runnable> jobs = new ArrayDeque<>();
  private final Work work = new Work(jobs::add, Runnable::run);

  /** Takes the jobs; what they find is heard of at once. */
  public Work work() {
    return work;
  }

  /** Does the next job. */
  public void next() {
    jobs.remove().run();
  }

  /** Does all jobs, and those that come of them. */
  public void all() {
    while (!jobs.isEmpty()) {
      next();
    }
  }

  /** Whether nobody waits for anything. */
  public boolean idle() {
    return jobs.isEmpty();
  }
}
