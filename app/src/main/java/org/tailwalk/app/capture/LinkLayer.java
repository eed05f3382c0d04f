// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.capture;

import java.util.Arrays;
import org.tailwalk.app.capture.CapturedPacket.Direction;
import org.tailwalk.packet.Bytes;

/**
 * Makes Ethernet frames of what other link types carry. MAC addresses that the file doesn't have
 * are made up: locally administered, {@code 02:00:00:00:00:01} for the sender and {@code …:02} for
 * the receiver.
 */
final class LinkLayer {
  private static final int ETHERNET = 14;
  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86dd;
  private static final byte[] SENDER = {2, 0, 0, 0, 0, 1};
  private static final byte[] RECEIVER = {2, 0, 0, 0, 0, 2};
  private static final byte[] BROADCAST = {-1, -1, -1, -1, -1, -1};
  private static final byte[] MULTICAST = {1, 0, 0x5e, 0, 0, 0};

  /** Hardware types of Linux (ARPHRD) under which the protocol field is no ethertype. */
  private static final int ARPHRD_NETLINK = 824;

  private LinkLayer() {}

  /**
   * A packet as Ethernet.
   *
   * @param ethernet empty when {@code note} says why nothing could be made
   * @param added bytes by which the frame is longer than what the file had; may be negative
   */
  record Ethernet(
      Bytes ethernet, int added, Direction direction, long interfaceIndex, String note) {
    static Ethernet unchanged(byte[] data) {
      return new Ethernet(Bytes.copyOf(data), 0, Direction.UNKNOWN, 0, "");
    }

    static Ethernet unreadable(String why) {
      return new Ethernet(Bytes.empty(), 0, Direction.UNKNOWN, 0, why);
    }
  }

  static Ethernet of(LinkType type, byte[] data) {
    return switch (type) {
      case ETHERNET -> Ethernet.unchanged(data);
      case RAW -> raw(data);
      case NULL -> loopback(data, true);
      case LOOP -> loopback(data, false);
      case SLL -> cooked(data);
      case SLL2 -> cooked2(data);
    };
  }

  private static Ethernet raw(byte[] data) {
    int version = data.length == 0 ? 0 : data[0] >> 4 & 0xf;
    return switch (version) {
      case 4 -> frame(RECEIVER, SENDER, IPV4, data, 0, Direction.UNKNOWN, 0);
      case 6 -> frame(RECEIVER, SENDER, IPV6, data, 0, Direction.UNKNOWN, 0);
      default ->
          Ethernet.unreadable(
              data.length == 0
                  ? "raw IP packet of no bytes"
                  : "raw IP packet of version " + version + ", neither 4 nor 6");
    };
  }

  /** The family's number differs between systems; its byte order may be either. */
  private static Ethernet loopback(byte[] data, boolean eitherOrder) {
    if (data.length < 4) {
      return Ethernet.unreadable("loopback header cut at " + data.length + " of 4 bytes");
    }
    int family = (int) number(data, 0, 4);
    if (eitherOrder && (family & 0xffff) == 0) {
      family = Integer.reverseBytes(family);
    }
    return switch (family) {
      case 2 -> frame(RECEIVER, SENDER, IPV4, data, 4, Direction.UNKNOWN, 0);
      case 10, 24, 28, 30 -> frame(RECEIVER, SENDER, IPV6, data, 4, Direction.UNKNOWN, 0);
      default -> Ethernet.unreadable("loopback packet of address family " + family);
    };
  }

  private static Ethernet cooked(byte[] data) {
    if (data.length < 16) {
      return Ethernet.unreadable("Linux cooked header cut at " + data.length + " of 16 bytes");
    }
    return cooked(
        data,
        16,
        (int) number(data, 0, 2),
        (int) number(data, 2, 2),
        (int) number(data, 4, 2),
        6,
        (int) number(data, 14, 2),
        0);
  }

  private static Ethernet cooked2(byte[] data) {
    if (data.length < 20) {
      return Ethernet.unreadable("Linux cooked header cut at " + data.length + " of 20 bytes");
    }
    return cooked(
        data,
        20,
        data[10] & 0xff,
        (int) number(data, 8, 2),
        data[11] & 0xff,
        12,
        (int) number(data, 0, 2),
        number(data, 4, 4));
  }

  private static Ethernet cooked(
      byte[] data,
      int header,
      int packetType,
      int hardware,
      int addressLength,
      int addressOffset,
      int protocol,
      long interfaceIndex) {
    if (hardware == ARPHRD_NETLINK) {
      return Ethernet.unreadable("netlink message, not a packet");
    }
    byte[] sender =
        addressLength == 6 ? Arrays.copyOfRange(data, addressOffset, addressOffset + 6) : SENDER;
    byte[] receiver =
        switch (packetType) {
          case 1 -> BROADCAST;
          case 2 -> MULTICAST;
          default -> RECEIVER;
        };
    Direction direction = packetType == 4 ? Direction.OUT : Direction.IN;
    // Below 0x600 the field names a frame format (1: 802.3, 4: 802.2), where Ethernet has a length.
    int type = protocol >= 0x600 ? protocol : Math.min(data.length - header, 0x5ff);
    return frame(receiver, sender, type, data, header, direction, interfaceIndex);
  }

  private static Ethernet frame(
      byte[] receiver,
      byte[] sender,
      int type,
      byte[] data,
      int from,
      Direction direction,
      long interfaceIndex) {
    byte[] frame = new byte[ETHERNET + data.length - from];
    System.arraycopy(receiver, 0, frame, 0, 6);
    System.arraycopy(sender, 0, frame, 6, 6);
    frame[12] = (byte) (type >>> 8);
    frame[13] = (byte) type;
    System.arraycopy(data, from, frame, ETHERNET, data.length - from);
    return new Ethernet(Bytes.copyOf(frame), ETHERNET - from, direction, interfaceIndex, "");
  }

  private static long number(byte[] data, int offset, int length) {
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = value << 8 | data[offset + i] & 0xff;
    }
    return value;
  }
}
