// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.tasks;

/** What several changes of one moment ask for, and is done once, behind them. UI thread. */
public final class OnceSoon {
  private final Work work;
  private final Runnable what;
  private boolean due;

  /** Does {@code what}, on the UI thread. */
  public OnceSoon(Work work, Runnable what) {
    this.work = work;
    this.what = what;
  }

  /** Asks for it. */
  public void ask() {
    if (!due) {
      due = true;
      work.soon(() -> {
        due = false;
        what.run();
      });
    }
  }
}
