// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fuzz;

import java.nio.ByteBuffer;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.MacAddress;

/** Frames from header fields, right or wrong ones alike. All numbers are put in network order. */
final class FrameBuilder {
  static final int ETHERNET = 14;
  static final int ETHERTYPE_IPV4 = 0x0800;
  static final int ETHERTYPE_ARP = 0x0806;
  static final int ETHERTYPE_IPV6 = 0x86dd;
  static final int ICMP = 1;
  static final int TCP = 6;
  static final int UDP = 17;
  static final int SCTP = 132;
  static final int ICMPV6 = 58;

  private FrameBuilder() {}

  /**
   * The fields of an IPv4 header.
   *
   * @param ihl in words of four bytes, as written; the header really has {@code 20 + options} bytes
   * @param fragment the two bytes of flags and offset
   * @param lengthError what the total length is wrong by
   */
  record Ipv4(
      int version,
      int ihl,
      int tos,
      int lengthError,
      int id,
      int fragment,
      int ttl,
      int protocol,
      IpAddress source,
      IpAddress destination,
      byte[] options) {}

  static byte[] ethernet(MacAddress destination, MacAddress source, int type, byte[] payload) {
    return ByteBuffer.allocate(ETHERNET + payload.length)
        .put(destination.toBytes())
        .put(source.toBytes())
        .putShort((short) type)
        .put(payload)
        .array();
  }

  static byte[] ipv4(Ipv4 header, byte[] payload) {
    int headerLength = 20 + header.options().length;
    byte[] data =
        ByteBuffer.allocate(headerLength + payload.length)
            .put((byte) (header.version() << 4 | header.ihl()))
            .put((byte) header.tos())
            .putShort((short) (headerLength + payload.length + header.lengthError()))
            .putShort((short) header.id())
            .putShort((short) header.fragment())
            .put((byte) header.ttl())
            .put((byte) header.protocol())
            .putShort((short) 0)
            .put(header.source().toBytes())
            .put(header.destination().toBytes())
            .put(header.options())
            .put(payload)
            .array();
    putShort(data, 10, checksum(data, 0, headerLength, 0));
    return data;
  }

  /**
   * The fields of an IPv6 header.
   *
   * @param nextHeader of what comes first behind it, extension headers included
   * @param extensions extension headers as bytes, each naming the next
   */
  record Ipv6(
      int version,
      int trafficClass,
      int lengthError,
      int nextHeader,
      int hopLimit,
      IpAddress source,
      IpAddress destination,
      byte[] extensions) {}

  static byte[] ipv6(Ipv6 header, byte[] payload) {
    int length = header.extensions().length + payload.length;
    return ByteBuffer.allocate(40 + length)
        .putInt(header.version() << 28 | header.trafficClass() << 20)
        .putShort((short) (length + header.lengthError()))
        .put((byte) header.nextHeader())
        .put((byte) header.hopLimit())
        .put(header.source().toBytes())
        .put(header.destination().toBytes())
        .put(header.extensions())
        .put(payload)
        .array();
  }

  /** Whom a packet is from and to: what checksums of its payload cover. */
  record Ends(IpAddress source, IpAddress destination) {}

  static byte[] tcp(Ends ends, int sport, int dport, int flags, byte[] payload) {
    byte[] data =
        ByteBuffer.allocate(20 + payload.length)
            .putShort((short) sport)
            .putShort((short) dport)
            .putInt(1)
            .putInt(1)
            .put((byte) 0x50)
            .put((byte) flags)
            .putShort((short) 64240)
            .putInt(0)
            .put(payload)
            .array();
    putShort(data, 16, checksum(data, 0, data.length, pseudo(ends, TCP, data.length)));
    return data;
  }

  static byte[] udp(Ends ends, int sport, int dport, byte[] payload) {
    byte[] data =
        ByteBuffer.allocate(8 + payload.length)
            .putShort((short) sport)
            .putShort((short) dport)
            .putShort((short) (8 + payload.length))
            .putShort((short) 0)
            .put(payload)
            .array();
    int sum = checksum(data, 0, data.length, pseudo(ends, UDP, data.length));
    putShort(data, 6, sum == 0 ? 0xffff : sum);
    return data;
  }

  /** SCTP's common header; its checksum is never looked at. */
  static byte[] sctp(int sport, int dport, byte[] payload) {
    return ByteBuffer.allocate(12 + payload.length)
        .putShort((short) sport)
        .putShort((short) dport)
        .putLong(0)
        .put(payload)
        .array();
  }

  /**
   * An ICMP message.
   *
   * @param rest bytes 4 to 7, for echo the identifier and the sequence number
   */
  static byte[] icmp(int type, int code, long rest, byte[] payload) {
    byte[] data =
        ByteBuffer.allocate(8 + payload.length)
            .put((byte) type)
            .put((byte) code)
            .putShort((short) 0)
            .putInt((int) rest)
            .put(payload)
            .array();
    putShort(data, 2, checksum(data, 0, data.length, 0));
    return data;
  }

  /** An ICMPv6 message; as {@link #icmp}, with the addresses in the checksum. */
  static byte[] icmp6(Ends ends, int type, int code, long rest, byte[] payload) {
    byte[] data = icmp(type, code, rest, payload);
    putShort(data, 2, 0);
    putShort(data, 2, checksum(data, 0, data.length, pseudo(ends, ICMPV6, data.length)));
    return data;
  }

  static byte[] arp(
      int operation, MacAddress sender, IpAddress senderIp, MacAddress target, IpAddress targetIp) {
    return ByteBuffer.allocate(28)
        .putShort((short) 1)
        .putShort((short) ETHERTYPE_IPV4)
        .put((byte) 6)
        .put((byte) 4)
        .putShort((short) operation)
        .put(sender.toBytes())
        .put(senderIp.toBytes())
        .put(target.toBytes())
        .put(targetIp.toBytes())
        .array();
  }

  private static long pseudo(Ends ends, int protocol, int length) {
    long sum = protocol + length;
    for (IpAddress address : new IpAddress[] {ends.source(), ends.destination()}) {
      byte[] bytes = address.toBytes();
      for (int i = 0; i < bytes.length; i += 2) {
        sum += (bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff;
      }
    }
    return sum;
  }

  private static int checksum(byte[] data, int from, int length, long start) {
    long sum = start;
    for (int i = 0; i < length; i++) {
      sum += (long) (data[from + i] & 0xff) << (i % 2 == 0 ? 8 : 0);
    }
    while (sum >>> 16 != 0) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return (int) (~sum & 0xffff);
  }

  private static void putShort(byte[] data, int offset, int value) {
    data[offset] = (byte) (value >>> 8);
    data[offset + 1] = (byte) value;
  }
}
