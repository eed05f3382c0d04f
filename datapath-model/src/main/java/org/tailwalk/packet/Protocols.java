// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.packet;

import java.util.Map;
import java.util.Optional;

/** Numbers of protocols, and their names as people write them. */
public final class Protocols {
  public static final int ETH_IPV4 = 0x0800;
  public static final int ETH_ARP = 0x0806;
  public static final int ETH_VLAN = 0x8100;
  public static final int ETH_QINQ = 0x88a8;
  public static final int ETH_IPV6 = 0x86dd;

  public static final int HOP_BY_HOP = 0;
  public static final int ICMP = 1;
  public static final int IGMP = 2;
  public static final int IPIP = 4;
  public static final int TCP = 6;
  public static final int UDP = 17;
  public static final int IPV6 = 41;
  public static final int ROUTING = 43;
  public static final int FRAGMENT = 44;
  public static final int GRE = 47;
  public static final int ESP = 50;
  public static final int AUTH = 51;
  public static final int ICMPV6 = 58;
  public static final int NO_NEXT = 59;
  public static final int DESTINATION = 60;
  public static final int SCTP = 132;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(ICMP, "ICMP"),
          Map.entry(IGMP, "IGMP"),
          Map.entry(IPIP, "IPIP"),
          Map.entry(TCP, "TCP"),
          Map.entry(UDP, "UDP"),
          Map.entry(IPV6, "IPv6"),
          Map.entry(33, "DCCP"),
          Map.entry(GRE, "GRE"),
          Map.entry(ESP, "ESP"),
          Map.entry(AUTH, "AH"),
          Map.entry(ICMPV6, "ICMPv6"),
          Map.entry(NO_NEXT, "no next header"),
          Map.entry(88, "EIGRP"),
          Map.entry(89, "OSPF"),
          Map.entry(103, "PIM"),
          Map.entry(112, "VRRP"),
          Map.entry(SCTP, "SCTP"),
          Map.entry(136, "UDPLite"));

  private Protocols() {}

  /** The name of an IP protocol; {@code protocol N} where we know none. */
  public static String name(int protocol) {
    return Optional.ofNullable(NAMES.get(protocol)).orElse("protocol " + protocol);
  }

  /** The number of a protocol's name, in any case. */
  public static Optional<Integer> number(String name) {
    return NAMES.entrySet().stream()
        .filter(e -> e.getValue().equalsIgnoreCase(name))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
