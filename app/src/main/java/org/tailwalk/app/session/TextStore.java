// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Short texts one after the other, as bytes: a million of them cost what their letters cost. Grows
 * at the end; afterwards read by several threads.
 */
final class TextStore {
  /** Below what the collector takes for huge, see {@code FileWindow}. */
  private static final int CHUNK = 1 << 18;

  private final List<byte[]> chunks = new ArrayList<>();
  private long[] starts = new long[1024];
  private int count;
  private long end;

  /** Adds a text; its index is the number of those before. */
  void add(String text) {
    byte[] data = text.getBytes(StandardCharsets.UTF_8);
    if (data.length > CHUNK) {
      data = Arrays.copyOf(data, CHUNK);
    }
    if (end % CHUNK + data.length > CHUNK) {
      end += CHUNK - end % CHUNK;
    }
    if (end / CHUNK == chunks.size()) {
      chunks.add(new byte[CHUNK]);
    }
    System.arraycopy(data, 0, chunks.getLast(), (int) (end % CHUNK), data.length);
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
    }
    // The upper 20 bits hold the length, 0 to 2^20.
    starts[count++] = end << 21 | data.length;
    end += data.length;
  }

  String get(int index) {
    long packed = starts[java.util.Objects.checkIndex(index, count)];
    long start = packed >>> 21;
    return new String(
        chunks.get((int) (start / CHUNK)),
        (int) (start % CHUNK),
        (int) (packed & (1 << 21) - 1),
        StandardCharsets.UTF_8);
  }
}
