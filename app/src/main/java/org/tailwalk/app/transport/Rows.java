// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.transport;

import java.util.BitSet;

/**
 * The aligned steps of one packet, as far as moving through them goes.
 *
 * @param count how many, at least 1
 * @param calls the rows in which a program begins, a tail call is missed, or the packet ends
 * @param moving the rows in which something moves on the stage: they take longer to play
 */
public record Rows(int count, BitSet calls, BitSet moving) {
  /** Keeps its own copies. */
  public Rows {
    if (count < 1) {
      throw new IllegalArgumentException("a packet has at least its verdict");
    }
    calls = (BitSet) calls.clone();
    moving = (BitSet) moving.clone();
  }

  /** The last row. */
  public int last() {
    return count - 1;
  }
}
