// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.header;

import org.tailwalk.datapath.kernel.SkBuff;

/** The link-layer type check of the entry programs. */
public final class EtherType {
  /** ARP. */
  public static final int ARP = 0x0806;

  private static final int FIRST_TYPE = 0x0600;

  private EtherType() {}

  /** The type, or -1 when the frame has no Ethernet II header. */
  public static int of(SkBuff skb) {
    if (!skb.holds(0, 14)) {
      return -1;
    }
    int type = skb.u16(12);
    return type < FIRST_TYPE ? -1 : type;
  }
}
