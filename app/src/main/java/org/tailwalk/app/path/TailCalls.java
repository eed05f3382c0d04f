// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.path;

/** What the kernel grants. */
final class TailCalls {
  /** {@code MAX_TAIL_CALL_CNT}: how many tail calls of one packet succeed. */
  static final int BUDGET = 33;

  private TailCalls() {}
}
