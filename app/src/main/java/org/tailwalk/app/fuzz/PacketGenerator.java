// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.Hook;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.MacAddress;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.EndpointConfig;
import org.tailwalk.scenario.InjectionRule;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ServiceSpec;

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

  private static final int[] ETHERTYPES = {
    0x0800, 0x86dd, 0x8100, 0x88cc, 0x0806, 0x05ff, 0x0600, 0x0040, 0, 0xffff
  };
  private static final long[] MARKS = {
    0, 0xf00, 0xa00, 0xb00, 0xc00, 0xd00, 0xe00, 0x900, 0x200, 0x1500, 0xffffffffL
  };

  private final Dice dice;
  private final List<EndpointConfig> pods;
  private final List<ServiceSpec> services;
  private final List<Boolean> families;
  private final Ipv4Packets ipv4;
  private final Ipv6Packets ipv6;
  private final List<Flow> flows = new ArrayList<>();

  /** Packets for the endpoints, services and families of a scenario. */
  PacketGenerator(Dice dice, Scenario scenario) {
    this.dice = dice;
    this.pods = scenario.node().endpoints();
    this.services = scenario.node().services();
    this.ipv4 = new Ipv4Packets(dice);
    this.ipv6 = new Ipv6Packets(dice);
    DatapathConfig build = scenario.kernelConfig();
    this.families =
        build.dual()
            ? List.of(false, false, true)
            : List.of(!build.has(DatapathOption.ENABLE_IPV4));
    int count = 1 + dice.below(5);
    for (int i = 0; i < count; i++) {
      flows.add(flow());
    }
  }

  /** The conversations it begins with. */
  List<Flow> flows() {
    return List.copyOf(flows);
  }

  private Flow flow() {
    EndpointConfig pod = dice.of(pods);
    boolean v6 = dice.of(families);
    boolean podBegan = dice.percent(60);
    int protocol =
        dice.of(
            FrameBuilder.TCP,
            FrameBuilder.TCP,
            FrameBuilder.TCP,
            FrameBuilder.UDP,
            FrameBuilder.UDP,
            v6 ? FrameBuilder.ICMPV6 : FrameBuilder.ICMP,
            FrameBuilder.SCTP);
    int server = dice.of(Universe.SERVER_PORTS);
    int client = dice.of(Universe.CLIENT_PORTS);
    List<ServiceSpec> mine = services.stream().filter(s -> s.address().v6() == v6).toList();
    if (podBegan && !mine.isEmpty() && dice.percent(60)) {
      return toService(pod, v6, protocol, client, dice.of(mine));
    }
    IpAddress peer = peer(v6);
    return new Flow(
        pod,
        v6,
        peer,
        peer,
        protocol,
        podBegan ? client : server,
        podBegan ? server : client,
        podBegan ? server : client,
        podBegan);
  }

  private Flow toService(EndpointConfig pod, boolean v6, int protocol, int port, ServiceSpec to) {
    IpAddress answers = to.address();
    int answerPort = to.port();
    if (!to.backends().isEmpty() && !dice.oneIn(5)) {
      ServiceSpec.Backend backend = dice.of(to.backends());
      answers = backend.address();
      answerPort = backend.port();
    }
    return new Flow(pod, v6, to.address(), answers, protocol, port, to.port(), answerPort, true);
  }

  private IpAddress peer(boolean v6) {
    if (dice.oneIn(20)) {
      return dice.of(Universe.odd(v6));
    }
    if (dice.percent(45)) {
      return dice.of(pods).address(v6).orElseThrow();
    }
    return dice.of(Universe.peers(v6));
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
          flow.pod().id(),
          Hook.FROM_CONTAINER,
          dice.percent(70) ? 0 : mark(),
          someCb(),
          dice.oneIn(4) ? 1L : null);
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
    if (mark == 0x900) {
      return mark | (long) dice.of(pods).id() << 16;
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
      return arp(flow, source, destination);
    }
    int type = flow.v6() ? FrameBuilder.ETHERTYPE_IPV6 : FrameBuilder.ETHERTYPE_IPV4;
    if (dice.oneIn(60)) {
      type = dice.of(ETHERTYPES);
    }
    IpAddress own = dice.oneIn(50) ? dice.of(Universe.peers(flow.v6())) : flow.own();
    IpAddress other = fromPod ? flow.peer() : dice.oneIn(8) ? flow.peer() : flow.answers();
    if (dice.oneIn(50)) {
      other = peer(flow.v6());
    }
    FrameBuilder.Ends ends = new FrameBuilder.Ends(fromPod ? own : other, fromPod ? other : own);
    byte[] packet = flow.v6() ? ipv6.packet(flow, fromPod, ends) : ipv4.packet(flow, fromPod, ends);
    return FrameBuilder.ethernet(destination, source, type, packet);
  }

  private byte[] arp(Flow flow, MacAddress source, MacAddress destination) {
    IpAddress target =
        dice.of(
            Universe.host(false),
            dice.of(pods).address(false).orElseThrow(),
            dice.of(Universe.peers(false)));
    MacAddress asked = dice.oneIn(2) ? new MacAddress(0xffffffffffffL) : destination;
    byte[] arp =
        FrameBuilder.arp(
            dice.of(1, 1, 2, 0),
            source,
            flow.pod().address(false).orElseThrow(),
            new MacAddress(0),
            target);
    if (dice.oneIn(8)) {
      arp[dice.below(8)] ^= (byte) (1 << dice.below(8));
    }
    return FrameBuilder.ethernet(asked, source, FrameBuilder.ETHERTYPE_ARP, arp);
  }
}
