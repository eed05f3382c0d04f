// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.context;

import org.tailwalk.event.DropReason;

/** Return codes of programs (section 8.1). */
public final class Returns {
  /** CTX_ACT_OK. */
  public static final int OK = 0;

  /** CTX_ACT_DROP, TC_ACT_SHOT. */
  public static final int DROP = 2;

  /** POLICY_ACT_PROXY_REDIRECT, never seen outside. */
  public static final int PROXY_REDIRECT = 1 << 16;

  private Returns() {}

  /** The program value of a drop reason: its negative code. */
  public static int drop(DropReason reason) {
    return -reason.code();
  }

  /** {@code IS_ERR}: negative, or the drop action. */
  public static boolean isError(int code) {
    return code < 0 || code == DROP;
  }
}
