// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.header;

import org.jspecify.annotations.Nullable;
import org.tailwalk.datapath.kernel.SkBuff;
import org.tailwalk.packet.IpAddress;

/**
 * The fixed header of a packet as read at one moment.
 *
 * @param protocol IPv4 protocol, or the next header of the fixed IPv6 header
 * @param length IPv4 header length by IHL; 40 for IPv6
 * @param fragment the IPv4 flags and offset word, 0 for IPv6
 * @param id the IPv4 identification, 0 for IPv6
 */
public record IpHeader(
    Family family,
    IpAddress saddr,
    IpAddress daddr,
    int protocol,
    int length,
    int fragment,
    int id) {
  /** Where the network header begins. */
  public static final int L3_OFFSET = 14;

  private static final int MORE_FRAGMENTS_OR_OFFSET = 0x3fff;
  private static final int OFFSET = 0x1fff;

  /** Reads the header; null when the frame is too short to hold it. */
  public static @Nullable IpHeader read(SkBuff skb, Family family) {
    if (!skb.holds(0, family.headersEnd())) {
      return null;
    }
    return switch (family) {
      case IPV4 ->
          new IpHeader(
              family,
              skb.address(26, false),
              skb.address(30, false),
              skb.u8(23),
              (skb.u8(14) & 0x0f) * 4,
              skb.u16(20),
              skb.u16(18));
      case IPV6 ->
          new IpHeader(family, skb.address(22, true), skb.address(38, true), skb.u8(20), 40, 0, 0);
    };
  }

  /** The source address of a packet that is long enough. */
  public static IpAddress source(SkBuff skb, Family family) {
    return skb.address(family.v6() ? 22 : 26, family.v6());
  }

  /** Whether it is any part of an IPv4 datagram in fragments. */
  public boolean isFragment() {
    return (fragment & MORE_FRAGMENTS_OR_OFFSET) != 0;
  }

  /** Whether the transport header is here: all but the later fragments. */
  public boolean hasL4Header() {
    return (fragment & OFFSET) == 0;
  }

  /** Where the transport header begins when there are no IPv6 extension headers. */
  public int l4Offset() {
    return L3_OFFSET + length;
  }
}
