// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.header;

import org.tailwalk.datapath.kernel.SkBuff;

/**
 * Where a packet's transport header is.
 *
 * @param error 0, or the drop code of IPv6 headers that can't be walked
 * @param protocol behind all extension headers
 * @param offset from the destination MAC; may lie beyond the frame
 * @param present false in later fragments: what stands at the offset is payload
 */
public record Transport(int error, int protocol, int offset, boolean present) {
  /** Finds it by IHL, or by walking the extension headers. */
  public static Transport of(SkBuff skb, IpHeader ip) {
    if (!ip.family().v6()) {
      return new Transport(0, ip.protocol(), ip.l4Offset(), ip.hasL4Header());
    }
    Ipv6HeaderWalk walk = Ipv6HeaderWalk.of(skb, ip);
    return new Transport(walk.error(), walk.nextHeader(), walk.l4Offset(), true);
  }

  /**
   * Where reverse translation looks for it. Its walk begins with the protocol that conntrack's walk
   * ended with, so it ends at once: IPv6 extension headers are not stepped over, and what stands
   * there is rewritten instead (executed).
   */
  public static Transport behindFixedHeader(IpHeader ip, int protocol) {
    return new Transport(0, protocol, ip.l4Offset(), ip.hasL4Header());
  }
}
