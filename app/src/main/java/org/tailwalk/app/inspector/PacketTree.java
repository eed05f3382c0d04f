// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.inspector;

import java.util.ArrayList;
import java.util.List;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.namednumber.EtherType;
import org.pcap4j.packet.namednumber.IpNumber;
import org.tailwalk.app.text.Texts;
import org.tailwalk.packet.Bytes;

/** A frame as pcap4j reads it, layer by layer, as far as it is well formed. */
final class PacketTree {
  private static final Texts TEXTS = Texts.of(PacketTree.class);

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
    int at = 0;
    for (Packet layer = packet; layer != null; layer = layer.getPayload()) {
      Packet.Header header = layer.getHeader();
      int length = header == null ? layer.length() : header.length();
      int end = Math.min(data.length, at + length);
      layers.add(
          header == null
              ? new PacketNode(titled(TEXTS.get("payload"), end - at), at, end, List.of())
              : layer(header, at, end));
      at = end;
    }
    if (at < data.length) {
      layers.add(
          new PacketNode(
              titled(TEXTS.get("trailer"), data.length - at), at, data.length, List.of()));
    }
    return layers;
  }

  private static PacketNode layer(Packet.Header header, int from, int to) {
    List<PacketNode> fields = new ArrayList<>();
    for (String line : header.toString().lines().toList()) {
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("[")) {
        fields.add(new PacketNode(text, from, to, List.of()));
      }
    }
    return new PacketNode(titled(title(header), to - from), from, to, fields);
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
