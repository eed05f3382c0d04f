// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.inspector;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pcap4j.packet.IpV4Packet.IpV4Header;
import org.pcap4j.packet.IpV6ExtFragmentPacket.IpV6ExtFragmentHeader;
import org.pcap4j.packet.IpV6ExtRoutingPacket.IpV6ExtRoutingHeader;
import org.pcap4j.packet.IpV6Packet.IpV6Header;
import org.pcap4j.packet.Packet;
import org.pcap4j.util.ByteArrays;
import org.tailwalk.app.text.Texts;

/**
 * Says of the checksums of a frame's headers whether they are right. It is told of every header
 * from the outermost on: some take in addresses of the IP header around them (RFC 1071, 768, 9293,
 * 8200; CRC32c for SCTP, RFC 9260).
 */
final class Checksums {
  static final int TCP = 6;
  static final int UDP = 17;
  static final int ICMPV6 = 58;

  private static final int UDP_HEADER = 8;
  private static final int SCTP_OFFSET = 8;
  private static final Texts TEXTS = Texts.of(Checksums.class);

  private final byte[] frame;
  private int limit;
  private @Nullable Carrier carrier;

  /** Of a frame; its bytes are only read. */
  Checksums(byte[] frame) {
    this.frame = frame;
    this.limit = frame.length;
  }

  /**
   * What a packet says that is carried.
   *
   * @param addresses source and destination
   * @param end where it ends by its own words, in the frame or behind it
   * @param doubt the key of why sums behind it can't be verified; empty where they can
   */
  private record Carrier(byte[] addresses, int end, String doubt) {
    boolean four() {
      return addresses.length == 8;
    }
  }

  /** The next header begins at {@code at}. */
  void enter(Packet.Header header, int at) {
    switch (header) {
      case IpV4Header ip -> {
        boolean part = ip.getMoreFragmentFlag() || ip.getFragmentOffset() != 0;
        carry(at + 12, 8, ip.getTotalLengthAsInt(), at, part);
      }
      case IpV6Header ip -> {
        int payload = ip.getPayloadLengthAsInt();
        carry(at + 8, 32, payload == 0 ? 0 : 40 + payload, at, false);
      }
      case IpV6ExtFragmentHeader part -> {
        if (part.getM() || part.getFragmentOffset() != 0) {
          doubt("checksum.fragment");
        }
      }
      case IpV6ExtRoutingHeader way -> {
        if (way.getSegmentsLeft() != 0) {
          doubt("checksum.routed");
        }
      }
      default -> {}
    }
  }

  /** A length of 0 stands for more than the field can say: up to the end of what is there. */
  private void carry(int addresses, int size, int length, int at, boolean fragment) {
    if (carrier != null) {
      limit = Math.min(limit, carrier.end);
    }
    int end = length == 0 ? limit : at + length;
    String doubt = end > limit ? "checksum.cut" : fragment ? "checksum.fragment" : "";
    carrier = new Carrier(Arrays.copyOfRange(frame, addresses, addresses + size), end, doubt);
  }

  private void doubt(String why) {
    if (carrier != null && carrier.doubt.isEmpty()) {
      carrier = new Carrier(carrier.addresses, carrier.end, why);
    }
  }

  /** Of an IPv4 header. */
  String ofHeader(int at, int end) {
    int stored = number(at + 10);
    int right = sum(without(at, end, 10, 2));
    return stored == right
        ? TEXTS.get("checksum.correct")
        : TEXTS.get(stored == 0 ? "checksum.unset" : "checksum.wrong", hex(right));
  }

  /** Of a message of ICMP. */
  String ofIcmp(int at) {
    if (carrier == null || doubtful(carrier, at + 4)) {
      return unverified();
    }
    int right = sum(without(at, carrier.end, 2, 2));
    return told(number(at + 2), right);
  }

  /**
   * Of a header that takes in addresses.
   *
   * @param offset of the checksum in the header
   * @param protocol the number of {@link #TCP}, {@link #UDP} or {@link #ICMPV6}
   */
  String ofTransport(int at, int offset, int protocol) {
    if (carrier == null || doubtful(carrier, at + offset + 2)) {
      return unverified();
    }
    int end = carrier.end;
    if (protocol == UDP && number(at + 4) >= UDP_HEADER) {
      end = at + number(at + 4);
      if (end > carrier.end) {
        return TEXTS.get("checksum.cut");
      }
    }
    int stored = number(at + offset);
    if (protocol == UDP && stored == 0 && carrier.four()) {
      return TEXTS.get("checksum.none");
    }
    byte[] pseudo = pseudo(carrier, protocol, end - at);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(pseudo);
    all.writeBytes(without(at, end, offset, 2));
    int right = sum(all.toByteArray());
    if (protocol == UDP && right == 0) {
      right = 0xffff;
    }
    // What the stack leaves to the network card: the sum so far, not yet turned round.
    boolean partial = stored != right && stored == (~sum(pseudo) & 0xffff);
    return partial ? TEXTS.get("checksum.partial", hex(right)) : told(stored, right);
  }

  /** Of a packet of SCTP, which has a CRC32c, its lowest byte first. */
  String ofSctp(int at) {
    if (carrier == null || doubtful(carrier, at + SCTP_OFFSET + 4)) {
      return unverified();
    }
    int right =
        Integer.reverseBytes(
            ByteArrays.calcCrc32cChecksum(without(at, carrier.end, SCTP_OFFSET, 4)));
    int stored = ByteBuffer.wrap(frame).getInt(at + SCTP_OFFSET);
    return stored == right
        ? TEXTS.get("checksum.correct")
        : TEXTS.get("checksum.wrong", "0x%08x".formatted(right));
  }

  /** Whether the packet says that it ends before {@code least}, or more stands against it. */
  private static boolean doubtful(Carrier carrier, int least) {
    return !carrier.doubt.isEmpty() || carrier.end < least;
  }

  private String unverified() {
    if (carrier == null) {
      return "";
    }
    return TEXTS.get(carrier.doubt.isEmpty() ? "checksum.cut" : carrier.doubt);
  }

  private static String told(int stored, int right) {
    return stored == right
        ? TEXTS.get("checksum.correct")
        : TEXTS.get("checksum.wrong", hex(right));
  }

  private static byte[] pseudo(Carrier carrier, int protocol, int length) {
    ByteBuffer header = ByteBuffer.allocate(carrier.four() ? 12 : 40).put(carrier.addresses);
    if (carrier.four()) {
      header.putShort((short) protocol).putShort((short) length);
    } else {
      header.putInt(length).putInt(protocol);
    }
    return header.array();
  }

  /** Bytes of the frame with some of them zeroed. */
  private byte[] without(int at, int end, int offset, int length) {
    byte[] bytes = Arrays.copyOfRange(frame, at, end);
    Arrays.fill(bytes, offset, offset + length, (byte) 0);
    return bytes;
  }

  private static int sum(byte[] bytes) {
    return ByteArrays.calcChecksum(bytes) & 0xffff;
  }

  private int number(int at) {
    return (frame[at] & 0xff) << 8 | frame[at + 1] & 0xff;
  }

  private static String hex(int sum) {
    return "0x%04x".formatted(sum);
  }
}
