// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.header;

import org.tailwalk.datapath.kernel.SkBuff;
import org.tailwalk.event.DropReason;

/**
 * The walk over IPv6 extension headers ({@code ipv6_hdrlen}, section 2.2).
 *
 * @param error 0, or the negative drop code
 * @param length all headers in front of the transport header, 0 after an error
 * @param nextHeader the transport protocol, 0 after an error
 */
public record Ipv6HeaderWalk(int error, int length, int nextHeader) {
  private static final int MOST_HEADERS = 4;
  private static final int FIXED = 40;

  /** Walks from the fixed header's next header. */
  public static Ipv6HeaderWalk of(SkBuff skb, IpHeader ip) {
    int length = FIXED;
    int next = ip.protocol();
    for (int i = 0; i < MOST_HEADERS; i++) {
      switch (next) {
        case IpProto.NONE -> {
          return failed(DropReason.DROP_INVALID_EXTHDR);
        }
        case IpProto.FRAGMENT -> {
          return failed(DropReason.DROP_FRAG_NOSUPPORT);
        }
        case IpProto.HOP_BY_HOP, IpProto.ROUTING, IpProto.AUTH, IpProto.DEST_OPTIONS -> {
          int at = IpHeader.L3_OFFSET + length;
          if (!skb.holds(at, 2)) {
            return failed(DropReason.DROP_INVALID);
          }
          next = skb.u8(at);
          int units = skb.u8(at + 1);
          // The length formula is chosen by the header that follows, not by the one measured.
          length += next == IpProto.AUTH ? (units + 2) * 4 : (units + 1) * 8;
        }
        default -> {
          return new Ipv6HeaderWalk(0, length, next);
        }
      }
    }
    return failed(DropReason.DROP_INVALID_EXTHDR);
  }

  private static Ipv6HeaderWalk failed(DropReason reason) {
    return new Ipv6HeaderWalk(-reason.code(), 0, 0);
  }

  /** Where the transport header begins. */
  public int l4Offset() {
    return IpHeader.L3_OFFSET + length;
  }
}
