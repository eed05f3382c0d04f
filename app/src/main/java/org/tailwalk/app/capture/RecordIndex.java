// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.capture;

import java.util.ArrayList;
import java.util.List;

/**
 * Where each record of a capture begins, eight bytes a packet (ten with interfaces). Grows by one
 * scanning thread, is read by any thread afterwards.
 */
final class RecordIndex {
  private static final int CHUNK = 1 << 16;
  private static final short[] NO_INTERFACES = new short[0];

  private final List<long[]> offsets = new ArrayList<>();
  private final List<short[]> interfaces = new ArrayList<>();
  private long size;

  /**
   * Adds a record.
   *
   * @param offset its first byte in the file
   * @param interfaceNumber which of the file's interfaces, 0 to 65535
   */
  void add(long offset, int interfaceNumber) {
    int inChunk = (int) (size % CHUNK);
    if (inChunk == 0) {
      offsets.add(new long[CHUNK]);
      interfaces.add(interfaceNumber == 0 ? NO_INTERFACES : new short[CHUNK]);
    }
    int chunk = (int) (size / CHUNK);
    offsets.get(chunk)[inChunk] = offset;
    if (interfaceNumber != 0 && interfaces.get(chunk).length == 0) {
      interfaces.set(chunk, new short[CHUNK]);
    }
    if (interfaces.get(chunk).length != 0) {
      interfaces.get(chunk)[inChunk] = (short) interfaceNumber;
    }
    size++;
  }

  long size() {
    return size;
  }

  long offset(long record) {
    return offsets.get((int) (record / CHUNK))[(int) (record % CHUNK)];
  }

  int interfaceNumber(long record) {
    short[] chunk = interfaces.get((int) (record / CHUNK));
    return chunk.length == 0 ? 0 : chunk[(int) (record % CHUNK)] & 0xffff;
  }
}
