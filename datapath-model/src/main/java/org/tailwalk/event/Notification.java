// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.event;

import java.util.List;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.IpAddress;

/**
 * An event on its way to the monitor: the struct of section 6 of the datapath facts and the
 * captured bytes of the packet behind it. {@link #toBytes} gives struct and captured bytes (little
 * endian), the hash as 0.
 */
public sealed interface Notification {
  /** LXC_ID of the endpoint whose program sent it. */
  int source();

  /** The packet's first bytes, from the destination MAC on. */
  Bytes captured();

  /** The struct followed by the captured bytes. */
  Bytes toBytes();

  /** The fields by name, in the struct's order, without the captured bytes. */
  default List<Field> fields() {
    return Field.of((Record) this).stream().filter(f -> !f.name().equals("captured")).toList();
  }

  private static Wire header(
      int size, int type, int subtype, int source, int orig, Bytes captured) {
    return Wire.ofSize(size + captured.length())
        .u8(0, type)
        .u8(1, subtype)
        .u16(2, source)
        .u32(8, orig)
        .u16(12, captured.length())
        .u16(14, 1)
        .bytes(size, captured.toArray());
  }

  /**
   * A drop ({@code drop_notify}, 36 bytes).
   *
   * @param reason 8-bit code
   * @param dstId endpoint id, 0 where unknown
   * @param line source line of the program that was loaded; never compared between engines
   * @param file number of the source file
   * @param extError signed 8 bits
   */
  record Drop(
      int source,
      int reason,
      int originalLength,
      long srcLabel,
      long dstLabel,
      long dstId,
      int line,
      int file,
      int extError,
      long ifindex,
      Bytes captured)
      implements Notification {
    /** The source file behind its number (section 6.5); empty for a number that has none. */
    public String fileName() {
      return switch (file) {
        case 1 -> "bpf_host.c";
        case 2 -> "bpf_lxc.c";
        case 3 -> "bpf_overlay.c";
        case 4 -> "bpf_xdp.c";
        case 101 -> "arp.h";
        case 102 -> "drop.h";
        case 103 -> "egress_policies.h";
        case 104 -> "icmp6.h";
        case 105 -> "nodeport.h";
        default -> "";
      };
    }

    @Override
    public Bytes toBytes() {
      return header(36, 1, reason, source, originalLength, captured)
          .u32(16, srcLabel)
          .u32(20, dstLabel)
          .u32(24, dstId)
          .u16(28, line)
          .u8(30, file)
          .u8(31, extError)
          .u32(32, ifindex)
          .done();
    }
  }

  /**
   * A trace ({@code trace_notify}, 48 bytes).
   *
   * @param point code of an {@link ObservationPoint}
   * @param reason 0 to 4 a conntrack status, 5 unknown; bit 0x80 encrypted
   * @param origIp the address before translation, all zero when not given
   */
  record Trace(
      int source,
      int point,
      int originalLength,
      long srcLabel,
      long dstLabel,
      int dstId,
      int reason,
      boolean ipv6,
      long ifindex,
      IpAddress origIp,
      Bytes captured)
      implements Notification {
    @Override
    public Bytes toBytes() {
      return header(48, 4, point, source, originalLength, captured)
          .u32(16, srcLabel)
          .u32(20, dstLabel)
          .u16(24, dstId)
          .u8(26, reason)
          .u8(27, ipv6 ? 1 : 0)
          .u32(28, ifindex)
          .address(32, origIp)
          .done();
    }
  }

  /**
   * A policy verdict ({@code policy_verdict_notify}, 32 bytes).
   *
   * @param verdict 0 allow, below 0 the drop code, above 0 the proxy port as stored (network order
   *     read little endian)
   * @param dstPort host order
   * @param direction 1 ingress, 2 egress
   * @param matchType 0 none, 1 L3 only, 2 L3 and L4, 3 L4 only, 4 all
   */
  record PolicyVerdict(
      int source,
      int originalLength,
      long remoteLabel,
      int verdict,
      int dstPort,
      int proto,
      int direction,
      boolean ipv6,
      int matchType,
      boolean audited,
      Bytes captured)
      implements Notification {
    @Override
    public Bytes toBytes() {
      return header(32, 5, 0, source, originalLength, captured)
          .u32(16, remoteLabel)
          .u32(20, verdict)
          .u16(24, dstPort)
          .u8(26, proto)
          .u8(27, direction | (ipv6 ? 4 : 0) | matchType << 3 | (audited ? 64 : 0))
          .done();
    }
  }

