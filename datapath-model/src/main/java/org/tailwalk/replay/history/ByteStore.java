// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.history;

import java.util.ArrayList;
import java.util.List;

/** Bytes one behind the other, in blocks, so that growing copies nothing. */
final class ByteStore {
  private static final int BLOCK = 1 << 16;

  private final List<byte[]> blocks = new ArrayList<>();
  private long size;

  /** Where the next byte goes. */
  long size() {
    return size;
  }

  void put(int value) {
    int at = (int) (size % BLOCK);
    if (at == 0) {
      blocks.add(new byte[BLOCK]);
    }
    blocks.getLast()[at] = (byte) value;
    size++;
  }

  int get(long at) {
    return blocks.get((int) (at / BLOCK))[(int) (at % BLOCK)] & 0xff;
  }

  /** Memory taken, bytes. */
  long footprint() {
    return (long) blocks.size() * (BLOCK + 24);
  }
}
