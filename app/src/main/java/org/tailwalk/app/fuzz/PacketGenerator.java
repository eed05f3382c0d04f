// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fuzz;

import static org.tailwalk.app.fuzz.FrameBuilder.ETHERTYPE_ARP;
import static org.tailwalk.app.fuzz.FrameBuilder.ETHERTYPE_IPV4;
import static org.tailwalk.app.fuzz.FrameBuilder.ETHERTYPE_IPV6;
import static org.tailwalk.app.fuzz.FrameBuilder.ICMP;
import static org.tailwalk.app.fuzz.FrameBuilder.SCTP;
import static org.tailwalk.app.fuzz.FrameBuilder.TCP;
import static org.tailwalk.app.fuzz.FrameBuilder.UDP;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.Hook;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.MacAddress;
import org.tailwalk.scenario.EndpointConfig;
import org.tailwalk.scenario.InjectionRule;

/**
 * Packets of a few flows, mixed: most belong to a conversation that is under way, in either
 * direction, so that conntrack has something to find; some are odd in one field; a few are odd all
 * over.
 */
final class PacketGenerator {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000_000_000;

  /** Around the report interval, the timeouts and the sweeps, on both sides of each. */
  private static final List<Long> GAPS =
      List.of(
          1L,
          SECOND - 1,
          SECOND,
          2 * SECOND,
          5 * SECOND - 1,
          5 * SECOND,
          5 * SECOND + 1,
          6 * SECOND,
          9 * SECOND,
          10 * SECOND,
          11 * SECOND,
          30 * SECOND,
          59 * SECOND,
          60 * SECOND,
          61 * SECOND,
          299 * SECOND,
          300 * SECOND,
          301 * SECOND,
          3_600 * SECOND,
          21_599 * SECOND,
          21_600 * SECOND,
          21_601 * SECOND,
          86_400 * SECOND,
          3 * 86_400 * SECOND);

  private static final int[] TCP_FLAGS = {
    0x02, 0x02, 0x12, 0x10, 0x10, 0x18, 0x18, 0x11, 0x01, 0x04, 0x14, 0x00, 0x03, 0x06, 0x3f, 0x29,
    0xc2, 0x30, 0x19
  };
  private static final int[] ICMP_TYPES = {8, 8, 0, 0, 3, 3, 11, 12, 5, 13, 4, 255};
  private static final int[] PROTOCOLS = {0, 2, 4, 41, 47, 47, 50, 51, 58, 89, SCTP, 255};
  private static final int[] ETHERTYPES = {
    ETHERTYPE_IPV6, 0x8100, 0x88cc, 0x0806, 0x05ff, 0x0600, 0x0040, 0, 0xffff
  };
  private static final int[] TTLS = {64, 64, 64, 64, 255, 128, 2, 1, 0};
  private static final int[] PAYLOADS = {0, 0, 1, 7, 40, 74, 120, 300, 1000, 1400};
  private static final long[] MARKS = {
    0, 0xf00, 0xa00, 0xb00, 0xc00, 0xd00, 0xe00, 0x900, 0x200, 0x1500, 0xffffffffL
  };

  /** A conversation: a pod and anybody else, who began it and with which protocol. */
  private record Flow(
      EndpointConfig pod,
      IpAddress peer,
      int protocol,
      int podPort,
      int peerPort,
      boolean podBegan) {}

  private final Dice dice;
  private final List<EndpointConfig> pods;
  private final List<Flow> flows = new ArrayList<>();

  PacketGenerator(Dice dice, List<EndpointConfig> pods) {
    this.dice = dice;
    this.pods = pods;
    int count = 1 + dice.below(5);
    for (int i = 0; i < count; i++) {
      flows.add(flow());
    }
  }

