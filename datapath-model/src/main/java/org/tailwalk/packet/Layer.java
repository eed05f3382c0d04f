// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.packet;

import java.util.List;

/** A header of a frame. Ports and lengths are host integers; offsets count from the frame. */
public sealed interface Layer {
  /** Where the header begins in the frame. */
  int offset();

  /** The header's length, as far as it says so itself. */
  int length();

  /**
   * Ethernet, VLAN tags included.
   *
   * @param etherType the payload's
   * @param vlans tag control numbers, outermost first
   */
  record Ethernet(MacAddress dst, MacAddress src, int etherType, List<Integer> vlans)
      implements Layer {
    /** Keeps its own copy. */
    public Ethernet {
      vlans = List.copyOf(vlans);
    }

    @Override
    public int offset() {
      return 0;
    }

    @Override
    public int length() {
      return 14 + 4 * vlans.size();
    }
  }

  /** A network layer with addresses and a payload. */
  sealed interface Ip extends Layer {
    /** Source address. */
    IpAddress src();

    /** Destination address. */
    IpAddress dst();

    /** The upper protocol: behind the extension headers, for IPv6. */
    int protocol();

    /** Where the upper protocol's header begins. */
    default int payload() {
      return offset() + length();
    }

    /** TTL or hop limit. */
    int ttl();

    /** Length of the payload behind this header, as the header says. */
    int payloadLength();

    /** A fragment that does not hold the upper protocol's header. */
    boolean laterFragment();
  }

  /**
   * IPv4.
   *
   * @param length IHL in bytes; may be nonsense below 20
   * @param fragment flags and offset, as on the wire
   */
  record Ipv4(
      int offset,
      int length,
      int tos,
      int totalLength,
      int id,
      int fragment,
      int ttl,
      int protocol,
      int checksum,
      IpAddress src,
      IpAddress dst)
      implements Ip {
    @Override
    public int payloadLength() {
      return Math.max(0, totalLength - length);
    }

    @Override
    public boolean laterFragment() {
      return (fragment & 0x1fff) != 0;
    }

    /** More fragments, or an offset. */
    public boolean isFragment() {
      return (fragment & 0x3fff) != 0;
    }
  }

  /**
   * IPv6 with its extension headers.
   *
   * @param length 40 and the extension headers that could be walked
   * @param nextHeader of the fixed header
   * @param protocol of the last header walked to
   * @param extensions numbers of the extension headers, in order
   * @param fragmentOffset 0 without a fragment header
   */
  record Ipv6(
      int offset,
      int length,
      int trafficClass,
      int flowLabel,
      int totalPayload,
      int nextHeader,
      int ttl,
      IpAddress src,
      IpAddress dst,
      int protocol,
      List<Integer> extensions,
      int fragmentOffset)
      implements Ip {
    /** Keeps its own copy. */
    public Ipv6 {
      extensions = List.copyOf(extensions);
    }

    @Override
    public int payloadLength() {
      return Math.max(0, totalPayload - (length - 40));
    }

    @Override
    public boolean laterFragment() {
      return fragmentOffset != 0;
    }
  }

  /** ARP for IPv4 over Ethernet. */
  record Arp(
      int offset,
      int operation,
      MacAddress senderMac,
      IpAddress senderIp,
      MacAddress targetMac,
      IpAddress targetIp)
      implements Layer {
    @Override
    public int length() {
      return 28;
    }
  }

  /**
   * TCP.
   *
   * @param length data offset in bytes
   * @param flags the low byte: FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32
   */
  record Tcp(
      int offset,
      int length,
      int srcPort,
      int dstPort,
      long seq,
      long ack,
      int flags,
      int window,
      int checksum)
      implements Layer {
    public static final int FIN = 1;
    public static final int SYN = 2;
    public static final int RST = 4;
    public static final int PSH = 8;
    public static final int ACK = 16;
    public static final int URG = 32;

    private static final String[] NAMES = {"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"};

    /** The flags' names, such as {@code SYN,ACK}; {@code none} without any. */
    public String flagNames() {
      return flagNames(flags);
    }

    /** The names of a flag byte. */
    public static String flagNames(int flags) {
      if ((flags & 0xff) == 0) {
        return "none";
      }
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 8; i++) {
        if ((flags >> i & 1) != 0) {
          text.append(text.isEmpty() ? "" : ",").append(NAMES[i]);
        }
      }
      return text.toString();
    }
  }

  /** UDP, or the ports of another protocol that begins like it. */
  record Udp(int offset, int srcPort, int dstPort, int udpLength, int checksum) implements Layer {
    @Override
    public int length() {
      return 8;
    }
  }

  /**
   * SCTP's common header.
   *
   * @param chunkType of the first chunk, -1 when cut off
   */
  record Sctp(int offset, int srcPort, int dstPort, int chunkType) implements Layer {
    @Override
    public int length() {
      return 12;
    }
  }

  /**
   * ICMP or ICMPv6.
   *
   * @param id identifier of an echo message; -1 when it has none or is cut
   * @param seq likewise
   */
  record Icmp(int offset, boolean v6, int type, int code, int id, int seq) implements Layer {
    @Override
    public int length() {
      return 8;
    }

    /** An echo request or reply. */
    public boolean echo() {
      return v6 ? type == 128 || type == 129 : type == 0 || type == 8;
    }

    /** An echo request. */
    public boolean request() {
      return type == (v6 ? 128 : 8);
    }

    /** A message about another packet, whose beginning it quotes. */
    public boolean error() {
      return v6 ? type >= 1 && type <= 4 : type == 3 || type == 11 || type == 12 || type == 4;
    }
  }
}
