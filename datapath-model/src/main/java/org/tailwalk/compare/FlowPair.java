// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import org.tailwalk.text.Message;

/**
 * Two flows that play the same part.
 *
 * @param a index of A's flow; -1 when only B has it
 * @param b index of B's flow; -1 when only A has it
 * @param percent how sure that is, 0 to 100; 0 without a counterpart
 * @param why the reason, for people
 */
public record FlowPair(int a, int b, int percent, Message why) {
  /** The reason in English. */
  public String reason() {
    return why.english();
  }
}
