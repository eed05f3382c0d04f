// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath;

import java.io.ByteArrayOutputStream;
import org.tailwalk.datapath.kernel.Checksum;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.MacAddress;

/** Frames for tests, with right checksums. */
public final class PacketBuilder {
  private final IpAddress saddr;
  private final IpAddress daddr;
  private int protocol = 17;
  private int hopLimit = 64;
  private int fragment;
  private int id = 7;
  private int[] extensions = {};
  private byte[] transport = {};

  private PacketBuilder(String from, String to) {
    this.saddr = IpAddress.parse(from);
    this.daddr = IpAddress.parse(to);
  }

  /** A packet between two addresses of one family. */
  public static PacketBuilder from(String from, String to) {
    return new PacketBuilder(from, to);
  }

  /** TCP with flags. */
  public PacketBuilder tcp(int sport, int dport, int flags) {
    protocol = 6;
    transport = new byte[20];
    ports(sport, dport);
    transport[12] = 0x50;
    transport[13] = (byte) flags;
    return checksummed(16);
  }

  /** UDP with a checksum. */
  public PacketBuilder udp(int sport, int dport) {
    protocol = 17;
    transport = new byte[8];
    ports(sport, dport);
    transport[5] = 8;
    return checksummed(6);
  }

  /** UDP without a checksum. */
  public PacketBuilder udpUnsummed(int sport, int dport) {
    udp(sport, dport);
    transport[6] = 0;
    transport[7] = 0;
    return this;
  }

  /** SCTP's common header. */
  public PacketBuilder sctp(int sport, int dport) {
    protocol = 132;
    transport = new byte[12];
    ports(sport, dport);
    return this;
  }

  /** An ICMP or ICMPv6 message with an identifier where an echo has it. */
  public PacketBuilder icmp(int type, int code, int identifier) {
    protocol = saddr.v6() ? 58 : 1;
    transport = new byte[8];
    transport[0] = (byte) type;
    transport[1] = (byte) code;
    transport[4] = (byte) (identifier >> 8);
    transport[5] = (byte) identifier;
    return checksummed(2);
  }

  /** Bytes of any protocol. */
  public PacketBuilder payload(int number, byte[] bytes) {
    protocol = number;
    transport = bytes.clone();
    return this;
  }

  /** TTL or hop limit. */
  public PacketBuilder hopLimit(int value) {
    hopLimit = value;
    return this;
  }

  /** The IPv4 flags and offset word. */
  public PacketBuilder fragment(int word) {
    fragment = word;
    return this;
  }

  /** IPv6 extension headers of eight bytes each. */
  public PacketBuilder extensions(int... numbers) {
    extensions = numbers.clone();
    return this;
  }

  private void ports(int sport, int dport) {
    transport[0] = (byte) (sport >> 8);
    transport[1] = (byte) sport;
    transport[2] = (byte) (dport >> 8);
    transport[3] = (byte) dport;
  }

  private PacketBuilder checksummed(int at) {
    int checksum = transportChecksum(transport, protocol);
    transport[at] = (byte) checksum;
    transport[at + 1] = (byte) (checksum >> 8);
    return this;
  }

  /** The little-endian checksum of a transport segment, 0 when it holds a right one. */
  private int transportChecksum(byte[] segment, int number) {
    int sum = Checksum.partial(segment, 0, segment.length, 0);
    if (number != 1) {
      sum = Checksum.partial(saddr.toBytes(), 0, saddr.v6() ? 16 : 4, sum);
      sum = Checksum.partial(daddr.toBytes(), 0, saddr.v6() ? 16 : 4, sum);
      sum = Checksum.add(sum, number << 8);
      sum = Checksum.add(sum, (segment.length & 0xff) << 8 | segment.length >> 8);
    }
    return Checksum.fold(sum);
  }

  /** The frame. */
  public Bytes build() {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes(MacAddress.parse("0e:00:00:00:00:01").toBytes());
    frame.writeBytes(MacAddress.parse("02:00:00:00:00:01").toBytes());
    frame.writeBytes(saddr.v6() ? new byte[] {(byte) 0x86, (byte) 0xdd} : new byte[] {8, 0});
    frame.writeBytes(saddr.v6() ? header6() : header4());
    frame.writeBytes(transport);
    return Bytes.copyOf(frame.toByteArray());
  }

  private byte[] header4() {
    byte[] h = new byte[20];
    int length = 20 + transport.length;
    h[0] = 0x45;
    h[2] = (byte) (length >> 8);
    h[3] = (byte) length;
    h[4] = (byte) (id >> 8);
    h[5] = (byte) id;
    h[6] = (byte) (fragment >> 8);
    h[7] = (byte) fragment;
    h[8] = (byte) hopLimit;
    h[9] = (byte) protocol;
    System.arraycopy(saddr.toBytes(), 0, h, 12, 4);
    System.arraycopy(daddr.toBytes(), 0, h, 16, 4);
    int checksum = Checksum.fold(Checksum.partial(h, 0, 20, 0));
    h[10] = (byte) checksum;
    h[11] = (byte) (checksum >> 8);
    return h;
  }

  private byte[] header6() {
    byte[] h = new byte[40 + 8 * extensions.length];
    int length = 8 * extensions.length + transport.length;
    h[0] = 0x60;
    h[4] = (byte) (length >> 8);
    h[5] = (byte) length;
    h[6] = (byte) (extensions.length == 0 ? protocol : extensions[0]);
    h[7] = (byte) hopLimit;
    System.arraycopy(saddr.toBytes(), 0, h, 8, 16);
    System.arraycopy(daddr.toBytes(), 0, h, 24, 16);
    for (int i = 0; i < extensions.length; i++) {
      h[40 + 8 * i] = (byte) (i + 1 < extensions.length ? extensions[i + 1] : protocol);
    }
    return h;
  }
}
