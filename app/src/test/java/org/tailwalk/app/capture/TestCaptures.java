// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Writes capture files byte by byte, right and wrong ones. */
public final class TestCaptures {
  private TestCaptures() {}

  /** A packet to write. */
  public record Packet(long timeNanos, int originalLength, byte[] data) {
    /** Captured whole. */
    public static Packet of(long timeNanos, byte[] data) {
      return new Packet(timeNanos, data.length, data);
    }
  }

  /** A file header of version 2.4. */
  public static byte[] pcapHeader(ByteOrder order, int magic, int linkType) {
    return ByteBuffer.allocate(24)
        .order(order)
        .putInt(magic)
        .putShort((short) 2)
        .putShort((short) 4)
        .putInt(0)
        .putInt(0)
        .putInt(262_144)
        .putInt(linkType)
        .array();
  }

  /** A pcap file. */
  public static byte[] pcap(ByteOrder order, boolean nanos, int linkType, List<Packet> packets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        pcapHeader(order, nanos ? PcapFormat.NANOSECONDS : PcapFormat.MICROSECONDS, linkType));
    for (Packet p : packets) {
      long fraction = Math.floorMod(p.timeNanos(), 1_000_000_000L);
      out.writeBytes(
          ByteBuffer.allocate(16)
              .order(order)
              .putInt((int) Math.floorDiv(p.timeNanos(), 1_000_000_000L))
              .putInt((int) (nanos ? fraction : fraction / 1000))
              .putInt(p.data().length)
              .putInt(p.originalLength())
              .array());
      out.writeBytes(p.data());
    }
    return out.toByteArray();
  }

  /** A little-endian Ethernet pcap with nanoseconds. */
  public static byte[] ethernet(List<Packet> packets) {
    return pcap(ByteOrder.LITTLE_ENDIAN, true, 1, packets);
  }

  /** A pcapng block with its body padded. */
  public static byte[] block(ByteOrder order, int type, byte[] body) {
    int padded = body.length + 3 & ~3;
    ByteBuffer out = ByteBuffer.allocate(padded + 12).order(order);
    return out.putInt(type).putInt(padded + 12).put(body).putInt(8 + padded, padded + 12).array();
  }

  /** A section header. */
  public static byte[] section(ByteOrder order) {
    return block(
        order,
        0x0a0d0d0a,
        ByteBuffer.allocate(16)
            .order(order)
            .putInt(0x1a2b3c4d)
            .putShort((short) 1)
            .putShort((short) 0)
            .putLong(-1)
            .array());
  }

  /** An interface description with a name and a time resolution (option bytes as in the format). */
  public static byte[] interfaceBlock(ByteOrder order, int linkType, String name, int resolution) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    ByteBuffer body = ByteBuffer.allocate(8 + 4 + (text.length + 3 & ~3) + 8 + 4).order(order);
    body.putShort((short) linkType).putShort((short) 0).putInt(0);
    body.putShort((short) 2).putShort((short) text.length).put(text);
    body.position(8 + 4 + (text.length + 3 & ~3));
    body.putShort((short) 9).putShort((short) 1).put((byte) resolution);
    return block(order, 1, body.array());
  }

  /** An enhanced packet block. */
  public static byte[] packetBlock(ByteOrder order, int id, long ticks, int original, byte[] data) {
    ByteBuffer body = ByteBuffer.allocate(20 + data.length).order(order);
    body.putInt(id).putInt((int) (ticks >>> 32)).putInt((int) ticks);
    body.putInt(data.length).putInt(original).put(data);
    return block(order, 6, body.array());
  }

  /** A simple packet block. */
  public static byte[] simplePacketBlock(ByteOrder order, int original, byte[] data) {
    return block(
        order,
        3,
        ByteBuffer.allocate(4 + data.length).order(order).putInt(original).put(data).array());
  }

  /** Pieces one after the other. */
  public static byte[] join(byte[]... pieces) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      out.writeBytes(piece);
    }
    return out.toByteArray();
  }

  /** Compressed. */
  public static byte[] gzip(byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A UDP frame 10.0.0.1:40000 to 10.0.0.2:53 whose whole length is as asked, 42 or more. */
  public static byte[] udpFrame(int length) {
    ByteBuffer out = ByteBuffer.allocate(length);
    out.put(new byte[] {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0});
    out.put((byte) 0x45).put((byte) 0).putShort((short) (length - 14)).putInt(0);
    out.put((byte) 64).put((byte) 17).putShort((short) 0).putInt(0x0a000001).putInt(0x0a000002);
    out.putShort((short) 40000).putShort((short) 53).putShort((short) (length - 34));
    return out.array();
  }

  /** A GRE frame of 10.0.0.1 to 192.0.2.10, 60 bytes. */
  public static byte[] greFrame() {
    byte[] frame = udpFrame(60);
    frame[23] = 47;
    System.arraycopy(new byte[] {(byte) 192, 0, 2, 10}, 0, frame, 30, 4);
    return frame;
  }
}
