// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.header;

/** IP protocol and IPv6 next-header numbers. */
public final class IpProto {
  public static final int HOP_BY_HOP = 0;
  public static final int ICMP = 1;
  public static final int TCP = 6;
  public static final int UDP = 17;
  public static final int ROUTING = 43;
  public static final int FRAGMENT = 44;
  public static final int AUTH = 51;
  public static final int ICMPV6 = 58;
  public static final int NONE = 59;
  public static final int DEST_OPTIONS = 60;
  public static final int SCTP = 132;

  private IpProto() {}
}
