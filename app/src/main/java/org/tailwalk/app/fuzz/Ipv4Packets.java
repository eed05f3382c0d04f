// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fuzz;

/** IPv4 packets of a flow, most of them right. */
final class Ipv4Packets {
  private static final int DONT_FRAGMENT = 0x4000;
  private static final int[] ICMP_TYPES = {8, 8, 0, 0, 3, 3, 11, 12, 5, 13, 4, 255};
  private static final int[] TTLS = {255, 128, 2, 1, 1, 0};

  private final Dice dice;
  private final Payloads payloads;

  Ipv4Packets(Dice dice) {
    this.dice = dice;
    this.payloads = new Payloads(dice);
  }

  byte[] packet(Flow flow, boolean fromPod, FrameBuilder.Ends ends) {
    int protocol = payloads.protocol(flow);
    byte[] options = dice.oneIn(25) ? dice.bytes(4 * dice.below(11)) : new byte[0];
    int ihl = dice.oneIn(80) ? dice.below(16) : 5 + options.length / 4;
    int fragment = DONT_FRAGMENT;
    int id = dice.below(0x10000);
    if (dice.oneIn(12)) {
      fragment = dice.of(0x2000, 0x2000, 0x0001, 0x2003, 0x00b9, 0x1fff, 0x8000, 0xc000, 0x6000, 0);
      id = dice.below(3);
    }
    FrameBuilder.Ipv4 ip =
        new FrameBuilder.Ipv4(
            dice.oneIn(100) ? dice.below(16) : 4,
            ihl,
            dice.oneIn(10) ? dice.below(256) : 0,
            dice.oneIn(60) ? (int) dice.between(-40, 40) : 0,
            id,
            fragment,
            dice.oneIn(15) ? dice.of(TTLS) : 64,
            protocol,
            ends.source(),
            ends.destination(),
            options);
    byte[] payload =
        protocol == FrameBuilder.ICMP
            ? icmp(flow, fromPod, ends)
            : payloads.of(protocol, flow, fromPod, ends);
    return FrameBuilder.ipv4(ip, payload);
  }

  private byte[] icmp(Flow flow, boolean fromPod, FrameBuilder.Ends ends) {
    // An echo goes one way as a request and comes back as a reply, with the flow's identifier.
    boolean ping = flow.protocol() == FrameBuilder.ICMP;
    int type = ping && dice.percent(70) ? (flow.asks(fromPod) ? 8 : 0) : dice.of(ICMP_TYPES);
    int identifier = ping ? flow.podPort() : dice.below(3);
    boolean error = type == 3 || type == 11 || type == 12;
    byte[] rest = error ? quoted(flow, ends) : payloads.data();
    int code = type == 3 ? dice.of(0, 1, 3, 4, 13) : dice.oneIn(10) ? dice.below(256) : 0;
    return FrameBuilder.icmp(type, code, error ? 0 : (long) identifier << 16 | 1, rest);
  }

  /** What an error quotes: a datagram that went the other way. */
  private static byte[] quoted(Flow flow, FrameBuilder.Ends ends) {
    FrameBuilder.Ends back = new FrameBuilder.Ends(ends.destination(), ends.source());
    FrameBuilder.Ipv4 inner =
        new FrameBuilder.Ipv4(
            4, 5, 0, 0, 0, 0, 64, FrameBuilder.UDP, back.source(), back.destination(), new byte[0]);
    return FrameBuilder.ipv4(
        inner, FrameBuilder.udp(back, flow.podPort(), flow.peerPort(), new byte[0]));
  }
}
