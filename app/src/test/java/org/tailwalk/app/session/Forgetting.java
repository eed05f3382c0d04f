// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session;

/** For tests elsewhere: a replay whose packets all run again when they are asked for. */
public final class Forgetting {
  private Forgetting() {}

  /** Lets go of all traces that were kept. */
  public static void forget(Replay replay) {
    replay.forget();
  }
}
