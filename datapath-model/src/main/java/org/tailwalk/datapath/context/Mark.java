// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.context;

/** The packet mark (section 8.3). */
public final class Mark {
  public static final int MAGIC_MASK = 0x0F00;
  public static final int PROXY_EGRESS_EPID = 0x0900;
  public static final int PROXY_INGRESS = 0x0A00;
  public static final int PROXY_EGRESS = 0x0B00;
  public static final int HOST = 0x0C00;
  public static final int ENCRYPT = 0x0E00;
  public static final int IDENTITY = 0x0F00;
  public static final int TO_PROXY = 0x0200;

  private static final int KEY_MASK = 0xFF00;

  private Mark() {}

  /** The mark with an identity written into it. */
  public static long withIdentity(long mark, long identity) {
    return mark & KEY_MASK | (identity & 0xFFFF) << 16 | (identity & 0xFF0000) >> 16;
  }

  /** The identity a mark carries. */
  public static long identity(long mark) {
    return (mark & 0xFF) << 16 | mark >> 16;
  }

  /** The endpoint id in a mark of {@link #PROXY_EGRESS_EPID}. */
  public static long endpointId(long mark) {
    return mark >> 16;
  }

  /**
   * The mark that hands a packet to the proxy.
   *
   * @param rawPort network order, as loaded into a little-endian 16-bit number; 0 for none
   */
  public static long toProxy(int rawPort) {
    return TO_PROXY | (long) rawPort << 16;
  }
}
