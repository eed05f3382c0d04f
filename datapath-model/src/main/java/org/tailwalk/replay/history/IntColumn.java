// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.history;

import java.util.ArrayList;
import java.util.List;

/** Numbers one behind the other, in blocks, so that growing copies nothing. */
final class IntColumn {
  private static final int BLOCK = 1 << 13;

  private final List<int[]> blocks = new ArrayList<>();
  private int size;

  int size() {
    return size;
  }

  void add(int value) {
    int at = size % BLOCK;
    if (at == 0) {
      blocks.add(new int[BLOCK]);
    }
    blocks.getLast()[at] = value;
    size++;
  }

  int get(int index) {
    return blocks.get(index / BLOCK)[index % BLOCK];
  }

  /** Memory taken, bytes. */
  long footprint() {
    return (long) blocks.size() * (BLOCK * 4L + 24);
  }
}
