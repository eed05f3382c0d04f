// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.packet;

import java.util.HexFormat;

/**
 * An Ethernet address.
 *
 * @param value the six bytes as a number, the first on the wire highest (0 to 2^48 - 1)
 */
public record MacAddress(long value) {
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

  /** Rejects numbers of more than 48 bits. */
  public MacAddress {
    if (value >>> 48 != 0) {
      throw new IllegalArgumentException("more than 48 bits: " + Long.toHexString(value));
    }
  }

  /** Six bytes from {@code offset}, as on the wire. */
  public static MacAddress of(byte[] data, int offset) {
    long value = 0;
    for (int i = 0; i < 6; i++) {
      value = value << 8 | data[offset + i] & 0xff;
    }
    return new MacAddress(value);
  }

  /**
   * Parses {@code 02:00:00:00:00:01}.
   *
   * @throws IllegalArgumentException when the text is anything else
   */
  public static MacAddress parse(String text) {
    byte[] data;
    try {
      data = COLONS.parseHex(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not a MAC address: \"" + text + "\"", e);
    }
    if (data.length != 6) {
      throw new IllegalArgumentException("not a MAC address: \"" + text + "\"");
    }
    return of(data, 0);
  }

  /** The six bytes as on the wire. */
  public byte[] toBytes() {
    byte[] data = new byte[6];
    for (int i = 0; i < 6; i++) {
      data[i] = (byte) (value >>> (40 - 8 * i));
    }
    return data;
  }

  @Override
  public String toString() {
    return COLONS.formatHex(toBytes());
  }
}
