// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.inspector;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pcap4j.packet.ArpPacket.ArpHeader;
import org.pcap4j.packet.Dot1qVlanTagPacket.Dot1qVlanTagHeader;
import org.pcap4j.packet.EthernetPacket.EthernetHeader;
import org.pcap4j.packet.IpV4Packet.IpV4Header;
import org.pcap4j.packet.IpV6Packet.IpV6Header;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.SctpPacket.SctpHeader;
import org.pcap4j.packet.TcpPacket.TcpHeader;
import org.pcap4j.packet.UdpPacket.UdpHeader;
import org.pcap4j.packet.namednumber.EtherType;
import org.pcap4j.packet.namednumber.NamedNumber;
import org.tailwalk.app.text.Texts;
import org.tailwalk.packet.IpAddress;

/**
 * A header that pcap4j read, field by field, with the bytes of each and the filter that finds it.
 * Names of fields are Wireshark's.
 *
 * @param about the header in a few words, for when it is closed
 */
record HeaderFields(String about, List<PacketNode> fields) {
  /** IEEE 802.1Q and 802.1ad. */
  private static final Set<Integer> TAGS = Set.of(0x8100, 0x88a8);

  /** Keeps its own copy. */
  HeaderFields {
    fields = List.copyOf(fields);
  }

  /**
   * Reads a header; null for one of another kind.
   *
   * @param at where it begins in the frame
   * @param end behind its last byte
   * @param filtered whether the filter language means this header by its fields
   * @param sums has been told of all headers up to this one
   */
  static @Nullable HeaderFields of(
      Packet.Header header, byte[] frame, int at, int end, boolean filtered, Checksums sums) {
    FieldList to = new FieldList(at, end, filtered);
    return switch (header) {
      case EthernetHeader h -> ethernet(h, to);
      case Dot1qVlanTagHeader h -> vlan(h, to);
      case ArpHeader h -> arp(h, to);
      case IpV4Header h -> ipv4(h, to, sums.ofHeader(at, end));
      case IpV6Header h -> ipv6(h, to);
      case TcpHeader h -> tcp(h, frame, at, end, to, sums.ofTransport(at, 16, Checksums.TCP));
      case UdpHeader h -> udp(h, to, sums.ofTransport(at, 6, Checksums.UDP));
      case SctpHeader h -> sctp(h, to, sums.ofSctp(at));
      default -> IcmpFields.of(header, at, to, sums);
    };
  }

  /** With a header that belongs to this one: its words and fields behind these. */
  HeaderFields and(HeaderFields more) {
    List<PacketNode> all = new ArrayList<>(fields);
    all.addAll(more.fields);
    String words = more.about.isEmpty() ? about : about + "  " + more.about;
    return new HeaderFields(words, all);
  }

  private static HeaderFields ethernet(EthernetHeader h, FieldList to) {
    String dst = h.getDstAddr().toString();
    String src = h.getSrcAddr().toString();
    to.add(0, 6, "Destination", dst, "eth.dst == " + dst)
        .add(6, 6, "Source", src, "eth.src == " + src);
    type(12, h.getType(), to);
    return new HeaderFields(src + " → " + dst, to.all());
  }

  /** The filter language's {@code eth.type} is what is behind the tags. */
  private static void type(int offset, EtherType type, FieldList to) {
    String number = "0x%04x".formatted(type.value());
    boolean tag = TAGS.contains(type.value() & 0xffff);
    to.add(offset, 2, "Type", number + named(type), tag ? "" : "eth.type == " + number);
  }

  private static HeaderFields vlan(Dot1qVlanTagHeader h, FieldList to) {
    to.add(0, 1, "Priority", Integer.toString(h.getPriority()))
        .add(0, 1, "DEI", h.getCfi() ? "1" : "0")
        .number(0, 2, "ID", h.getVidAsInt(), "vlan.id");
    type(2, h.getType(), to);
    return new HeaderFields("ID " + h.getVidAsInt(), to.all());
  }

