// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.packet;

/**
 * An address prefix.
 *
 * @param address the address; bits beyond the length are kept as given
 * @param length 0 to 32, or 0 to 128
 */
public record Prefix(IpAddress address, int length) {
  /** Rejects a length that the family does not have. */
  public Prefix {
    int most = address.v6() ? 128 : 32;
    if (length < 0 || length > most) {
      throw new IllegalArgumentException("prefix length " + length + " is not in 0.." + most);
    }
  }

  /** Parses {@code 10.0.0.0/8}; an address alone stands for its full length. */
  public static Prefix parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return host(IpAddress.parse(text));
    }
    IpAddress address = IpAddress.parse(text.substring(0, slash));
    try {
      return new Prefix(address, Integer.parseInt(text.substring(slash + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not an address prefix: \"" + text + "\"", e);
    }
  }

  /** The prefix that holds this address alone. */
  public static Prefix host(IpAddress address) {
    return new Prefix(address, address.v6() ? 128 : 32);
  }

  /** Whether the address lies inside. */
  public boolean contains(IpAddress other) {
    if (other.v6() != address.v6()) {
      return false;
    }
    byte[] a = address.toBytes();
    byte[] b = other.toBytes();
    for (int bit = 0; bit < length; bit++) {
      int shift = 7 - bit % 8;
      if ((a[bit / 8] >> shift & 1) != (b[bit / 8] >> shift & 1)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return address + "/" + length;
  }
}
