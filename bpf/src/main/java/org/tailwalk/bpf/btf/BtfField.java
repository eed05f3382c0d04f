// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.btf;

import java.math.BigInteger;
import java.util.HexFormat;

/**
 * One leaf of a value: a number, a pointer, or an array of bytes.
 *
 * @param path members from the outside in, {@code tuple.daddr}, {@code pad[2]}
 * @param bitOffset from the value's beginning
 * @param bits size; a multiple of 8 unless a bit-field
 * @param format how to show it
 */
public record BtfField(String path, int bitOffset, int bits, Format format) {
  /** How a leaf is shown. */
  public enum Format {
    UNSIGNED,
    SIGNED,
    BOOL,
    /** A number in network byte order ({@code __be16}, {@code __be32}, {@code __be64}). */
    NETWORK,
    POINTER,
    BYTES
  }

  /** Whether the value's first {@code size} bytes hold all of it. */
  public boolean within(int size) {
    return (long) bitOffset + bits <= 8L * size;
  }

  /** The leaf's bytes as text: decimal, network order as 0x…, byte arrays as hex digits. */
  public String text(byte[] value) {
    return switch (format) {
      case BYTES -> HexFormat.of().formatHex(value, bitOffset / 8, (bitOffset + bits) / 8);
      case NETWORK ->
          bits == 16
              ? String.valueOf((value[bitOffset / 8] & 0xff) << 8 | value[bitOffset / 8 + 1] & 0xff)
              : "0x" + HexFormat.of().formatHex(value, bitOffset / 8, (bitOffset + bits) / 8);
      case POINTER -> "0x" + number(value).toString(16);
      case BOOL -> number(value).signum() == 0 ? "false" : "true";
      case UNSIGNED -> number(value).toString();
      case SIGNED -> {
        BigInteger number = number(value);
        yield (bits > 0 && number.testBit(bits - 1)
                ? number.subtract(BigInteger.ONE.shiftLeft(bits))
                : number)
            .toString();
      }
    };
  }

  /** The leaf as an unsigned little-endian number. */
  public BigInteger number(byte[] value) {
    BigInteger result = BigInteger.ZERO;
    int first = bitOffset / 8;
    int last = (bitOffset + bits + 7) / 8;
    for (int i = last - 1; i >= first; i--) {
      result = result.shiftLeft(8).or(BigInteger.valueOf(value[i] & 0xff));
    }
    return result
        .shiftRight(bitOffset % 8)
        .and(BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE));
  }
}
