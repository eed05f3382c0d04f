// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.inspector;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.FragmentedPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpPacket;
import org.pcap4j.packet.IpV4Packet.IpV4Header;
import org.pcap4j.packet.IpV6ExtFragmentPacket.IpV6ExtFragmentHeader;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.TcpPacket;
import org.pcap4j.packet.UnknownPacket;
import org.pcap4j.packet.factory.PacketFactories;
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

  private final byte[] data;
  private final List<PacketNode> layers;
  private final Checksums sums;
  private boolean filtered = true;
  private boolean seenNetwork;

  private PacketTree(byte[] data, List<PacketNode> layers) {
    this.data = data;
    this.layers = layers;
    this.sums = new Checksums(data);
  }

  /** A length in words. */
  static String bytes(int length) {
    return TEXTS.get("length", Integer.toString(length));
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
      String why = TEXTS.get("unreadable", String.valueOf(e.getMessage()));
      layers.add(PacketNode.plain("unreadable", why, 0, data.length, List.of()));
      return layers;
    }
    PacketTree tree = new PacketTree(data, layers);
    int at = tree.read(packet, 0, 0);
    if (at < data.length) {
      tree.blank(TEXTS.get("trailer"), at, data.length);
    }
    return layers;
  }

  /** Adds the layers of a packet and of what it carries; returns where the last one ends. */
  private int read(Packet packet, int from, int depth) {
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
        filtered = false;
        if (inner > at) {
          layers.add(lines(tunnel.name(), tunnel.fields(), at, inner));
        }
        return read(tunnel.carried(), inner, depth + 1);
      }
      Packet begun = layer instanceof FragmentedPacket ? begun(outer, at, end) : null;
      if (begun != null) {
        return read(begun, at, depth);
      }
      Packet rest = IcmpFields.rest(layer);
      if (header == null) {
        payload(outer, at, end);
      } else if (rest == null) {
        header(header, at, end);
      } else {
        int middle = end;
        end = Math.min(data.length, end + rest.getHeader().length());
        icmp(header, rest.getHeader(), at, middle, end);
        layer = rest;
        header = rest.getHeader();
      }
      at = end;
      outer = header;
    }
    return at;
  }

  /** The first fragment has the header of what is carried; null for the later ones. */
  private @Nullable Packet begun(Packet.@Nullable Header outer, int at, int end) {
    IpNumber carried =
        switch (outer) {
          case IpV4Header ip when ip.getFragmentOffset() == 0 -> ip.getProtocol();
          case IpV6ExtFragmentHeader ip when ip.getFragmentOffset() == 0 -> ip.getNextHeader();
          case null, default -> null;
        };
    if (carried == null) {
      return null;
    }
    Packet read =
        PacketFactories.getFactory(Packet.class, IpNumber.class)
            .newInstance(data, at, end - at, carried);
    return read.getHeader() == null ? null : read;
  }

  /** The filter language's fields mean the outermost headers. */
  private void header(Packet.Header header, int at, int end) {
    boolean network = header instanceof IpPacket.IpHeader;
    filtered &= !(network && seenNetwork);
    seenNetwork |= network;
    String name = name(header);
    HeaderFields read = read(header, at, end);
    layers.add(
        read == null
            ? lines(name, header.toString().lines().toList(), at, end)
            : layer(name, read, at, end));
  }

  private @Nullable HeaderFields read(Packet.Header header, int at, int end) {
    sums.enter(header, at);
    return HeaderFields.of(header, data, at, end, filtered, sums);
  }

  /** One message, though pcap4j reads it in two parts. */
  private void icmp(Packet.Header first, Packet.Header second, int at, int middle, int end) {
    HeaderFields common = read(first, at, middle);
    HeaderFields rest = read(second, middle, end);
    if (common == null) {
      header(first, at, middle);
      header(second, middle, end);
      return;
    }
    if (rest == null) {
      List<String> lines = second.toString().lines().toList();
      rest = new HeaderFields("", lines("", lines, middle, end).children());
    }
    layers.add(layer(name(first), common.and(rest), at, end));
  }

  private void payload(Packet.@Nullable Header outer, int at, int end) {
    HeaderFields http =
        outer instanceof TcpPacket.TcpHeader ? HttpLines.of(data, at, end, filtered) : null;
    if (http == null) {
      blank(TEXTS.get("payload"), at, end);
    } else {
      layers.add(layer("HTTP", http, at, end));
    }
  }

  private void blank(String name, int at, int end) {
    layers.add(PacketNode.plain(name, titled(name, end - at), at, end, List.of()));
  }

  private static PacketNode layer(String name, HeaderFields read, int from, int to) {
    String title = read.about().isEmpty() ? titled(name, to - from) : name + "  " + read.about();
    return PacketNode.plain(name, title, from, to, read.fields());
  }

  private static String titled(String name, int length) {
    return name + " · " + bytes(length);
  }

  /** A header of which no more is known than lines of text. */
  private static PacketNode lines(String title, List<String> lines, int from, int to) {
    List<PacketNode> fields = new ArrayList<>();
    for (String line : lines) {
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("[")) {
        String name = text.replaceFirst(":.*", "");
        fields.add(PacketNode.plain(name, text, from, to, List.of()));
      }
    }
    return PacketNode.plain(title, titled(title, to - from), from, to, fields);
  }

  /** {@code TcpPacket.TcpHeader} becomes {@code TCP}. */
  private static String name(Packet.Header header) {
    String name = header.getClass().getSimpleName().replaceFirst("Header$", "");
    return switch (name) {
      case "Ethernet" -> "Ethernet";
      case "Dot1qVlanTag" -> "VLAN";
      case "IpV4" -> "IPv4";
      case "IpV6" -> "IPv6";
      case "Tcp", "Udp", "Arp", "Sctp", "Dns" -> name.toUpperCase(Locale.ROOT);
      default ->
          name.replaceFirst("Common$", "")
              .replace("IcmpV4", "ICMPv4 ")
              .replace("IcmpV6", "ICMPv6 ")
              .strip();
    };
  }

  /** The factories load some hundred classes: done before the first packet is looked at. */
  static void warm() {
    EtherType.getInstance((short) 0x0800);
    IpNumber.getInstance((byte) 6);
  }
}
