// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.history;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values as they are kept: nothing (the entry is gone), whole, or what differs from the value
 * before. A difference tells by a bit each which groups of eight bytes differ, in each of those by
 * a bit which bytes, then those bytes.
 */
final class ValueCodec {
  private static final int GONE = 0;
  private static final int WHOLE = 1;
  private static final int DIFFERENCE = 2;

  private ValueCodec() {}

  static boolean whole(ByteStore store, long at) {
    return store.get(at) != DIFFERENCE;
  }

  static boolean gone(ByteStore store, long at) {
    return store.get(at) == GONE;
  }

  static void putGone(ByteStore store) {
    store.put(GONE);
  }

  static void putWhole(ByteStore store, byte[] value) {
    store.put(WHOLE);
    number(store, value.length);
    for (byte b : value) {
      store.put(b);
    }
  }

  /** Both of one length. */
  static void putDifference(ByteStore store, byte[] before, byte[] after) {
    store.put(DIFFERENCE);
    int groups = (after.length + 7) / 8;
    for (int byteOfGroups = 0; byteOfGroups < groups; byteOfGroups += 8) {
      int bits = 0;
      for (int g = byteOfGroups; g < Math.min(groups, byteOfGroups + 8); g++) {
        bits |= mask(before, after, g) == 0 ? 0 : 1 << (g - byteOfGroups);
      }
      store.put(bits);
    }
    for (int g = 0; g < groups; g++) {
      int mask = mask(before, after, g);
      if (mask != 0) {
        store.put(mask);
        for (int i = 0; i < 8; i++) {
          if ((mask >> i & 1) != 0) {
            store.put(after[g * 8 + i]);
          }
        }
      }
    }
  }

  private static int mask(byte[] before, byte[] after, int group) {
    int mask = 0;
    int end = Math.min(8, after.length - group * 8);
    for (int i = 0; i < end; i++) {
      mask |= before[group * 8 + i] == after[group * 8 + i] ? 0 : 1 << i;
    }
    return mask;
  }

  /**
   * The value at a place; null when it is gone. A difference needs the value before, and is written
   * into that very array.
   */
  static byte @Nullable [] get(ByteStore store, long at, byte @Nullable [] before) {
    return switch (store.get(at)) {
      case GONE -> null;
      case WHOLE -> whole(store, at + 1, 0, 0);
      default -> {
        if (before == null) {
          throw new IllegalStateException("a difference from nothing");
        }
        yield difference(store, at + 1, before);
      }
    };
  }

  private static byte[] whole(ByteStore store, long from, int length, int shift) {
    int next = store.get(from);
    int size = length | (next & 0x7f) << shift;
    if (next >= 0x80) {
      return whole(store, from + 1, size, shift + 7);
    }
    byte[] value = new byte[size];
    store.get(from + 1, value);
    return value;
  }

  private static byte[] difference(ByteStore store, long from, byte[] value) {
    int groups = (value.length + 7) / 8;
    long at = from + (groups + 7) / 8;
    for (int g = 0; g < groups; g++) {
      if ((store.get(from + g / 8) >> g % 8 & 1) != 0) {
        int mask = store.get(at++);
        for (int rest = mask; rest != 0; rest &= rest - 1) {
          value[g * 8 + Integer.numberOfTrailingZeros(rest)] = (byte) store.get(at++);
        }
      }
    }
    return value;
  }

  private static void number(ByteStore store, int value) {
    int rest = value;
    while (rest >= 0x80) {
      store.put(rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    store.put(rest);
  }

  static boolean same(byte @Nullable [] a, byte @Nullable [] b) {
    return Arrays.equals(a, b);
  }
}
