// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.rewrite;

import org.jspecify.annotations.Nullable;
import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.kernel.SkBuff;
import org.tailwalk.event.DropReason;
import org.tailwalk.packet.MacAddress;

/** What routing does to a packet: {@code ipv4_l3} and {@code ipv6_l3}. */
public final class L3Rewrite {
  /** An IPv6 hop limit ran out: the caller answers with time exceeded. */
  public static final int HOP_LIMIT_EXCEEDED = 1;

  private static final int IPV4_TTL_AT = 22;
  private static final int IPV4_CHECKSUM_AT = 24;
  private static final int IPV6_HOP_LIMIT_AT = 21;

  private L3Rewrite() {}

  /**
   * Takes one from TTL or hop limit, then writes the Ethernet addresses.
   *
   * @param smac kept when null
   * @return 0, a drop code, or {@link #HOP_LIMIT_EXCEEDED}
   */
  public static int apply(SkBuff skb, Family family, @Nullable MacAddress smac, MacAddress dmac) {
    int error = family.v6() ? decrementHopLimit(skb) : decrementTtl(skb);
    if (error != 0) {
      return error;
    }
    if (smac != null) {
      skb.store(6, smac);
    }
    skb.store(0, dmac);
    return 0;
  }

  private static int decrementTtl(SkBuff skb) {
    int ttl = skb.u8(IPV4_TTL_AT);
    if (ttl <= 1) {
      return Returns.drop(DropReason.DROP_INVALID);
    }
    // TTL is the first byte of its 16-bit word, the low one on a little-endian machine.
    skb.l3ChecksumReplace2(IPV4_CHECKSUM_AT, ttl << 8, ttl - 1 << 8);
    skb.store8(IPV4_TTL_AT, ttl - 1);
    return 0;
  }

  private static int decrementHopLimit(SkBuff skb) {
    int hopLimit = skb.u8(IPV6_HOP_LIMIT_AT);
    if (hopLimit <= 1) {
      return HOP_LIMIT_EXCEEDED;
    }
    skb.store8(IPV6_HOP_LIMIT_AT, hopLimit - 1);
    return 0;
  }
}