  /** A debug message ({@code debug_msg}, 20 bytes). */
  record Debug(int source, int subtype, long arg1, long arg2, long arg3) implements Notification {
    @Override
    public Bytes captured() {
      return Bytes.empty();
    }

    @Override
    public Bytes toBytes() {
      return Wire.ofSize(20)
          .u8(0, 2)
          .u8(1, subtype)
          .u16(2, source)
          .u32(8, arg1)
          .u32(12, arg2)
          .u32(16, arg3)
          .done();
    }
  }

  /** A debug capture ({@code debug_capture_msg}, 24 bytes). */
  record DebugCapture(
      int source, int subtype, int originalLength, long arg1, long arg2, Bytes captured)
      implements Notification {
    @Override
    public Bytes toBytes() {
      return header(24, 3, subtype, source, originalLength, captured)
          .u32(16, arg1)
          .u32(20, arg2)
          .done();
    }
  }

  /** A message on the signal map (8 bytes): 0 NAT full, 1 CT full. */
  record Signal(int number, int proto) implements Notification {
    @Override
    public int source() {
      return 0;
    }

    @Override
    public Bytes captured() {
      return Bytes.empty();
    }

    @Override
    public Bytes toBytes() {
      return Wire.ofSize(8).u32(0, number).u32(4, proto).done();
    }
  }

  /** An event of a type that we don't know, or too short for its type. */
  record Unknown(Bytes raw) implements Notification {
    @Override
    public int source() {
      return raw.length() < 4 ? 0 : raw.at(2) | raw.at(3) << 8;
    }

    @Override
    public Bytes captured() {
      return Bytes.empty();
    }

    @Override
    public Bytes toBytes() {
      return raw;
    }
  }

  /** Reads an event as it came out of the ring, padding behind it allowed. */
  static Notification of(Bytes raw) {
    int type = raw.length() == 0 ? -1 : raw.at(0);
    int size =
        switch (type) {
          case 1 -> 36;
          case 2 -> 20;
          case 3 -> 24;
          case 4 -> 48;
          case 5 -> 32;
          default -> Integer.MAX_VALUE;
        };
    if (raw.length() < size) {
      return new Unknown(raw);
    }
    Wire w = Wire.of(raw, size);
    int source = w.u16(2);
    if (type == 2) {
      return new Debug(source, w.u8(1), w.u32(8), w.u32(12), w.u32(16));
    }
    int orig = (int) w.u32(8);
    int end = size + w.u16(12);
    if (end > raw.length()) {
      return new Unknown(raw);
    }
    Bytes captured = raw.slice(size, end);
    return switch (type) {
      case 1 ->
          new Drop(
              source,
              w.u8(1),
              orig,
              w.u32(16),
              w.u32(20),
              w.u32(24),
              w.u16(28),
              w.u8(30),
              (byte) w.u8(31),
              w.u32(32),
              captured);
      case 3 -> new DebugCapture(source, w.u8(1), orig, w.u32(16), w.u32(20), captured);
      case 4 -> {
        boolean v6 = (w.u8(27) & 1) != 0;
        yield new Trace(
            source,
            w.u8(1),
            orig,
            w.u32(16),
            w.u32(20),
            w.u16(24),
            w.u8(26),
            v6,
            w.u32(28),
            v6 ? w.v6(32) : w.v4(32),
            captured);
      }
      default ->
          new PolicyVerdict(
              source,
              orig,
              w.u32(16),
              (int) w.u32(20),
              w.u16(24),
              w.u8(26),
              w.u8(27) & 3,
              (w.u8(27) & 4) != 0,
              w.u8(27) >> 3 & 7,
              (w.u8(27) & 64) != 0,
              captured);
    };
  }
}
