// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.Layer;
import org.tailwalk.packet.MacAddress;
import org.tailwalk.packet.PacketView;
import org.tailwalk.packet.Protocols;

/** Header fields of a frame that can be given another value; checksums follow. */
final class PacketFields {
  private PacketFields() {}

  /**
   * A field.
   *
   * @param name as Wireshark has it
   * @param offset in the frame
   * @param length bytes
   * @param text its value
   */
  record PacketField(String name, int offset, int length, String text) {}

  /** The fields of a frame, outermost first. */
  static List<PacketField> of(Bytes frame) {
    List<PacketField> fields = new ArrayList<>();
    PacketView view = PacketView.of(frame);
    if (view.ethernet() != null) {
      add(fields, frame, "eth.dst", 0, 6);
      add(fields, frame, "eth.src", 6, 6);
    }
    switch (view.network()) {
      case Layer.Ipv4 ip -> {
        add(fields, frame, "ip.src", ip.offset() + 12, 4);
        add(fields, frame, "ip.dst", ip.offset() + 16, 4);
        add(fields, frame, "ip.ttl", ip.offset() + 8, 1);
        add(fields, frame, "ip.proto", ip.offset() + 9, 1);
      }
      case Layer.Ipv6 ip -> {
        add(fields, frame, "ipv6.src", ip.offset() + 8, 16);
        add(fields, frame, "ipv6.dst", ip.offset() + 24, 16);
        add(fields, frame, "ipv6.hlim", ip.offset() + 7, 1);
        add(fields, frame, "ipv6.nxt", ip.offset() + 6, 1);
      }
      case Layer.Arp arp -> add(fields, frame, "arp.opcode", arp.offset() + 6, 2);
      case null, default -> {}
    }
    switch (view.transport()) {
      case Layer.Tcp tcp -> {
        add(fields, frame, "tcp.srcport", tcp.offset(), 2);
        add(fields, frame, "tcp.dstport", tcp.offset() + 2, 2);
        add(fields, frame, "tcp.flags", tcp.offset() + 13, 1);
      }
      case Layer.Udp udp -> {
        add(fields, frame, "udp.srcport", udp.offset(), 2);
        add(fields, frame, "udp.dstport", udp.offset() + 2, 2);
      }
      case Layer.Sctp sctp -> {
        add(fields, frame, "sctp.srcport", sctp.offset(), 2);
        add(fields, frame, "sctp.dstport", sctp.offset() + 2, 2);
      }
      case Layer.Icmp icmp -> {
        String name = icmp.v6() ? "icmpv6" : "icmp";
        add(fields, frame, name + ".type", icmp.offset(), 1);
        add(fields, frame, name + ".code", icmp.offset() + 1, 1);
        add(fields, frame, name + ".ident", icmp.offset() + 4, 2);
      }
      case null, default -> {}
    }
    return fields;
  }

  private static void add(
      List<PacketField> fields, Bytes frame, String name, int offset, int length) {
    if (offset + length <= frame.length()) {
      fields.add(new PacketField(name, offset, length, text(frame, name, offset, length)));
    }
  }

  private static String text(Bytes frame, String name, int offset, int length) {
    byte[] data = frame.toArray();
    return switch (length) {
      case 6 -> MacAddress.of(data, offset).toString();
      case 4 -> IpAddress.v4(data, offset).toString();
      case 16 -> IpAddress.v6(data, offset).toString();
      case 2 -> Integer.toString(frame.u16(offset));
      default ->
          name.equals("tcp.flags")
              ? "0x%02x".formatted(frame.at(offset))
              : Integer.toString(frame.at(offset));
    };
  }

  /**
   * The frame with another value in a field, and checksums that fit.
   *
   * @throws IllegalArgumentException saying what the field takes
   */
  static Bytes set(Bytes frame, PacketField field, String text) {
    byte[] data = frame.toArray();
    byte[] value = value(field, text.strip());
    System.arraycopy(value, 0, data, field.offset(), value.length);
    sums(data);
    return Bytes.copyOf(data);
  }

