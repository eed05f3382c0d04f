// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.history;

import java.util.Arrays;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;

/** One entry over a capture: the numbers of its versions, and where lookups found it. */
final class EntryLog {
  final int id;
  final MapRef map;
  final MapKey key;

  /**
   * Values of a map of a known role that are nevertheless only bytes: an object of its own kind.
   */
  boolean raw;

  /** Hash of the last value's bytes, to notice changes that nobody told of. */
  int lastHash;

  private int[] versions = new int[2];
  private int count;
  private byte[] hits = new byte[0];
  private int hitBytes;
  private long lastHit;

  EntryLog(int id, MapRef map, MapKey key) {
    this.id = id;
    this.map = map;
    this.key = key;
  }

  int count() {
    return count;
  }

  int version(int ordinal) {
    return versions[ordinal];
  }

  /** The ordinal of the last version before this one of the log; -1 when there is none. */
  int before(int version) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (versions[middle] >= version) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low - 1;
  }

  void add(int version) {
    if (count == versions.length) {
      versions = Arrays.copyOf(versions, count + Math.max(2, count / 2));
    }
    versions[count++] = version;
  }

  /** Takes in a lookup that found it; in order. */
  void hit(long packet, int row) {
    if (hits.length < hitBytes + 10) {
      hits = Arrays.copyOf(hits, hitBytes + Math.max(12, hitBytes / 2));
    }
    number(packet - lastHit);
    number(row);
    lastHit = packet;
  }

  private void number(long value) {
    long rest = value;
    while (rest >= 0x80) {
      hits[hitBytes++] = (byte) (rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    hits[hitBytes++] = (byte) rest;
  }

  /** Hears of lookups; says whether to go on. */
  interface Hits {
    boolean at(long packet, int row);
  }

  /** Tells of every lookup that found it, in order. */
  void eachHit(Hits sink) {
    long packet = 0;
    int at = 0;
    while (at < hitBytes) {
      long[] numbers = new long[2];
      for (int i = 0; i < 2; i++) {
        int shift = 0;
        int next;
        do {
          next = hits[at++];
          numbers[i] |= (long) (next & 0x7f) << shift;
          shift += 7;
        } while (next < 0);
      }
      packet += numbers[0];
      if (!sink.at(packet, (int) numbers[1])) {
        return;
      }
    }
  }

  long footprint() {
    return 56L + 16 + versions.length * 4L + 16 + hits.length;
  }
}
