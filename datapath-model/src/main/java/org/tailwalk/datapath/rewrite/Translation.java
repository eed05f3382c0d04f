// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.rewrite;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.header.IpProto;
import org.tailwalk.datapath.header.Transport;
import org.tailwalk.datapath.kernel.Checksum;
import org.tailwalk.datapath.kernel.Errno;
import org.tailwalk.datapath.kernel.SkBuff;
import org.tailwalk.event.DropReason;
import org.tailwalk.packet.IpAddress;

/** Address and port translation with the checksums that depend on it (section 2.9). */
public final class Translation {
  private static final int IPV4_CHECKSUM_AT = 24;
  private static final int SPORT_AT = 0;
  private static final int DPORT_AT = 2;

  private Translation() {}

  private static int at(Family family, boolean source) {
    return switch (family) {
      case IPV4 -> source ? 26 : 30;
      case IPV6 -> source ? 22 : 38;
    };
  }

  /**
   * Writes new addresses and mends the checksums that cover them.
   *
   * @param mend whether a transport checksum stands where its header would be
   * @param saddr the new source, null to keep it
   * @param daddr the new destination, null to keep it
   * @return 0 or a drop code
   */
  public static int addresses(
      SkBuff skb,
      Family family,
      Transport transport,
      boolean mend,
      @Nullable IpAddress saddr,
      @Nullable IpAddress daddr) {
    int sum = 0;
    if (daddr != null) {
      sum = replace(skb, at(family, false), daddr, sum);
    }
    if (saddr != null) {
      sum = replace(skb, at(family, true), saddr, sum);
    }
    if (!family.v6() && skb.l3ChecksumReplaceByDiff(IPV4_CHECKSUM_AT, sum) != 0) {
      return Returns.drop(DropReason.DROP_CSUM_L3);
    }
    L4Checksum l4 = L4Checksum.of(transport.protocol());
    int at = transport.offset() + l4.offset();
    // With IPv6 nobody asks whether there is a checksum: SCTP, which has none of this kind, gets
    // its
    // source port "mended" (shown by the original's programs; lab note
    // small-things-about-services).
    if (mend
        && (l4.present() || family.v6())
        && skb.l4ChecksumReplaceByDiff(at, sum, l4.flags()) != 0) {
      return Returns.drop(DropReason.DROP_CSUM_L4);
    }
    return 0;
  }

  private static int replace(SkBuff skb, int offset, IpAddress to, int seed) {
    byte[] now = to.toBytes();
    byte[] before = skb.bytes(offset, now.length);
    skb.store(offset, now);
    return Arrays.equals(before, now) ? seed : Checksum.diff(before, now, seed);
  }

  /** Writes a new destination port; 0 or a drop code. */
  public static int destinationPort(SkBuff skb, Transport transport, int from, int to) {
    return port(skb, transport, DPORT_AT, from, to);
  }

  /**
   * Writes a new source port, where the protocol has ports.
   *
   * @return 0, a drop code, or the raw helper error number
   */
  public static int sourcePort(SkBuff skb, Transport transport, int to) {
    return switch (transport.protocol()) {
      case IpProto.TCP, IpProto.UDP, IpProto.SCTP -> {
        int at = transport.offset() + SPORT_AT;
        if (!skb.holds(at, 2)) {
          yield Errno.EFAULT;
        }
        int from = skb.u16(at);
        yield from == to ? 0 : port(skb, transport, SPORT_AT, from, to);
      }
      case IpProto.ICMP, IpProto.ICMPV6 -> 0;
      default -> Returns.drop(DropReason.DROP_UNKNOWN_L4);
    };
  }

  private static int port(SkBuff skb, Transport transport, int portAt, int from, int to) {
    L4Checksum l4 = L4Checksum.of(transport.protocol());
    // SCTP has no checksum that could be mended: the rewrite is refused.
    if (!l4.present()
        || skb.l4ChecksumReplace2(transport.offset() + l4.offset(), from, to, l4.flags()) != 0) {
      return Returns.drop(DropReason.DROP_CSUM_L4);
    }
    skb.store16(transport.offset() + portAt, to);
    return 0;
  }
}