  private Flow flow() {
    EndpointConfig pod = dice.of(pods);
    boolean podBegan = dice.percent(60);
    int protocol = dice.of(TCP, TCP, TCP, UDP, UDP, ICMP, SCTP);
    int server = dice.of(Universe.SERVER_PORTS);
    int client = dice.of(Universe.CLIENT_PORTS);
    return new Flow(
        pod, peer(), protocol, podBegan ? client : server, podBegan ? server : client, podBegan);
  }

  private IpAddress peer() {
    if (dice.oneIn(25)) {
      return dice.of(Universe.ODD);
    }
    return dice.percent(45) ? address(dice.of(pods)) : dice.of(Universe.PEERS);
  }

  private static IpAddress address(EndpointConfig pod) {
    return pod.address(false).orElse(IpAddress.ANY4);
  }

  /** The next packet. */
  FuzzPacket next() {
    if (dice.oneIn(40)) {
      flows.set(dice.below(flows.size()), flow());
    }
    Flow flow = dice.of(flows);
    boolean fromPod = dice.percent(55);
    byte[] frame = frame(flow, fromPod);
    if (dice.oneIn(30)) {
      frame = Arrays.copyOf(frame, Math.max(FrameBuilder.ETHERNET, dice.below(frame.length + 1)));
    }
    if (dice.oneIn(60)) {
      frame[dice.below(frame.length)] ^= (byte) (1 << dice.below(8));
    }
    return new FuzzPacket(Bytes.copyOf(frame), gap(), entry(flow, fromPod));
  }

  private long gap() {
    int kind = dice.below(100);
    if (kind < 55) {
      return dice.between(0, 50 * MILLI);
    }
    if (kind < 75) {
      return dice.between(0, 8 * SECOND);
    }
    if (kind < 97) {
      return dice.of(GAPS);
    }
    return kind < 99 ? dice.between(0, 7 * 86_400L) * SECOND : -dice.between(1, 100 * SECOND);
  }

  private InjectionRule.@Nullable Entry entry(Flow flow, boolean fromPod) {
    if (dice.percent(70)) {
      return null;
    }
    if (fromPod && dice.percent(80)) {
      return new InjectionRule.Entry(
          flow.pod().id(), Hook.FROM_CONTAINER, dice.percent(70) ? 0 : mark(), someCb(), null);
    }
    Hook hook =
        dice.percent(10) ? Hook.FROM_CONTAINER : dice.of(Hook.HANDLE_POLICY, Hook.TO_CONTAINER);
    if (hook == Hook.TO_CONTAINER) {
      return new InjectionRule.Entry(flow.pod().id(), hook, mark(), someCb(), null);
    }
    long ifindex = dice.oneIn(4) ? 0 : flow.pod().ifindex();
    List<Long> cb =
        List.of(
            dice.of(Universe.IDENTITIES),
            ifindex,
            dice.oneIn(4) ? 1L : 0L,
            dice.oneIn(4) ? 1L : 0L,
            0L);
    return new InjectionRule.Entry(flow.pod().id(), hook, dice.oneIn(4) ? mark() : 0, cb, null);
  }

  private long mark() {
    long mark = MARKS[dice.below(MARKS.length)];
    if (dice.oneIn(3)) {
      return dice.word();
    }
    long identity = dice.of(Universe.IDENTITIES);
    return mark | (identity & 0xffff) << 16 | identity >>> 16 & 0xff;
  }

  private @Nullable List<Long> someCb() {
    return dice.percent(70)
        ? null
        : List.of(dice.word(), dice.word(), dice.word(), dice.word(), dice.word());
  }

