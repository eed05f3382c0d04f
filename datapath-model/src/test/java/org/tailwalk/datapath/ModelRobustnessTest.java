// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tailwalk.engine.Injection;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.event.ContextState;
import org.tailwalk.event.Hook;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.packet.Bytes;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.Era;

/**
 * Damaged frames of every kind through every build: a trace that keeps the rules, never a throw.
 */
final class ModelRobustnessTest {
  private static final int PACKETS = 700;
  private static final int[] CODES = {0, 2, 7};

  static Stream<DatapathConfig> builds() {
    DatapathConfig dual = DatapathConfig.dual(Era.SEED);
    return Stream.of(
        dual,
        DatapathConfig.dual(Era.WALKTHROUGH2020),
        dual.withEra(Era.PR33551).with(DatapathOption.DEBUG, true),
        dual.withEra(Era.PR26118).with(DatapathOption.ENABLE_IPV4, false),
        dual.withEra(Era.PR25426).with(DatapathOption.ENABLE_IPV6, false),
        dual.with(DatapathOption.ENABLE_SOCKET_LB_FULL, true),
        dual.with(DatapathOption.ENABLE_IPV4_FRAGMENTS, true)
            .with(DatapathOption.ENABLE_SCTP, true)
            .with(DatapathOption.ENABLE_ICMP_RULE, true),
        dual.with(DatapathOption.ENABLE_L7_LB, true)
            .with(DatapathOption.ALLOW_ICMP_FRAG_NEEDED, true)
            .with(DatapathOption.ENABLE_SESSION_AFFINITY, true),
        dual.with(DatapathOption.ENABLE_ROUTING, false)
            .with(DatapathOption.ENABLE_HOST_FIREWALL, true)
            .with(DatapathOption.ENABLE_CUSTOM_CALLS, true));
  }

  @ParameterizedTest
  @MethodSource("builds")
  void damagedFramesGiveWholeTraces(DatapathConfig config) throws ReplayException {
    Random random = new Random(22_527);
    TestNode node =
        new TestNode(config)
            .allowAll()
            .policy(TestNode.A, true, 0, 81, 6, 15001, false)
            .policy(TestNode.B, false, 1000, 82, 6, 0, true)
            .service("10.96.0.1", 80, 16, 30, 8080, "10.0.0.2", "10.0.0.1")
            .service("fd00:96::1", 80, 16, 30, 8080, "fd00::2", "fd00::1");
    try (ReplaySession session = node.open()) {
      for (int i = 0; i < PACKETS; i++) {
        Injection injection = injection(random, i);
        PathTrace trace = session.send(injection);
        keepsTheRules(trace, config);
      }
    }
  }

  private static void keepsTheRules(PathTrace trace, DatapathConfig config) {
    List<PathEvent> events = trace.events();
    if (!(events.getFirst() instanceof PathEvent.Entered)) {
      return;
    }
    assertThat(trace.returnCode())
        .satisfiesAnyOf(c -> assertThat(c).isNegative(), c -> assertThat(CODES).contains(c));
    assertThat(TestNode.events(trace, PathEvent.Returned.class)).hasSize(1);
    assertThat(TestNode.events(trace, PathEvent.Entered.class))
        .hasSize(TestNode.events(trace, PathEvent.TailCallTaken.class).size() + 1);
    if (trace.returnCode() == 2 && config.has(DatapathOption.DROP_NOTIFY)) {
      assertThat(TestNode.notified(trace, Notification.Drop.class)).hasSize(1);
    }
    for (PathEvent event : events) {
      if (event instanceof PathEvent.Notified n
          && !(n.notification() instanceof Notification.Signal)) {
        assertThat(Notification.of(n.notification().toBytes())).isEqualTo(n.notification());
      }
    }
  }

  private static Injection injection(Random random, int packet) {
    byte[] frame = frame(random).toArray();
    for (int i = random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(frame.length);
      // The EtherType stays, or nearly nothing would be looked at.
      if (at < 12 || at > 13) {
        frame[at] = (byte) random.nextInt(256);
      }
    }
    int length = random.nextInt(4) == 0 ? random.nextInt(frame.length + 1) : frame.length;
    long[] cb = random.longs(5, 0, 3).toArray();
    long mark = random.nextBoolean() ? 0 : random.nextInt(16) << 8 | 1000L << 16;
    return new Injection(
        packet + 1,
        Bytes.copyOf(frame, 0, length),
        random.nextBoolean() ? TestNode.A : TestNode.B,
        Hook.values()[random.nextInt(3)],
        ContextState.of(mark, cb[0], cb[1], cb[2], cb[3], cb[4]),
        1,
        0,
        (1_000_000L + packet * 7L) * 1_000_000_000L,
        random.nextInt());
  }

  private static Bytes frame(Random random) {
    boolean v6 = random.nextBoolean();
    String[] addresses =
        v6
            ? new String[] {"fd00::1", "fd00::2", "fd00:96::1", "2001:db8::1", "fd00:10::a0f"}
            : new String[] {"10.0.0.1", "10.0.0.2", "10.96.0.1", "192.0.2.1", "0.0.0.0"};
    PacketBuilder packet =
        PacketBuilder.from(addresses[random.nextInt(2)], addresses[random.nextInt(5)])
            .hopLimit(random.nextInt(8) == 0 ? 1 : 64);
    int sport = 1 + random.nextInt(3);
    int dport = 80 + random.nextInt(3);
    switch (random.nextInt(6)) {
      case 0, 1 -> packet.tcp(sport, dport, random.nextInt(32));
      case 2 -> packet.udp(sport, dport);
      case 3 -> packet.icmp(random.nextInt(256), random.nextInt(8), 7);
      case 4 -> packet.icmp(v6 ? 128 + random.nextInt(9) : 8, 0, 7);
      default -> packet.payload(random.nextInt(256), new byte[random.nextInt(40)]);
    }
    if (random.nextInt(5) == 0) {
      packet.fragment(random.nextInt(0x4000));
    }
    if (random.nextInt(5) == 0) {
      int[] known = {0, 43, 44, 51, 59, 60};
      packet.extensions(random.ints(random.nextInt(5), 0, 6).map(n -> known[n]).toArray());
    }
    return packet.build();
  }
}
