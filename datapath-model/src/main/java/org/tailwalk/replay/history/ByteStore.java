// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.history;

import java.util.Arrays;

/**
 * Bytes one behind the other, in blocks, so that growing copies nothing. Filled by one thread; once
 * that is done, read by any.
 */
public final class ByteStore {
  private static final int BITS = 16;
  private static final int BLOCK = 1 << BITS;

  private byte[][] blocks = new byte[4][];
  private int used;
  private long size;

  /** None yet. */
  public ByteStore() {}

  /** Where the next byte goes. */
  public long size() {
    return size;
  }

  /** Puts a byte, the lowest eight bits, behind the others. */
  public void put(int value) {
    int at = (int) (size % BLOCK);
    if (at == 0) {
      blocks = used == blocks.length ? Arrays.copyOf(blocks, 2 * used) : blocks;
      blocks[used++] = new byte[BLOCK];
    }
    blocks[used - 1][at] = (byte) value;
    size++;
  }

  /** The byte at a place, 0 to 255. */
  public int get(long at) {
    return blocks[(int) (at >>> BITS)][(int) at & BLOCK - 1] & 0xff;
  }

  /** Fills an array with what stands from a place on. */
  public void get(long from, byte[] into) {
    for (int done = 0; done < into.length; ) {
      int at = (int) (from + done) & BLOCK - 1;
      int length = Math.min(into.length - done, BLOCK - at);
      System.arraycopy(blocks[(int) (from + done >>> BITS)], at, into, done, length);
      done += length;
    }
  }

  /** Memory taken, bytes. */
  public long footprint() {
    return (long) used * (BLOCK + 24);
  }
}
