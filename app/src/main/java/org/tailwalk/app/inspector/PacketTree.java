// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.inspector;

import java.util.ArrayList;
import java.util.List;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.UnknownPacket;
import org.pcap4j.packet.namednumber.EtherType;
import org.pcap4j.packet.namednumber.IpNumber;
import org.tailwalk.app.text.Texts;
import org.tailwalk.packet.Bytes;

/**
 * A frame as pcap4j reads it, layer by layer, as far as it is well formed; {@link Tunnel} opens
 * what pcap4j leaves closed.
 */
final class PacketTree {
  private static final Texts TEXTS = Texts.of(PacketTree.class);

  /** A frame of tunnels in tunnels ends somewhere. */
  private static final int MAX_TUNNELS = 8;

  private PacketTree() {}

  private static String titled(String name, int length) {
    return name + " · " + TEXTS.get("length", Integer.toString(length));
  }

  static List<PacketNode> of(Bytes frame) {
    byte[] data = frame.toArray();
    List<PacketNode> layers = new ArrayList<>();
    if (data.length == 0) {
      return layers;
    }
    Packet packet;
    try {
      packet = EthernetPacket.newPacket(data, 0, data.length);
    } catch (IllegalRawDataException | IllegalArgumentException e) {
      layers.add(
          new PacketNode(
              TEXTS.get("unreadable", String.valueOf(e.getMessage())), 0, data.length, List.of()));
      return layers;
    }
    int at = read(packet, data, 0, 0, layers);
    if (at < data.length) {
      layers.add(
          new PacketNode(
              titled(TEXTS.get("trailer"), data.length - at), at, data.length, List.of()));
    }
    return layers;
  }

  /** Adds the layers of a packet and of what it carries; returns where the last one ends. */
  private static int read(
      Packet packet, byte[] data, int from, int depth, List<PacketNode> layers) {
    int at = from;
    Packet.Header outer = null;
    for (Packet layer = packet; layer != null; layer = layer.getPayload()) {
      Packet.Header header = layer.getHeader();
      int length = header == null ? layer.length() : header.length();
      int end = Math.min(data.length, at + length);
      Tunnel tunnel =
          layer instanceof UnknownPacket && outer != null && depth < MAX_TUNNELS
              ? Tunnel.behind(outer, data, at, end)
              : null;
      if (tunnel != null) {
        int inner = at + tunnel.length();
        if (inner > at) {
          layers.add(node(tunnel.name(), tunnel.fields(), at, inner));
        }
        return read(tunnel.carried(), data, inner, depth + 1, layers);
      }
      layers.add(
          header == null
              ? new PacketNode(titled(TEXTS.get("payload"), end - at), at, end, List.of())
              : node(title(header), header.toString().lines().toList(), at, end));
      at = end;
      outer = header;
    }
    return at;
  }

  private static PacketNode node(String title, List<String> lines, int from, int to) {
    List<PacketNode> fields = new ArrayList<>();
    for (String line : lines) {
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("[")) {
        fields.add(new PacketNode(text, from, to, List.of()));
      }
    }
    return new PacketNode(titled(title, to - from), from, to, fields);
  }

  /** {@code TcpPacket.TcpHeader} becomes {@code TCP}. */
  private static String title(Packet.Header header) {
    String name = header.getClass().getSimpleName().replaceFirst("Header$", "");
    return switch (name) {
      case "Ethernet" -> "Ethernet";
      case "IpV4" -> "IPv4";
      case "IpV6" -> "IPv6";
      case "Tcp", "Udp", "Arp", "Sctp", "Dns" -> name.toUpperCase(java.util.Locale.ROOT);
      default -> name.replace("IcmpV4", "ICMPv4 ").replace("IcmpV6", "ICMPv6 ").strip();
    };
  }

  /** The factories load some hundred classes: done before the first packet is looked at. */
  static void warm() {
    EtherType.getInstance((short) 0x0800);
    IpNumber.getInstance((byte) 6);
  }
}
