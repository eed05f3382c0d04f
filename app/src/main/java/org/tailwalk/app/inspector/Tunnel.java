// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.inspector;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV6ExtDestinationOptionsPacket;
import org.pcap4j.packet.IpV6ExtHopByHopOptionsPacket;
import org.pcap4j.packet.IpV6ExtRoutingPacket;
import org.pcap4j.packet.IpV6Packet;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.UdpPacket;
import org.pcap4j.packet.namednumber.EtherType;

/**
 * A packet inside another, in the tunnels that pcap4j doesn't open: GRE, IP in IP, and over UDP
 * VXLAN and Geneve. The datapath looks into none of them.
 *
 * @param name of the tunnel's own header
 * @param fields that header's, a line each
 * @param length of that header; 0 for IP in IP, which has none
 * @param carried what is inside
 */
record Tunnel(String name, List<String> fields, int length, Packet carried) {
  private static final int IP_IN_IP = 4;
  private static final int IPV6_IN_IP = 41;
  private static final int GRE = 47;

  private static final int ETHERNET = 0x6558;
  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86dd;

  /** IANA's, and that of Linux and Cilium from before there was one. */
  private static final List<Integer> VXLAN_PORTS = List.of(4789, 8472);

  private static final int GENEVE_PORT = 6081;

  /** Keeps its own copy. */
  Tunnel {
    fields = List.copyOf(fields);
  }

  /**
   * What a header carries; null when it is no tunnel, or what it carries can't be read.
   *
   * @param outer the header before
   * @param from where in the frame its payload begins
   * @param to behind its payload
   */
  static @Nullable Tunnel behind(Packet.Header outer, byte[] frame, int from, int to) {
    try {
      if (outer instanceof UdpPacket.UdpHeader udp) {
        int port = udp.getDstPort().valueAsInt();
        return VXLAN_PORTS.contains(port)
            ? vxlan(frame, from, to)
            : port == GENEVE_PORT ? geneve(frame, from, to) : null;
      }
      return switch (protocol(outer)) {
        case GRE -> gre(frame, from, to);
        case IP_IN_IP -> new Tunnel("", List.of(), 0, carried(IPV4, frame, from, to));
        case IPV6_IN_IP -> new Tunnel("", List.of(), 0, carried(IPV6, frame, from, to));
        default -> null;
      };
    } catch (IllegalRawDataException | IllegalArgumentException | BufferUnderflowException e) {
      return null; // cut off or malformed: it stays a payload
    }
  }

  /** The number of what follows an IP header; -1 for other headers. */
  private static int protocol(Packet.Header header) {
    return switch (header) {
      case IpV4Packet.IpV4Header ip -> ip.getProtocol().value() & 0xff;
      case IpV6Packet.IpV6Header ip -> ip.getNextHeader().value() & 0xff;
      case IpV6ExtHopByHopOptionsPacket.IpV6ExtHopByHopOptionsHeader ip ->
          ip.getNextHeader().value() & 0xff;
      case IpV6ExtRoutingPacket.IpV6ExtRoutingHeader ip -> ip.getNextHeader().value() & 0xff;
      case IpV6ExtDestinationOptionsPacket.IpV6ExtDestinationOptionsHeader ip ->
          ip.getNextHeader().value() & 0xff;
      default -> -1;
    };
  }

  private static Packet carried(int type, byte[] frame, int from, int to)
      throws IllegalRawDataException {
    return switch (type) {
      case ETHERNET -> EthernetPacket.newPacket(frame, from, to - from);
      case IPV4 -> IpV4Packet.newPacket(frame, from, to - from);
      case IPV6 -> IpV6Packet.newPacket(frame, from, to - from);
      default -> throw new IllegalArgumentException("carries 0x%04x".formatted(type));
    };
  }

  private static String type(int type) {
    return "Protocol type: "
        + (type == ETHERNET
            ? "0x6558 (Transparent Ethernet bridging)"
            : EtherType.getInstance((short) type));
  }

  /** RFC 2784 with the key and the sequence number of RFC 2890. */
  private static @Nullable Tunnel gre(byte[] frame, int from, int to)
      throws IllegalRawDataException {
    ByteBuffer in = ByteBuffer.wrap(frame, from, to - from);
    int flags = in.getShort() & 0xffff;
    int type = in.getShort() & 0xffff;
    if ((flags & 0x4007) != 0) {
      return null; // RFC 1701's routing, or PPTP's version
    }
    List<String> fields = new ArrayList<>();
    fields.add("Flags and version: 0x%04x".formatted(flags));
    fields.add(type(type));
    if ((flags & 0x8000) != 0) {
      fields.add("Checksum: 0x%04x".formatted(in.getShort() & 0xffff));
      in.getShort();
    }
    if ((flags & 0x2000) != 0) {
      fields.add("Key: 0x%08x".formatted(in.getInt()));
    }
    if ((flags & 0x1000) != 0) {
      fields.add("Sequence number: %d".formatted(in.getInt() & 0xffffffffL));
    }
    int length = in.position() - from;
    return new Tunnel("GRE", fields, length, carried(type, frame, in.position(), to));
  }

  /** RFC 7348. */
  private static @Nullable Tunnel vxlan(byte[] frame, int from, int to)
      throws IllegalRawDataException {
    ByteBuffer in = ByteBuffer.wrap(frame, from, to - from);
    int flags = in.get() & 0xff;
    in.get();
    int group = in.getShort() & 0xffff;
    int vni = in.getInt() >>> 8;
    if ((flags & 0x08) == 0) {
      return null;
    }
    return new Tunnel(
        "VXLAN",
        List.of(
            "Flags: 0x%02x".formatted(flags),
            "Group policy ID: %d".formatted(group),
            "VXLAN network identifier (VNI): %d".formatted(vni)),
        8,
        carried(ETHERNET, frame, in.position(), to));
  }

  /** RFC 8926. */
  private static @Nullable Tunnel geneve(byte[] frame, int from, int to)
      throws IllegalRawDataException {
    ByteBuffer in = ByteBuffer.wrap(frame, from, to - from);
    int first = in.get() & 0xff;
    int flags = in.get() & 0xff;
    int type = in.getShort() & 0xffff;
    int vni = in.getInt() >>> 8;
    int options = (first & 0x3f) * 4;
    if (first >> 6 != 0) {
      return null; // of a later version
    }
    return new Tunnel(
        "Geneve",
        List.of(
            "Options: %d bytes".formatted(options),
            "Flags: 0x%02x".formatted(flags),
            type(type),
            "Virtual network identifier (VNI): %d".formatted(vni)),
        8 + options,
        carried(type, frame, in.position() + options, to));
  }
}
