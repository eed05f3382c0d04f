// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.history;

import java.util.Arrays;

/**
 * Numbers one behind the other, in blocks, so that growing copies nothing. Filled by one thread;
 * once that is done, read by any.
 */
public final class IntColumn {
  private static final int BITS = 13;
  private static final int BLOCK = 1 << BITS;

  private int[][] blocks = new int[4][];
  private int used;
  private int size;

  /** None yet. */
  public IntColumn() {}

  /** How many there are. */
  public int size() {
    return size;
  }

  /** Adds one. */
  public void add(int value) {
    int at = size % BLOCK;
    if (at == 0) {
      blocks = used == blocks.length ? Arrays.copyOf(blocks, 2 * used) : blocks;
      blocks[used++] = new int[BLOCK];
    }
    blocks[used - 1][at] = value;
    size++;
  }

  /** One of them, 0-based. */
  public int get(int index) {
    return blocks[index >>> BITS][index & BLOCK - 1];
  }

  /** Memory taken, bytes. */
  public long footprint() {
    return (long) used * (BLOCK * 4L + 24);
  }
}