  private static HeaderFields arp(ArpHeader h, FieldList to) {
    int operation = h.getOperation().value();
    String sender = text(h.getSrcProtocolAddr());
    String target = text(h.getDstProtocolAddr());
    String senderMac = h.getSrcHardwareAddr().toString();
    String targetMac = h.getDstHardwareAddr().toString();
    to.add(0, 2, "Hardware type", number(h.getHardwareType()))
        .add(2, 2, "Protocol type", "0x%04x".formatted(h.getProtocolType().value()))
        .add(4, 1, "Hardware size", Integer.toString(h.getHardwareAddrLengthAsInt()))
        .add(5, 1, "Protocol size", Integer.toString(h.getProtocolAddrLengthAsInt()))
        .add(6, 2, "Opcode", number(h.getOperation()), "arp.opcode == " + operation)
        .add(8, 6, "Sender MAC address", senderMac, "arp.src.hw_mac == " + senderMac)
        .add(14, 4, "Sender IP address", sender, "arp.src.proto_ipv4 == " + sender)
        .add(18, 6, "Target MAC address", targetMac, "arp.dst.hw_mac == " + targetMac)
        .add(24, 4, "Target IP address", target, "arp.dst.proto_ipv4 == " + target);
    String about =
        switch (operation) {
          case 1 -> Texts.of(HeaderFields.class).get("arp.request", target, sender);
          case 2 -> Texts.of(HeaderFields.class).get("arp.reply", sender, senderMac);
          default -> "";
        };
    return new HeaderFields(about, to.all());
  }

  private static HeaderFields ipv4(IpV4Header h, FieldList to, String sum) {
    String src = text(h.getSrcAddr());
    String dst = text(h.getDstAddr());
    int tos = h.getTos().value() & 0xff;
    int flags =
        (h.getReservedFlag() ? 4 : 0)
            | (h.getDontFragmentFlag() ? 2 : 0)
            | (h.getMoreFragmentFlag() ? 1 : 0);
    List<PacketNode> bits =
        to.bits(
            6,
            1,
            flags,
            "ip.flags.",
            new FieldList.Bit(4, "Reserved", ""),
            new FieldList.Bit(2, "Don't fragment", "df"),
            new FieldList.Bit(1, "More fragments", "mf"));
    int protocol = h.getProtocol().value() & 0xff;
    to.add(0, 1, "Version", "4")
        .number(0, 1, "Header length", h.getIhlAsInt() * 4L, "ip.hdr_len")
        .add(
            1,
            1,
            "Differentiated services",
            "0x%02x (DSCP %d, ECN %d)".formatted(tos, tos >> 2, tos & 3),
            "ip.dsfield == 0x%02x".formatted(tos))
        .number(2, 2, "Total length", h.getTotalLengthAsInt(), "ip.len")
        .hex(4, 2, "Identification", h.getIdentificationAsInt(), "ip.id")
        .add(6, 1, "Flags", "0x%x%s".formatted(flags, set(bits)), "", bits)
        .number(6, 2, "Fragment offset", h.getFragmentOffset() * 8L, "ip.frag_offset")
        .number(8, 1, "Time to live", h.getTtlAsInt(), "ip.ttl")
        .add(9, 1, "Protocol", number(h.getProtocol()), "ip.proto == " + protocol)
        .checksum(10, 2, "Header checksum", h.getHeaderChecksum() & 0xffff, "ip.checksum", sum)
        .add(12, 4, "Source", src, "ip.src == " + src)
        .add(16, 4, "Destination", dst, "ip.dst == " + dst);
    int at = 20;
    for (var option : h.getOptions()) {
      to.add(at, option.length(), "Option", option.toString());
      at += option.length();
    }
    return new HeaderFields(src + " → " + dst, to.all());
  }

  private static HeaderFields ipv6(IpV6Header h, FieldList to) {
    String src = text(h.getSrcAddr());
    String dst = text(h.getDstAddr());
    int next = h.getNextHeader().value() & 0xff;
    to.add(0, 1, "Version", "6")
        .hex(0, 2, "Traffic class", h.getTrafficClass().value() & 0xff, "ipv6.tclass")
        .hex(1, 3, "Flow label", h.getFlowLabel().value(), "ipv6.flow")
        .number(4, 2, "Payload length", h.getPayloadLengthAsInt(), "ipv6.plen")
        .add(6, 1, "Next header", number(h.getNextHeader()), "ipv6.nxt == " + next)
        .number(7, 1, "Hop limit", h.getHopLimitAsInt(), "ipv6.hlim")
        .add(8, 16, "Source", src, "ipv6.src == " + src)
        .add(24, 16, "Destination", dst, "ipv6.dst == " + dst);
    return new HeaderFields(src + " → " + dst, to.all());
  }

