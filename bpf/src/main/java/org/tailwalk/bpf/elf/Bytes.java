// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

import java.util.Arrays;
import java.util.HexFormat;

/** Immutable bytes with value equality. */
public final class Bytes {
  private final byte[] bytes;

  private Bytes(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Bytes copyOf(byte[] bytes) {
    return new Bytes(bytes.clone());
  }

  public static Bytes zeros(int size) {
    return new Bytes(new byte[size]);
  }

  public int size() {
    return bytes.length;
  }

  public byte at(int index) {
    return bytes[index];
  }

  /** A fresh copy. */
  public byte[] toArray() {
    return bytes.clone();
  }

  public Bytes slice(int offset, int size) {
    return new Bytes(Arrays.copyOfRange(bytes, offset, offset + size));
  }

  /** A copy with some bytes replaced from the offset on. */
  public Bytes with(int offset, byte[] replacement) {
    byte[] copy = bytes.clone();
    System.arraycopy(replacement, 0, copy, offset, replacement.length);
    return new Bytes(copy);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Lower-case hex. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
