// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fuzz;

/** What stands behind the IP header, alike in both families. */
final class Payloads {
  private static final int[] TCP_FLAGS = {
    0x02, 0x02, 0x12, 0x10, 0x10, 0x18, 0x18, 0x11, 0x01, 0x04, 0x14, 0x00, 0x03, 0x06, 0x3f, 0x29,
    0xc2, 0x30, 0x19
  };
  private static final int[] SIZES = {0, 0, 1, 7, 40, 74, 120, 300, 1000, 1400, 3000};

  /** Protocols that conntrack does not know, and some that it does. */
  private static final int[] PROTOCOLS = {
    0, 1, 2, 4, 6, 17, 41, 47, 47, 50, 51, 58, 59, 89, FrameBuilder.SCTP, 255
  };

  private final Dice dice;

  Payloads(Dice dice) {
    this.dice = dice;
  }

  /** The flow's protocol, or now and then another. */
  int protocol(Flow flow) {
    return dice.oneIn(25) ? dice.of(PROTOCOLS) : flow.protocol();
  }

  byte[] data() {
    return new byte[dice.of(SIZES)];
  }

  /** A segment, datagram or bytes of a protocol other than ICMP. */
  byte[] of(int protocol, Flow flow, boolean fromPod, FrameBuilder.Ends ends) {
    int answerPort = dice.oneIn(8) ? flow.peerPort() : flow.answerPort();
    int sport = fromPod ? flow.podPort() : answerPort;
    int dport = fromPod ? flow.peerPort() : flow.podPort();
    byte[] data = data();
    return switch (protocol) {
      case FrameBuilder.TCP -> tcp(ends, sport, dport, data);
      case FrameBuilder.UDP -> FrameBuilder.udp(ends, sport, dport, data);
      case FrameBuilder.SCTP -> FrameBuilder.sctp(sport, dport, data);
      default -> dice.bytes(data.length);
    };
  }

  private byte[] tcp(FrameBuilder.Ends ends, int sport, int dport, byte[] data) {
    byte[] segment = FrameBuilder.tcp(ends, sport, dport, dice.of(TCP_FLAGS), data);
    if (dice.oneIn(20)) {
      segment[12] = (byte) dice.below(256);
    }
    return segment;
  }
}
