// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Malformed variants of a file, by seed: cut off, bits flipped, words overwritten, parts copied.
 */
public final class Mutations {
  private static final int[] NASTY = {
    0, 1, -1, 7, 8, 0x7fffffff, 0x80000000, 0x10000, 0xffff, 0x7fff, 0x80, 255, 24, 64
  };

  private Mutations() {}

  public static byte[] of(byte[] original, RandomGenerator random) {
    byte[] bytes = original.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && bytes.length > 8; i++) {
      // Half of the changes near the end or the beginning, where the tables are.
      int at =
          switch (random.nextInt(4)) {
            case 0 -> random.nextInt(Math.min(bytes.length, 64));
            case 1 -> bytes.length - 1 - random.nextInt(Math.min(bytes.length, 2048));
            default -> random.nextInt(bytes.length);
          };
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        case 2 -> word(bytes, at & ~3, NASTY[random.nextInt(NASTY.length)]);
        case 3 -> {
          int length = Math.min(random.nextInt(1, 64), bytes.length - at);
          int from = random.nextInt(bytes.length - length + 1);
          System.arraycopy(bytes, from, bytes, at, length);
        }
        default -> {
          if (random.nextInt(8) == 0) {
            bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
          } else {
            word(bytes, at & ~3, random.nextInt(1 << random.nextInt(1, 31)));
          }
        }
      }
    }
    return bytes;
  }

  private static void word(byte[] bytes, int at, int value) {
    for (int i = 0; i < 4 && at + i < bytes.length; i++) {
      bytes[at + i] = (byte) (value >>> 8 * i);
    }
  }
}