  private byte[] frame(Flow flow, boolean fromPod) {
    EndpointConfig pod = flow.pod();
    MacAddress source = fromPod ? pod.mac() : pod.nodeMac();
    MacAddress destination = fromPod ? pod.nodeMac() : pod.mac();
    if (dice.oneIn(60)) {
      IpAddress target = dice.of(HOST_OR_PODS);
      MacAddress asked = dice.oneIn(2) ? new MacAddress(0xffffffffffffL) : destination;
      byte[] arp =
          FrameBuilder.arp(dice.of(1, 1, 2, 0), source, address(pod), new MacAddress(0), target);
      return FrameBuilder.ethernet(asked, source, ETHERTYPE_ARP, arp);
    }
    int type = dice.oneIn(60) ? dice.of(ETHERTYPES) : ETHERTYPE_IPV4;
    return FrameBuilder.ethernet(destination, source, type, packet(flow, fromPod));
  }

  private static final List<IpAddress> HOST_OR_PODS =
      List.of(
          Universe.HOST, IpAddress.parse("10.0.0.1"), IpAddress.parse("10.0.0.2"), Universe.WORLD);

  private byte[] packet(Flow flow, boolean fromPod) {
    int protocol = dice.oneIn(25) ? dice.of(PROTOCOLS) : flow.protocol();
    IpAddress own = dice.oneIn(50) ? dice.of(Universe.PEERS) : address(flow.pod());
    IpAddress other = dice.oneIn(50) ? peer() : flow.peer();
    byte[] options = dice.oneIn(25) ? dice.bytes(4 * dice.below(11)) : new byte[0];
    int ihl = dice.oneIn(80) ? dice.below(16) : 5 + options.length / 4;
    int fragment = 0x4000;
    int id = dice.below(0x10000);
    if (dice.oneIn(15)) {
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
            dice.oneIn(10) ? dice.of(TTLS) : 64,
            protocol,
            fromPod ? own : other,
            fromPod ? other : own,
            options);
    return FrameBuilder.ipv4(ip, payload(ip, flow, fromPod));
  }

  private byte[] payload(FrameBuilder.Ipv4 ip, Flow flow, boolean fromPod) {
    int sport = fromPod ? flow.podPort() : flow.peerPort();
    int dport = fromPod ? flow.peerPort() : flow.podPort();
    byte[] data = new byte[dice.of(PAYLOADS)];
    return switch (ip.protocol()) {
      case TCP -> tcp(ip, sport, dport, data);
      case UDP -> FrameBuilder.udp(ip, sport, dport, data);
      case SCTP -> FrameBuilder.sctp(sport, dport, data);
      case ICMP -> icmp(ip, flow, fromPod, data);
      default -> dice.bytes(data.length);
    };
  }

  private byte[] tcp(FrameBuilder.Ipv4 ip, int sport, int dport, byte[] data) {
    byte[] segment = FrameBuilder.tcp(ip, sport, dport, dice.of(TCP_FLAGS), data);
    if (dice.oneIn(20)) {
      segment[12] = (byte) dice.below(256);
    }
    return segment;
  }

  private byte[] icmp(FrameBuilder.Ipv4 ip, Flow flow, boolean fromPod, byte[] data) {
    // An echo goes one way as a request and comes back as a reply, with the flow's identifier.
    boolean asks = fromPod == flow.podBegan();
    int type = flow.protocol() == ICMP && dice.percent(70) ? (asks ? 8 : 0) : dice.of(ICMP_TYPES);
    int identifier = flow.protocol() == ICMP ? flow.podPort() : dice.below(3);
    boolean error = type == 3 || type == 11 || type == 12;
    byte[] quoted = data;
    if (error) {
      FrameBuilder.Ipv4 inner =
          new FrameBuilder.Ipv4(
              4, 5, 0, 0, 0, 0, 64, UDP, ip.destination(), ip.source(), new byte[0]);
      quoted =
          FrameBuilder.ipv4(
              inner, FrameBuilder.udp(inner, flow.podPort(), flow.peerPort(), new byte[0]));
    }
    int code = type == 3 ? dice.of(0, 1, 3, 4, 13) : dice.oneIn(10) ? dice.below(256) : 0;
    return FrameBuilder.icmp(type, code, error ? 0 : (long) identifier << 16 | 1, quoted);
  }
}
