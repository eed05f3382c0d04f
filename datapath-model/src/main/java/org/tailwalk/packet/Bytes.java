// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.packet;

import java.util.Arrays;
import java.util.HexFormat;

/** An immutable sequence of bytes with value equality. */
public final class Bytes {
  private static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] data;

  private Bytes(byte[] data) {
    this.data = data;
  }

  /** A copy of the given bytes. */
  public static Bytes copyOf(byte[] data) {
    return data.length == 0 ? EMPTY : new Bytes(data.clone());
  }

  /** A copy of {@code length} bytes from {@code offset}. */
  public static Bytes copyOf(byte[] data, int offset, int length) {
    return length == 0 ? EMPTY : new Bytes(Arrays.copyOfRange(data, offset, offset + length));
  }

  /** Bytes from lower- or upper-case hex without separators. */
  public static Bytes ofHex(String hex) {
    return copyOf(HexFormat.of().parseHex(hex));
  }

  /** No bytes at all. */
  public static Bytes empty() {
    return EMPTY;
  }

  /** The number of bytes. */
  public int length() {
    return data.length;
  }

  /** The byte at {@code index}, 0 to 255. */
  public int at(int index) {
    return data[index] & 0xff;
  }

  /** The two bytes at {@code index} in network order. */
  public int u16(int index) {
    return at(index) << 8 | at(index + 1);
  }

  /** The four bytes at {@code index} in network order, 0 to 2^32 - 1. */
  public long u32(int index) {
    return (long) u16(index) << 16 | u16(index + 2);
  }

  /** A fresh copy. */
  public byte[] toArray() {
    return data.clone();
  }

  /** The bytes from {@code from} (inclusive) to {@code to} (exclusive). */
  public Bytes slice(int from, int to) {
    return copyOf(data, from, to - from);
  }

  /**
   * Whether the bytes from {@code from} (inclusive) to {@code to} (exclusive) are the same in both.
   */
  public boolean sameRange(Bytes other, int from, int to) {
    return Arrays.equals(data, from, to, other.data, from, to);
  }

  /** Lower-case hex without separators. */
  public String hex() {
    return HexFormat.of().formatHex(data);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes b && Arrays.equals(data, b.data);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return hex();
  }
}
