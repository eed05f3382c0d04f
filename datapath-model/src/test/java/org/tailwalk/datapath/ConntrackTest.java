// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tailwalk.engine.MapEntry;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.event.Hook;
import org.tailwalk.event.MapKey.CtTuple;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue.CtBuffer;
import org.tailwalk.event.MapValue.CtEntry;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.Era;
import org.tailwalk.scenario.Fault;

/** Section 3, row by row, through a pod's egress. */
final class ConntrackTest {
  private static final int FIN = 1;
  private static final int SYN = 2;
  private static final int RST = 4;
  private static final int ACK = 16;
  private static final long T = 1_000_000;
  private static final DatapathConfig DUAL = DatapathConfig.dual(Era.SEED);

  private record Keys(String name, Bytes frame, CtTuple reverse, CtTuple forward) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static PacketBuilder toB() {
    return PacketBuilder.from("10.0.0.1", "10.0.0.2");
  }

  private static CtTuple tuple(String daddr, String saddr, int d, int s, int proto, int flags) {
    return new CtTuple(IpAddress.parse(daddr), IpAddress.parse(saddr), d, s, proto, flags);
  }

  /** Section 3.3: what is looked up for an egress packet A to B; the second is what is stored. */
  static Stream<Keys> rows() {
    String a = "10.0.0.1";
    String b = "10.0.0.2";
    String a6 = "fd00::1";
    String b6 = "fd00::2";
    return Stream.of(
        new Keys(
            "TCP",
            toB().tcp(40000, 80, SYN).build(),
            tuple(b, a, 40000, 80, 6, 1),
            tuple(a, b, 80, 40000, 6, 0)),
        new Keys(
            "UDP", toB().udp(9, 53).build(), tuple(b, a, 9, 53, 17, 1), tuple(a, b, 53, 9, 17, 0)),
        new Keys(
            "echo request",
            toB().icmp(8, 0, 77).build(),
            tuple(b, a, 77, 0, 1, 1),
            tuple(a, b, 0, 77, 1, 0)),
        new Keys(
            "echo reply",
            toB().icmp(0, 0, 77).build(),
            tuple(b, a, 0, 77, 1, 1),
            tuple(a, b, 77, 0, 1, 0)),
        new Keys(
            "unreachable",
            toB().icmp(3, 1, 77).build(),
            tuple(b, a, 0, 0, 1, 3),
            tuple(a, b, 0, 0, 1, 2)),
        new Keys(
            "other ICMP",
            toB().icmp(13, 0, 77).build(),
            tuple(b, a, 0, 0, 1, 1),
            tuple(a, b, 0, 0, 1, 0)),
        new Keys(
            "ICMPv6 echo request",
            PacketBuilder.from(a6, b6).icmp(128, 0, 5).build(),
            tuple(b6, a6, 5, 0, 58, 1),
            tuple(a6, b6, 0, 5, 58, 0)),
        new Keys(
            "ICMPv6 echo reply",
            PacketBuilder.from(a6, b6).icmp(129, 0, 5).build(),
            tuple(b6, a6, 0, 5, 58, 1),
            tuple(a6, b6, 5, 0, 58, 0)),
        new Keys(
            "ICMPv6 packet too big",
            PacketBuilder.from(a6, b6).icmp(2, 0, 5).build(),
            tuple(b6, a6, 0, 0, 58, 3),
            tuple(a6, b6, 0, 0, 58, 2)));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void tuplesOfSection33(Keys row) throws ReplayException {
    PathTrace trace = new TestNode(DUAL).send(Hook.FROM_CONTAINER, TestNode.A, row.frame);
    List<CtTuple> looked =
        TestNode.events(trace, PathEvent.LookedUp.class).stream()
            .filter(e -> e.map().role().conntrack())
            .map(e -> (CtTuple) e.key())
            .toList();
    assertThat(looked).startsWith(row.reverse, row.forward);
  }

  private record Refused(String name, Bytes frame, boolean fragments, int code) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Refused> refused() {
    Bytes tcp = toB().tcp(1, 2, ACK).build();
    Bytes echo = toB().icmp(8, 0, 1).build();
    return Stream.of(
        new Refused("GRE", toB().payload(47, new byte[8]).build(), false, -137),
        new Refused("ICMPv6 in IPv4", toB().payload(58, new byte[8]).build(), false, -137),
        new Refused("ICMP type missing", echo.slice(0, 34), false, -135),
        new Refused("identifier missing", echo.slice(0, 39), false, -135),
        new Refused("ports missing", tcp.slice(0, 37), false, -135),
        new Refused("flags missing", tcp.slice(0, 47), false, -135),
        new Refused("flags missing, fragments on", tcp.slice(0, 47), true, -135),
        new Refused("ports missing, fragments on", tcp.slice(0, 37), true, -14),
        new Refused("later fragment", toB().udp(1, 2).fragment(5).build(), true, -175),
        new Refused("SCTP without the option", toB().sctp(1, 2).build(), false, -137));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void errorsOfSection33(Refused c) throws ReplayException {
    DatapathConfig config = DUAL.with(DatapathOption.ENABLE_IPV4_FRAGMENTS, c.fragments);
    PathTrace trace = new TestNode(config).send(Hook.HANDLE_POLICY, TestNode.A, c.frame);
    assertThat(trace.returnCode()).isEqualTo(c.code);
  }

  @Test
  void sctpIsTrackedWithTheOption() throws ReplayException {
    DatapathConfig config = DUAL.with(DatapathOption.ENABLE_SCTP, true);
    PathTrace trace =
        new TestNode(config)
            .allowAll()
            .send(Hook.FROM_CONTAINER, TestNode.A, toB().sctp(5, 6).build());
    assertThat(TestNode.changes(trace, MapRole.CT_ANY4))
        .extracting(PathEvent.Changed::key)
        .contains(tuple("10.0.0.1", "10.0.0.2", 6, 5, 132, 0));
  }

  @Test
  void fragmentsLeaveTheirPortsForLaterOnes() throws ReplayException {
    DatapathConfig config = DUAL.with(DatapathOption.ENABLE_IPV4_FRAGMENTS, true);
    try (ReplaySession session = new TestNode(config).allowAll().open()) {
      Bytes first = toB().udp(9, 53).fragment(0x2000).build();
      Bytes later = toB().payload(17, new byte[16]).fragment(1).build();
      assertThat(send(session, first, T).returnCode()).isEqualTo(7);
      assertThat(send(session, later, T).returnCode()).isEqualTo(7);
      assertThat(entry(session, MapRole.CT_ANY4, tuple("10.0.0.1", "10.0.0.2", 53, 9, 17, 0)))
          .extracting(CtEntry::txPackets)
          .isEqualTo(2L);
    }
  }

  private static PathTrace send(ReplaySession session, Bytes frame, long second)
      throws ReplayException {
    return TestNode.send(session, Hook.FROM_CONTAINER, TestNode.A, frame, second);
  }

  private static CtEntry entry(ReplaySession session, MapRole role, CtTuple key)
      throws ReplayException {
    return session.entries(MapRef.shared(role)).stream()
        .filter(e -> e.key().equals(key))
        .map(MapEntry::value)
        .map(CtEntry.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static final CtTuple OUT = tuple("10.0.0.1", "10.0.0.2", 80, 40000, 6, 0);

  private static Bytes tcp(int flags) {
    return toB().tcp(40000, 80, flags).build();
  }

  private static Bytes back(int flags) {
    return PacketBuilder.from("10.0.0.2", "10.0.0.1").tcp(80, 40000, flags).build();
  }

  private static PathTrace reply(ReplaySession session, int flags, long second)
      throws ReplayException {
    return TestNode.send(session, Hook.FROM_CONTAINER, TestNode.B, back(flags), second);
  }

  @Test
  void synHasTheSynTimeoutAndTheFirstOtherPacketTheLongOne() throws ReplayException {
    try (ReplaySession session = new TestNode(DUAL).allowAll().open()) {
      send(session, tcp(SYN), T);
      assertThat(entry(session, MapRole.CT_TCP4, OUT).lifetime()).isEqualTo(T + 60);
      reply(session, SYN | ACK, T + 1);
      assertThat(entry(session, MapRole.CT_TCP4, OUT).lifetime()).isEqualTo(T + 61);
      send(session, tcp(ACK), T + 2);
      CtEntry entry = entry(session, MapRole.CT_TCP4, OUT);
      assertThat(entry.lifetime()).isEqualTo(T + 2 + 21_600);
      assertThat(entry.bitNames()).containsExactly("seen_non_syn");
    }
  }

  @Test
  void resetClosesBothDirectionsAtOnce() throws ReplayException {
    try (ReplaySession session = new TestNode(DUAL).allowAll().open()) {
      send(session, tcp(SYN), T);
      reply(session, SYN | ACK, T);
      send(session, tcp(ACK), T);
      reply(session, RST, T + 5);
      CtEntry entry = entry(session, MapRole.CT_TCP4, OUT);
      assertThat(entry.bitNames()).contains("rx_closing", "tx_closing");
      assertThat(entry.lifetime()).isEqualTo(T + 5 + 10);
    }
  }

  @Test
  void finsCloseOneDirectionEachAndSynReopens() throws ReplayException {
    try (ReplaySession session = new TestNode(DUAL).allowAll().open()) {
      send(session, tcp(SYN), T);
      reply(session, SYN | ACK, T);
      send(session, tcp(FIN | ACK), T + 1);
      assertThat(entry(session, MapRole.CT_TCP4, OUT).bitNames())
          .containsExactly("tx_closing", "seen_non_syn");
      reply(session, FIN | ACK, T + 2);
      assertThat(entry(session, MapRole.CT_TCP4, OUT).lifetime()).isEqualTo(T + 12);
      send(session, tcp(ACK), T + 3);
      assertThat(entry(session, MapRole.CT_TCP4, OUT).lifetime()).isEqualTo(T + 12);
      PathTrace again = send(session, tcp(SYN), T + 4);
      assertThat(TestNode.notified(again, Notification.Trace.class).getLast().reason())
          .isEqualTo(4);
      assertThat(entry(session, MapRole.CT_TCP4, OUT).bitNames()).containsExactly("seen_non_syn");
    }
  }

  @Test
  void expiredEntryStillMatches() throws ReplayException {
    try (ReplaySession session = new TestNode(DUAL).allowAll().open()) {
      send(session, tcp(SYN), T);
      PathTrace late = send(session, tcp(ACK), T + 1_000_000);
      assertThat(TestNode.notified(late, Notification.Trace.class).getLast().reason()).isEqualTo(1);
    }
  }

  @Test
  void reportComesWithNewFlagsOrAfterTheInterval() throws ReplayException {
    try (ReplaySession session = new TestNode(DUAL).allowAll().open()) {
      send(session, tcp(SYN), T);
      assertThat(monitor(send(session, tcp(ACK), T + 1))).isZero();
      assertThat(monitor(send(session, tcp(ACK), T + 5))).isZero();
      assertThat(monitor(send(session, tcp(ACK), T + 6))).isEqualTo(128);
      assertThat(monitor(send(session, tcp(FIN | ACK), T + 7))).isEqualTo(128);
    }
  }

  /** As the second program reads it from the hand-over buffer. */
  private static long monitor(PathTrace trace) {
    return TestNode.events(trace, PathEvent.LookedUp.class).stream()
        .filter(e -> e.map().equals(MapRef.of(MapRole.CT_BUFFER4, TestNode.A)))
        .map(e -> ((CtBuffer) e.value()).monitor())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void accountingIsAnOptionOfLookupsButNotOfCreation() throws ReplayException {
    DatapathConfig config = DUAL.with(DatapathOption.CONNTRACK_ACCOUNTING, false);
    try (ReplaySession session = new TestNode(config).allowAll().open()) {
      send(session, tcp(SYN), T);
      send(session, tcp(ACK), T);
      assertThat(entry(session, MapRole.CT_TCP4, OUT).txPackets()).isEqualTo(1);
    }
  }

  @Test
  void fullMapMeansSignalAndDrop() throws ReplayException {
    for (boolean v6 : new boolean[] {false, true}) {
      Bytes frame =
          v6 ? PacketBuilder.from("fd00::1", "fd00::2").udp(1, 2).build() : toB().udp(1, 2).build();
      PathTrace trace =
          new TestNode(DUAL)
              .allowAll()
              .fault(new Fault.ConntrackFull())
              .send(Hook.FROM_CONTAINER, TestNode.A, frame);
      assertThat(trace.returnCode()).isEqualTo(2);
      assertThat(TestNode.dropReason(trace)).isEqualTo(155);
      assertThat(TestNode.notified(trace, Notification.Signal.class))
          .containsExactly(new Notification.Signal(1, v6 ? 1 : 0));
      assertThat(TestNode.events(trace, PathEvent.Updated.class))
          .anyMatch(e -> e.map().role().conntrack() && e.errno() == -7);
    }
  }
}
