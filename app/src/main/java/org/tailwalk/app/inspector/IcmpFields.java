// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.inspector;

import org.jspecify.annotations.Nullable;
import org.pcap4j.packet.IcmpV4CommonPacket.IcmpV4CommonHeader;
import org.pcap4j.packet.IcmpV4EchoPacket.IcmpV4EchoHeader;
import org.pcap4j.packet.IcmpV4EchoReplyPacket.IcmpV4EchoReplyHeader;
import org.pcap4j.packet.IcmpV6CommonPacket.IcmpV6CommonHeader;
import org.pcap4j.packet.IcmpV6EchoReplyPacket.IcmpV6EchoReplyHeader;
import org.pcap4j.packet.IcmpV6EchoRequestPacket.IcmpV6EchoRequestHeader;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.namednumber.NamedNumber;

/** The first four bytes of ICMP and ICMPv6, which all messages share, and those of an echo. */
final class IcmpFields {
  private IcmpFields() {}

  /** Reads a header; null for one of another kind. */
  static @Nullable HeaderFields of(Packet.Header header, int at, FieldList to, Checksums sums) {
    return switch (header) {
      case IcmpV4CommonHeader h ->
          common(to, "icmp", h.getType(), h.getCode(), h.getChecksum(), sums.ofIcmp(at));
      case IcmpV6CommonHeader h -> {
        String sum = sums.ofTransport(at, 2, Checksums.ICMPV6);
        yield common(to, "icmpv6", h.getType(), h.getCode(), h.getChecksum(), sum);
      }
      case IcmpV4EchoHeader h ->
          echo(to, h.getIdentifierAsInt(), h.getSequenceNumberAsInt(), false);
      case IcmpV4EchoReplyHeader h ->
          echo(to, h.getIdentifierAsInt(), h.getSequenceNumberAsInt(), false);
      case IcmpV6EchoRequestHeader h ->
          echo(to, h.getIdentifierAsInt(), h.getSequenceNumberAsInt(), true);
      case IcmpV6EchoReplyHeader h ->
          echo(to, h.getIdentifierAsInt(), h.getSequenceNumberAsInt(), true);
      default -> null;
    };
  }

  /**
   * The rest of a message, which pcap4j takes for a header of its own; null where there is none.
   */
  static @Nullable Packet rest(Packet layer) {
    boolean icmp =
        layer.getHeader() instanceof IcmpV4CommonHeader
            || layer.getHeader() instanceof IcmpV6CommonHeader;
    Packet rest = icmp ? layer.getPayload() : null;
    return rest == null || rest.getHeader() == null ? null : rest;
  }

  private static HeaderFields common(
      FieldList to,
      String protocol,
      NamedNumber<Byte, ?> type,
      NamedNumber<Byte, ?> code,
      short checksum,
      String sum) {
    to.add(0, 1, "Type", HeaderFields.number(type), protocol + ".type == " + (type.value() & 0xff))
        .add(
            1, 1, "Code", HeaderFields.number(code), protocol + ".code == " + (code.value() & 0xff))
        .checksum(2, 2, "Checksum", checksum & 0xffff, "", sum);
    return new HeaderFields(type.name(), to.all());
  }

  private static HeaderFields echo(FieldList to, int id, int sequence, boolean six) {
    to.number(0, 2, "Identifier", id, six ? "icmpv6.echo.identifier" : "icmp.ident")
        .number(
            2, 2, "Sequence number", sequence, six ? "icmpv6.echo.sequence_number" : "icmp.seq");
    return new HeaderFields("id %d, seq %d".formatted(id, sequence), to.all());
  }
}