  private static byte[] value(PacketField field, String text) {
    if (field.length() == 6) {
      return MacAddress.parse(text).toBytes();
    }
    if (field.length() == 4 || field.length() == 16) {
      IpAddress address = IpAddress.parse(text);
      if (address.toBytes().length != field.length()) {
        throw new IllegalArgumentException(
            "%s: %s is of the other IP version".formatted(field.name(), text));
      }
      return address.toBytes();
    }
    int most = field.length() == 2 ? 0xffff : 0xff;
    int number = number(field, text, most);
    return field.length() == 2
        ? new byte[] {(byte) (number >> 8), (byte) number}
        : new byte[] {(byte) number};
  }

  private static int number(PacketField field, String text, int most) {
    int number = -1;
    try {
      number = field.name().equals("tcp.flags") ? flags(text) : Integer.decode(text);
    } catch (NumberFormatException e) {
      // Told below, with the range.
    }
    if (number < 0 || number > most) {
      throw new IllegalArgumentException(
          "%s: \"%s\" is not a number from 0 to %d".formatted(field.name(), text, most));
    }
    return number;
  }

  /** Flags as a number, or by name: {@code SYN,ACK}. */
  private static int flags(String text) {
    if (text.isEmpty() || Character.isDigit(text.charAt(0))) {
      return Integer.decode(text);
    }
    int flags = 0;
    for (String word : text.toUpperCase(Locale.ROOT).split("[ ,|+]+")) {
      int bit = List.of("FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR").indexOf(word);
      if (bit < 0) {
        throw new NumberFormatException(word);
      }
      flags |= 1 << bit;
    }
    return flags;
  }

  /** Makes the checksums of IPv4, TCP, UDP and ICMP fit, as far as the frame is whole. */
  private static void sums(byte[] data) {
    PacketView view = PacketView.of(Bytes.copyOf(data));
    if (!(view.network() instanceof Layer.Ip ip) || view.transport() == null) {
      headerSum(view, data);
      return;
    }
    headerSum(view, data);
    int start = view.transport().offset();
    int end =
        switch (ip) {
          case Layer.Ipv4 v4 -> v4.offset() + v4.totalLength();
          case Layer.Ipv6 v6 -> v6.offset() + 40 + v6.totalPayload();
        };
    int field =
        switch (view.transport()) {
          case Layer.Tcp _ -> start + 16;
          case Layer.Udp udp -> udp.checksum() == 0 ? -1 : start + 6;
          case Layer.Icmp _ -> start + 2;
          case null, default -> -1;
        };
    if (field < 0 || end > data.length || end < field + 2) {
      return;
    }
    int protocol =
        switch (view.transport()) {
          case Layer.Tcp _ -> Protocols.TCP;
          case Layer.Udp _ -> Protocols.UDP;
          case Layer.Icmp icmp -> icmp.v6() ? Protocols.ICMPV6 : 0;
          case null, default -> 0;
        };
    long sum = 0;
    if (protocol != 0) {
      sum = add(add(0, ip.src().toBytes(), 0, -1), ip.dst().toBytes(), 0, -1);
      sum += protocol + (end - start);
    }
    data[field] = 0;
    data[field + 1] = 0;
    put(data, field, add(sum, data, start, end));
  }

  private static void headerSum(PacketView view, byte[] data) {
    if (view.network() instanceof Layer.Ipv4 ip) {
      int end = ip.offset() + (data[ip.offset()] & 15) * 4;
      if (end <= data.length) {
        data[ip.offset() + 10] = 0;
        data[ip.offset() + 11] = 0;
        put(data, ip.offset() + 10, add(0, data, ip.offset(), end));
      }
    }
  }

  private static long add(long sum, byte[] data, int from, int to) {
    long all = sum;
    int end = to < 0 ? data.length : to;
    for (int i = from; i < end; i += 2) {
      all += (data[i] & 0xff) << 8 | (i + 1 < end ? data[i + 1] & 0xff : 0);
    }
    return all;
  }

  private static void put(byte[] data, int at, long sum) {
    long folded = sum;
    while (folded >> 16 != 0) {
      folded = (folded & 0xffff) + (folded >> 16);
    }
    data[at] = (byte) (~folded >> 8);
    data[at + 1] = (byte) ~folded;
  }
}