  private static HeaderFields tcp(
      TcpHeader h, byte[] frame, int at, int end, FieldList to, String sum) {
    int source = h.getSrcPort().valueAsInt();
    int destination = h.getDstPort().valueAsInt();
    int flags = frame[at + 13] & 0xff;
    List<PacketNode> bits =
        to.bits(
            13,
            1,
            flags,
            "tcp.flags.",
            new FieldList.Bit(128, "CWR", "cwr"),
            new FieldList.Bit(64, "ECE", "ece"),
            new FieldList.Bit(32, "URG", "urg"),
            new FieldList.Bit(16, "ACK", "ack"),
            new FieldList.Bit(8, "PSH", "push"),
            new FieldList.Bit(4, "RST", "reset"),
            new FieldList.Bit(2, "SYN", "syn"),
            new FieldList.Bit(1, "FIN", "fin"));
    to.number(0, 2, "Source port", source, "tcp.srcport")
        .number(2, 2, "Destination port", destination, "tcp.dstport")
        .number(4, 4, "Sequence number (raw)", h.getSequenceNumberAsLong(), "tcp.seq_raw")
        .number(
            8, 4, "Acknowledgment number (raw)", h.getAcknowledgmentNumberAsLong(), "tcp.ack_raw")
        .number(12, 1, "Header length", h.getDataOffsetAsInt() * 4L, "tcp.hdr_len")
        .add(
            13,
            1,
            "Flags",
            "0x%02x%s".formatted(flags, set(bits)),
            "tcp.flags == 0x%02x".formatted(flags),
            bits)
        .number(14, 2, "Window", h.getWindowAsInt(), "tcp.window_size_value")
        .checksum(16, 2, "Checksum", h.getChecksum() & 0xffff, "tcp.checksum", sum)
        .add(18, 2, "Urgent pointer", Integer.toString(h.getUrgentPointerAsInt()));
    TcpOptions.addTo(to, frame, at, end);
    return new HeaderFields(source + " → " + destination + set(bits), to.all());
  }

  private static HeaderFields udp(UdpHeader h, FieldList to, String sum) {
    int source = h.getSrcPort().valueAsInt();
    int destination = h.getDstPort().valueAsInt();
    to.number(0, 2, "Source port", source, "udp.srcport")
        .number(2, 2, "Destination port", destination, "udp.dstport")
        .number(4, 2, "Length", h.getLengthAsInt(), "udp.length")
        .checksum(6, 2, "Checksum", h.getChecksum() & 0xffff, "udp.checksum", sum);
    return new HeaderFields(source + " → " + destination, to.all());
  }

  private static HeaderFields sctp(SctpHeader h, FieldList to, String sum) {
    int source = h.getSrcPort().valueAsInt();
    int destination = h.getDstPort().valueAsInt();
    to.number(0, 2, "Source port", source, "sctp.srcport")
        .number(2, 2, "Destination port", destination, "sctp.dstport")
        .hex(4, 4, "Verification tag", h.getVerificationTag() & 0xffffffffL, "")
        .checksum(8, 4, "Checksum", h.getChecksum() & 0xffffffffL, "", sum);
    return new HeaderFields(source + " → " + destination, to.all());
  }

  /** The names of the bits that are set, in brackets behind a space. */
  private static String set(List<PacketNode> bits) {
    String names =
        bits.reversed().stream()
            .filter(bit -> bit.value().equals("1"))
            .map(PacketNode::name)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "" : " (" + names + ")";
  }

  /** A number, and its name behind it where it has one. */
  static String number(NamedNumber<?, ?> number) {
    long value = ((Number) number.value()).longValue();
    return (number.value() instanceof Byte ? value & 0xff : value & 0xffff) + named(number);
  }

  private static String named(NamedNumber<?, ?> number) {
    return number.name().equals("unknown") ? "" : " (" + number.name() + ")";
  }

  private static String text(InetAddress address) {
    byte[] bytes = address.getAddress();
    return (bytes.length == 4 ? IpAddress.v4(bytes, 0) : IpAddress.v6(bytes, 0)).toString();
  }
}
