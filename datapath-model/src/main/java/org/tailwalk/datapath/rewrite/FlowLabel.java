// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.rewrite;

import org.tailwalk.datapath.header.IpHeader;
import org.tailwalk.datapath.kernel.SkBuff;

/** Carries the identity in the IPv6 flow label of packets for the stack. */
public final class FlowLabel {
  private static final long VERSION = 0x60000000L;
  private static final long TRAFFIC_CLASS = 0x0ff00000L;

  private FlowLabel() {}

  /** Writes version and label, keeps the traffic class. */
  public static void store(SkBuff skb, long identity) {
    long word = skb.u32(IpHeader.L3_OFFSET);
    skb.store32(IpHeader.L3_OFFSET, VERSION | word & TRAFFIC_CLASS | identity & 0xffffffffL);
  }
}
