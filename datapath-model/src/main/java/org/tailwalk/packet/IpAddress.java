// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.packet;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * An IPv4 or IPv6 address.
 *
 * @param v6 the family
 * @param hi the first eight bytes of an IPv6 address as a number, 0 for IPv4
 * @param lo the last eight bytes of an IPv6 address, or the four of an IPv4 address, as a number
 */
public record IpAddress(boolean v6, long hi, long lo) implements Comparable<IpAddress> {
  /** 0.0.0.0. */
  public static final IpAddress ANY4 = new IpAddress(false, 0, 0);

  /** The address ::. */
  public static final IpAddress ANY6 = new IpAddress(true, 0, 0);

  /** Rejects IPv4 numbers of more than 32 bits. */
  public IpAddress {
    if (!v6 && (hi != 0 || lo >>> 32 != 0)) {
      throw new IllegalArgumentException("more than 32 bits for an IPv4 address");
    }
  }

  /** An IPv4 address from its number, first byte highest. */
  public static IpAddress v4(long value) {
    return new IpAddress(false, 0, value & 0xffffffffL);
  }

  /** Four bytes from {@code offset}, network order. */
  public static IpAddress v4(byte[] data, int offset) {
    return v4(number(data, offset, 4));
  }

  /** Sixteen bytes from {@code offset}, network order. */
  public static IpAddress v6(byte[] data, int offset) {
    return new IpAddress(true, number(data, offset, 8), number(data, offset + 8, 8));
  }

  private static long number(byte[] data, int offset, int length) {
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = value << 8 | data[offset + i] & 0xff;
    }
    return value;
  }

  /**
   * Parses a literal address; names are never looked up.
   *
   * @throws IllegalArgumentException when the text is not an address
   */
  public static IpAddress parse(String text) {
    if (text.indexOf(':') >= 0) {
      if (!text.matches("[0-9a-fA-F:.]+")) {
        throw new IllegalArgumentException("not an IP address: \"" + text + "\"");
      }
      try {
        byte[] data = InetAddress.getByName(text).getAddress();
        if (data.length == 4) {
          byte[] mapped = new byte[16];
          mapped[10] = (byte) 0xff;
          mapped[11] = (byte) 0xff;
          System.arraycopy(data, 0, mapped, 12, 4);
          return v6(mapped, 0);
        }
        return v6(data, 0);
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException("not an IP address: \"" + text + "\"", e);
      }
    }
    String[] parts = text.split("\\.", -1);
    long value = 0;
    if (parts.length == 4) {
      for (String part : parts) {
        if (!part.matches("\\d{1,3}") || Integer.parseInt(part) > 255) {
          throw new IllegalArgumentException("not an IP address: \"" + text + "\"");
        }
        value = value << 8 | Integer.parseInt(part);
      }
      return v4(value);
    }
    throw new IllegalArgumentException("not an IP address: \"" + text + "\"");
  }

  /** 4 or 16 bytes in network order. */
  public byte[] toBytes() {
    byte[] data = new byte[v6 ? 16 : 4];
    for (int i = 0; i < data.length; i++) {
      int fromEnd = data.length - 1 - i;
      data[i] = (byte) (fromEnd >= 8 ? hi >>> (8 * (fromEnd - 8)) : lo >>> (8 * fromEnd));
    }
    return data;
  }

  /** True for 0.0.0.0 and ::. */
  public boolean isZero() {
    return hi == 0 && lo == 0;
  }

  @Override
  public int compareTo(IpAddress other) {
    if (v6 != other.v6) {
      return v6 ? 1 : -1;
    }
    int high = Long.compareUnsigned(hi, other.hi);
    return high != 0 ? high : Long.compareUnsigned(lo, other.lo);
  }

  /** Dotted quad, or IPv6 compressed as in RFC 5952. */
  @Override
  public String toString() {
    if (!v6) {
      return (lo >> 24 & 0xff)
          + "."
          + (lo >> 16 & 0xff)
          + "."
          + (lo >> 8 & 0xff)
          + "."
          + (lo & 0xff);
    }
    int[] groups = new int[8];
    for (int i = 0; i < 8; i++) {
      groups[i] = (int) ((i < 4 ? hi : lo) >>> (48 - 16 * (i % 4))) & 0xffff;
    }
    int best = -1;
    int bestLength = 1;
    for (int i = 0; i < 8; i++) {
      int run = 0;
      while (i + run < 8 && groups[i + run] == 0) {
        run++;
      }
      if (run > bestLength) {
        best = i;
        bestLength = run;
      }
    }
    if (best < 0) {
      return join(groups, 0, 8);
    }
    return join(groups, 0, best) + "::" + join(groups, best + bestLength, 8);
  }

  private static String join(int[] groups, int from, int to) {
    return String.join(
        ":", Arrays.stream(groups, from, to).mapToObj(Integer::toHexString).toList());
  }
}
