// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.packet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames for tests; checksums are left 0. */
public final class Packets {
  public static final String POD_A = "02:00:00:00:00:0a";
  public static final String NODE_A = "02:00:00:00:01:0a";
  public static final String POD_B = "02:00:00:00:00:0b";
  public static final String NODE_B = "02:00:00:00:01:0b";

  private Packets() {}

  public static byte[] eth(String dst, String src, int type, byte[] payload) {
    return ByteBuffer.allocate(14 + payload.length)
        .put(MacAddress.parse(dst).toBytes())
        .put(MacAddress.parse(src).toBytes())
        .putShort((short) type)
        .put(payload)
        .array();
  }

  public static byte[] ipv4(String src, String dst, int protocol, byte[] payload) {
    return ipv4(src, dst, protocol, 64, 0x4000, 1, payload);
  }

  public static byte[] ipv4(
      String src, String dst, int protocol, int ttl, int fragment, int id, byte[] payload) {
    return ByteBuffer.allocate(20 + payload.length)
        .put((byte) 0x45)
        .put((byte) 0)
        .putShort((short) (20 + payload.length))
        .putShort((short) id)
        .putShort((short) fragment)
        .put((byte) ttl)
        .put((byte) protocol)
        .putShort((short) 0)
        .put(IpAddress.parse(src).toBytes())
        .put(IpAddress.parse(dst).toBytes())
        .put(payload)
        .array();
  }

  public static byte[] ipv6(String src, String dst, int next, byte[] payload) {
    return ByteBuffer.allocate(40 + payload.length)
        .putInt(0x6000_0000)
        .putShort((short) payload.length)
        .put((byte) next)
        .put((byte) 64)
        .put(IpAddress.parse(src).toBytes())
        .put(IpAddress.parse(dst).toBytes())
        .put(payload)
        .array();
  }

  public static byte[] tcp(int sport, int dport, int flags, String payload) {
    byte[] data = payload.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(20 + data.length)
        .putShort((short) sport)
        .putShort((short) dport)
        .putInt(1)
        .putInt(2)
        .put((byte) 0x50)
        .put((byte) flags)
        .putShort((short) 1000)
        .putInt(0)
        .put(data)
        .array();
  }

  public static byte[] udp(int sport, int dport, byte[] payload) {
    return ByteBuffer.allocate(8 + payload.length)
        .putShort((short) sport)
        .putShort((short) dport)
        .putShort((short) (8 + payload.length))
        .putShort((short) 0)
        .put(payload)
        .array();
  }

  public static byte[] icmp(int type, int code, int id, int seq, byte[] payload) {
    return ByteBuffer.allocate(8 + payload.length)
        .put((byte) type)
        .put((byte) code)
        .putShort((short) 0)
        .putShort((short) id)
        .putShort((short) seq)
        .put(payload)
        .array();
  }

  public static byte[] arp(int operation, String mac, String ip, String target) {
    return ByteBuffer.allocate(28)
        .putInt(0x0001_0800)
        .putShort((short) 0x0604)
        .putShort((short) operation)
        .put(MacAddress.parse(mac).toBytes())
        .put(IpAddress.parse(ip).toBytes())
        .put(new byte[6])
        .put(IpAddress.parse(target).toBytes())
        .array();
  }

  /** A frame from pod A's veth, at a time in milliseconds. */
  public static Frame fromA(long millis, byte[] ip) {
    return frame(millis, eth(NODE_A, POD_A, 0x0800, ip));
  }

  /** A frame that the host sends into pod A's veth. */
  public static Frame toA(long millis, byte[] ip) {
    return frame(millis, eth(POD_A, NODE_A, 0x0800, ip));
  }

  public static Frame frame(long millis, byte[] bytes) {
    return Frame.whole(Bytes.copyOf(bytes), 1_700_000_000_000_000_000L + millis * 1_000_000);
  }

  /** A DNS question of type A. */
  public static byte[] dns(String name, boolean response) {
    ByteBuffer b = ByteBuffer.allocate(18 + name.length());
    b.putShort((short) 7).putShort((short) (response ? 0x8180 : 0x0100));
    b.putShort((short) 1).putShort((short) 0).putInt(0);
    for (String label : name.split("\\.")) {
      b.put((byte) label.length()).put(label.getBytes(StandardCharsets.ISO_8859_1));
    }
    return b.put((byte) 0).putShort((short) 1).putShort((short) 1).array();
  }
}
