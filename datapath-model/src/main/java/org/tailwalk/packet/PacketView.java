// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a frame, as far as the bytes reach. A view never fails: what is cut off or unknown
 * is absent.
 *
 * @param bytes the frame from the destination MAC on, or a packet from its IP header on
 * @param ethernet null below 14 bytes, and for a packet that has none
 * @param network {@link Layer.Ip} or {@link Layer.Arp}; null for others
 * @param transport null for others, later fragments and cut headers
 */
public record PacketView(
    Bytes bytes,
    Layer.@Nullable Ethernet ethernet,
    @Nullable Layer network,
    @Nullable Layer transport) {

  /** Reads a frame that begins with its destination MAC. */
  public static PacketView of(Bytes bytes) {
    Layer.Ethernet ethernet = ethernet(bytes);
    if (ethernet == null) {
      return new PacketView(bytes, null, null, null);
    }
    Layer network =
        switch (ethernet.etherType()) {
          case Protocols.ETH_IPV4 -> ipv4(bytes, ethernet.length());
          case Protocols.ETH_IPV6 -> ipv6(bytes, ethernet.length());
          case Protocols.ETH_ARP -> arp(bytes, ethernet.length());
          default -> null;
        };
    return new PacketView(bytes, ethernet, network, transport(bytes, network));
  }

  /** Reads a packet that begins with its IP header, such as one quoted by an ICMP error. */
  public static PacketView ofIp(Bytes bytes, int offset) {
    int version = bytes.length() > offset ? bytes.at(offset) >> 4 : 0;
    Layer network =
        switch (version) {
          case 4 -> ipv4(bytes, offset);
          case 6 -> ipv6(bytes, offset);
          default -> null;
        };
    return new PacketView(bytes, null, network, transport(bytes, network));
  }

  private static Layer.@Nullable Ethernet ethernet(Bytes b) {
    if (b.length() < 14) {
      return null;
    }
    List<Integer> vlans = new ArrayList<>();
    int at = 12;
    int type = b.u16(at);
    while ((type == Protocols.ETH_VLAN || type == Protocols.ETH_QINQ) && b.length() >= at + 6) {
      vlans.add(b.u16(at + 2));
      at += 4;
      type = b.u16(at);
    }
    return new Layer.Ethernet(mac(b, 0), mac(b, 6), type, vlans);
  }

  private static MacAddress mac(Bytes b, int at) {
    return new MacAddress((long) b.u16(at) << 32 | b.u32(at + 2));
  }

  private static IpAddress v4(Bytes b, int at) {
    return IpAddress.v4(b.u32(at));
  }

  private static IpAddress v6(Bytes b, int at) {
    return new IpAddress(
        true, b.u32(at) << 32 | b.u32(at + 4), b.u32(at + 8) << 32 | b.u32(at + 12));
  }

  private static Layer.@Nullable Ipv4 ipv4(Bytes b, int at) {
    if (b.length() < at + 20) {
      return null;
    }
    return new Layer.Ipv4(
        at,
        (b.at(at) & 15) * 4,
        b.at(at + 1),
        b.u16(at + 2),
        b.u16(at + 4),
        b.u16(at + 6),
        b.at(at + 8),
        b.at(at + 9),
        b.u16(at + 10),
        v4(b, at + 12),
        v4(b, at + 16));
  }

  private static Layer.@Nullable Ipv6 ipv6(Bytes b, int at) {
    if (b.length() < at + 40) {
      return null;
    }
    int next = b.at(at + 6);
    int protocol = next;
    int end = at + 40;
    int fragmentOffset = 0;
    List<Integer> extensions = new ArrayList<>();
    while (extension(protocol) && b.length() >= end + 8 && extensions.size() < 16) {
      extensions.add(protocol);
      int following = b.at(end);
      int length =
          switch (protocol) {
            case Protocols.FRAGMENT -> 8;
            case Protocols.AUTH -> (b.at(end + 1) + 2) * 4;
            default -> (b.at(end + 1) + 1) * 8;
          };
      if (protocol == Protocols.FRAGMENT) {
        fragmentOffset = b.u16(end + 2) >> 3;
      }
      protocol = following;
      end += length;
    }
    return new Layer.Ipv6(
        at,
        end - at,
        b.u16(at) >> 4 & 0xff,
        (int) (b.u32(at) & 0xfffff),
        b.u16(at + 4),
        next,
        b.at(at + 7),
        v6(b, at + 8),
        v6(b, at + 24),
        protocol,
        extensions,
        fragmentOffset);
  }

  private static boolean extension(int protocol) {
    return switch (protocol) {
      case Protocols.HOP_BY_HOP,
          Protocols.ROUTING,
          Protocols.FRAGMENT,
          Protocols.AUTH,
          Protocols.DESTINATION ->
          true;
      default -> false;
    };
  }

  private static Layer.@Nullable Arp arp(Bytes b, int at) {
    if (b.length() < at + 28 || b.u16(at) != 1 || b.u16(at + 2) != Protocols.ETH_IPV4) {
      return null;
    }
    return new Layer.Arp(
        at, b.u16(at + 6), mac(b, at + 8), v4(b, at + 14), mac(b, at + 18), v4(b, at + 24));
  }

  private static @Nullable Layer transport(Bytes b, @Nullable Layer network) {
    if (!(network instanceof Layer.Ip ip) || ip.laterFragment() || ip.length() < 20) {
      return null;
    }
    int at = ip.payload();
    int left = b.length() - at;
    return switch (ip.protocol()) {
      case Protocols.TCP ->
          left < 14
              ? null
              : new Layer.Tcp(
                  at,
                  (b.at(at + 12) >> 4) * 4,
                  b.u16(at),
                  b.u16(at + 2),
                  b.u32(at + 4),
                  b.u32(at + 8),
                  b.at(at + 13),
                  left < 16 ? 0 : b.u16(at + 14),
                  left < 18 ? 0 : b.u16(at + 16));
      case Protocols.UDP ->
          left < 8
              ? null
              : new Layer.Udp(at, b.u16(at), b.u16(at + 2), b.u16(at + 4), b.u16(at + 6));
      case Protocols.SCTP ->
          left < 12
              ? null
              : new Layer.Sctp(at, b.u16(at), b.u16(at + 2), left < 13 ? -1 : b.at(at + 12));
      case Protocols.ICMP -> icmp(b, at, left, false);
      case Protocols.ICMPV6 -> icmp(b, at, left, true);
      default -> null;
    };
  }

  private static Layer.@Nullable Icmp icmp(Bytes b, int at, int left, boolean v6) {
    if (left < 2) {
      return null;
    }
    int type = b.at(at);
    boolean echo = v6 ? type == 128 || type == 129 : type == 0 || type == 8;
    boolean whole = echo && left >= 8;
    return new Layer.Icmp(
        at, v6, type, b.at(at + 1), whole ? b.u16(at + 4) : -1, whole ? b.u16(at + 6) : -1);
  }

  /** The IP layer. */
  public Optional<Layer.Ip> ip() {
    return network instanceof Layer.Ip ip ? Optional.of(ip) : Optional.empty();
  }

  /** The packet that an ICMP error quotes, as far as it does. */
  public Optional<PacketView> quoted() {
    return transport instanceof Layer.Icmp icmp
            && icmp.error()
            && bytes.length() > icmp.offset() + 8
        ? Optional.of(ofIp(bytes, icmp.offset() + 8))
        : Optional.empty();
  }

  /** Where the transport's payload begins, not beyond the captured bytes. */
  public int payload() {
    Layer last = transport != null ? transport : network;
    return last == null ? bytes.length() : Math.min(bytes.length(), last.offset() + last.length());
  }
}
