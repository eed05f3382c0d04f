// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.kernel;

/**
 * The Internet checksum as the kernel computes it: 32-bit accumulators with end-around carry over
 * 16-bit little-endian words, folded at the end. Zero and all ones are told apart exactly as there.
 */
public final class Checksum {
  private Checksum() {}

  /** Adds two accumulators. */
  public static int add(int a, int b) {
    int sum = a + b;
    return Integer.compareUnsigned(sum, b) < 0 ? sum + 1 : sum;
  }

  /** Subtracts an accumulator. */
  public static int sub(int a, int b) {
    return add(a, ~b);
  }

  /** Folds to 16 bits and complements. */
  public static int fold(int sum) {
    int folded = (sum & 0xffff) + (sum >>> 16);
    folded = (folded & 0xffff) + (folded >>> 16);
    return ~folded & 0xffff;
  }

  /** Sums bytes, an odd last one taken as a low byte. */
  public static int partial(byte[] data, int offset, int length, int seed) {
    long sum = seed & 0xffffffffL;
    int i = offset;
    for (; i + 1 < offset + length; i += 2) {
      sum += data[i] & 0xff | (data[i + 1] & 0xff) << 8;
    }
    if (i < offset + length) {
      sum += data[i] & 0xff;
    }
    while (sum >>> 32 != 0) {
      sum = (sum & 0xffffffffL) + (sum >>> 32);
    }
    return (int) sum;
  }

  /** What replacing {@code from} by {@code to} does to a sum that starts as {@code seed}. */
  public static int diff(byte[] from, byte[] to, int seed) {
    return add(seed, sub(partial(to, 0, to.length, 0), partial(from, 0, from.length, 0)));
  }

  /** {@code csum_replace4}: the checksum after a 32-bit (or narrower) word changed. */
  static int replace4(int checksum, int from, int to) {
    return fold(add(sub(~checksum, from), to));
  }

  /** {@code csum_replace2}: the same for a 16-bit word, in 16-bit arithmetic. */
  static int replace2(int checksum, int from, int to) {
    return ~add16(add16(~checksum & 0xffff, ~from & 0xffff), to & 0xffff) & 0xffff;
  }

  /** {@code csum_replace_by_diff}. */
  static int replaceByDiff(int checksum, int diff) {
    return fold(add(diff, ~checksum));
  }

  private static int add16(int a, int b) {
    int sum = a + b;
    return (sum & 0xffff) + (sum >>> 16);
  }
}
