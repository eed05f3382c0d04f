// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.event.Hook;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue.CtEntry;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.packet.Bytes;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.Era;

/** Section 14: what the walk-throughs of 2020 show. */
final class Walkthrough2020Test {
  private static final DatapathConfig DUAL = DatapathConfig.dual(Era.WALKTHROUGH2020);
  private static final long T = 1_000_000;

  private static Bytes tcp(int flags) {
    return PacketBuilder.from("10.0.0.1", "10.0.0.2").tcp(40000, 80, flags).build();
  }

  private static List<String> path(PathTrace trace) {
    return TestNode.events(trace, PathEvent.Entered.class).stream()
        .map(e -> e.program().toString())
        .toList();
  }

  @Test
  void conntrackStandsInPlaceOfItsPrograms() throws ReplayException {
    PathTrace dual = new TestNode(DUAL).allowAll().send(Hook.FROM_CONTAINER, TestNode.A, tcp(2));
    assertThat(path(dual))
        .containsExactly("100:from-container", "100:2/7", "200:policy", "200:2/11");
    assertThat(TestNode.changes(dual, MapRole.CT_BUFFER4)).isEmpty();
    DatapathConfig single = DUAL.with(DatapathOption.ENABLE_IPV6, false);
    assertThat(path(new TestNode(single).allowAll().send(Hook.FROM_CONTAINER, TestNode.A, tcp(2))))
        .containsExactly("100:from-container", "200:policy");
    assertThat(path(new TestNode(DUAL).send(Hook.TO_CONTAINER, TestNode.A, tcp(2))))
        .startsWith("100:to-container", "100:2/13");
  }

  @Test
  void conntrackErrorsAreHeard() throws ReplayException {
    Bytes gre = PacketBuilder.from("10.0.0.1", "10.0.0.2").payload(47, new byte[8]).build();
    for (Hook hook : Hook.values()) {
      PathTrace trace = new TestNode(DUAL).send(hook, TestNode.A, gre);
      assertThat(trace.returnCode()).as(hook.programId()).isEqualTo(2);
      assertThat(TestNode.dropReason(trace)).isEqualTo(137);
    }
  }

  @Test
  void dropTellsNeitherFileNorInterface() throws ReplayException {
    PathTrace trace = new TestNode(DUAL).send(Hook.FROM_CONTAINER, TestNode.A, tcp(2));
    Notification.Drop drop = TestNode.notified(trace, Notification.Drop.class).getFirst();
    assertThat(drop.reason()).isEqualTo(133);
    assertThat(drop.file()).isZero();
    assertThat(drop.ifindex()).isZero();
    assertThat(trace.context().cb()).containsExactly(1000L, 2000L, 0x1_0000_0000L - 133, 0L, 2L);
  }

  @Test
  void resetClosesOneDirectionAndSynReopensQuietly() throws ReplayException {
    try (ReplaySession session = new TestNode(DUAL).allowAll().open()) {
      for (int flags : new int[] {2, 16, 4}) {
        TestNode.send(session, Hook.FROM_CONTAINER, TestNode.A, tcp(flags), T);
      }
      assertThat(closing(session)).isEqualTo(CtEntry.TX_CLOSING);
      PathTrace again = TestNode.send(session, Hook.FROM_CONTAINER, TestNode.A, tcp(2), T);
      assertThat(closing(session)).isZero();
      assertThat(TestNode.notified(again, Notification.Trace.class).getLast().reason())
          .isEqualTo(1);
    }
  }

  private static int closing(ReplaySession session) throws ReplayException {
    return session.entries(MapRef.shared(MapRole.CT_TCP4)).stream()
        .map(e -> (CtEntry) e.value())
        .filter(e -> e.txPackets() > 0)
        .mapToInt(e -> e.bits() & (CtEntry.TX_CLOSING | CtEntry.RX_CLOSING))
        .sum();
  }

  @Test
  void dnsIsReportedWhole() throws ReplayException {
    byte[] question = new byte[300];
    question[1] = 9;
    question[3] = 53;
    Bytes frame = PacketBuilder.from("10.0.0.1", "192.0.2.1").payload(17, question).build();
    PathTrace trace = new TestNode(DUAL).allowAll().send(Hook.FROM_CONTAINER, TestNode.A, frame);
    assertThat(TestNode.notified(trace, Notification.Trace.class).getLast().captured().length())
        .isEqualTo(frame.length());
  }

  @Test
  void policyHasFourStepsAndNoDeny() throws ReplayException {
    PathTrace trace =
        new TestNode(DUAL)
            .policy(TestNode.A, true, 0, 0, 0, 0, true)
            .allow(TestNode.A, true, 0, 0, 6)
            .allow(TestNode.B, false, 0, 0, 0)
            .send(Hook.FROM_CONTAINER, TestNode.A, tcp(2));
    assertThat(trace.returnCode()).isEqualTo(7);
    assertThat(
            TestNode.events(trace, PathEvent.LookedUp.class).stream()
                .filter(e -> e.map().equals(MapRef.of(MapRole.POLICY, TestNode.A))))
        .hasSize(4);
    assertThat(TestNode.notified(trace, Notification.PolicyVerdict.class).getFirst().matchType())
        .isEqualTo(4);
  }

  @Test
  void optionsThatCameLaterHaveNoEffect() throws ReplayException {
    DatapathConfig later =
        DUAL.with(DatapathOption.ENABLE_SCTP, true)
            .with(DatapathOption.ENABLE_L7_LB, true)
            .with(DatapathOption.ENABLE_CUSTOM_CALLS, true)
            .with(DatapathOption.ENABLE_ICMP_RULE, true);
    assertThat(later).isEqualTo(DUAL);
    assertThat(later.with(DatapathOption.ENABLE_SOCKET_LB_FULL, true).perPacketLb()).isFalse();
    Bytes sctp = PacketBuilder.from("10.0.0.1", "10.0.0.2").payload(132, new byte[16]).build();
    PathTrace trace = new TestNode(later).allowAll().send(Hook.FROM_CONTAINER, TestNode.A, sctp);
    assertThat(TestNode.dropReason(trace)).isEqualTo(137);
  }

  @Test
  void whatComesInIsToldAsNewAndNotCounted() throws ReplayException {
    PathTrace trace = new TestNode(DUAL).allowAll().send(Hook.TO_CONTAINER, TestNode.A, tcp(2));
    Notification.Trace from = TestNode.notified(trace, Notification.Trace.class).getFirst();
    assertThat(from.point()).isEqualTo(8);
    assertThat(from.reason()).isZero();
    assertThat(TestNode.changes(trace, MapRole.METRICS))
        .allSatisfy(c -> assertThat(c.key().toString()).contains("reason=0"));
  }

  @Test
  void echoIdentifierIsTheSendersPortOutAndTheReceiversIn() throws ReplayException {
    for (int type : new int[] {8, 0}) {
      Bytes out = PacketBuilder.from("10.0.0.1", "192.0.2.1").icmp(type, 0, 7).build();
      Bytes in = PacketBuilder.from("192.0.2.1", "10.0.0.1").icmp(type, 0, 7).build();
      assertThat(firstKey(Hook.FROM_CONTAINER, out)).contains("dport=7, sport=0");
      assertThat(firstKey(Hook.HANDLE_POLICY, in)).contains("dport=0, sport=7");
    }
  }

  private static String firstKey(Hook hook, Bytes frame) throws ReplayException {
    PathTrace trace = new TestNode(DUAL).allowAll().send(hook, TestNode.A, frame);
    return TestNode.events(trace, PathEvent.LookedUp.class).stream()
        .filter(e -> e.map().role() == MapRole.CT_ANY4)
        .findFirst()
        .orElseThrow()
        .key()
        .toString();
  }

  @Test
  void fragmentsOfThePodPassInEveryBuild() throws ReplayException {
    Bytes first = PacketBuilder.from("10.0.0.1", "192.0.2.1").udp(1, 2).fragment(0x2000).build();
    PathTrace trace = new TestNode(DUAL).allowAll().send(Hook.FROM_CONTAINER, TestNode.A, first);
    assertThat(trace.returnCode()).isZero();
  }

  @Test
  void serviceWithoutBackendsIsNoService() throws ReplayException {
    Bytes syn = PacketBuilder.from("10.0.0.1", "10.96.0.1").tcp(40000, 80, 2).build();
    PathTrace trace =
        new TestNode(DUAL)
            .allowAll()
            .service("10.96.0.1", 80, 0, 0, 80)
            .send(Hook.FROM_CONTAINER, TestNode.A, syn);
    assertThat(trace.returnCode()).isZero();
  }

  @Test
  void loopedBackConnectionIsAskedForWithTheServicesAddress() throws ReplayException {
    Bytes syn = PacketBuilder.from("10.0.0.1", "10.96.0.1").tcp(40000, 80, 2).build();
    PathTrace trace =
        new TestNode(DUAL)
            .allowAll()
            .service("10.96.0.1", 80, 0, 0, 8080, "10.0.0.1")
            .send(Hook.FROM_CONTAINER, TestNode.A, syn);
    assertThat(
            TestNode.events(trace, PathEvent.LookedUp.class).stream()
                .filter(e -> e.map().role() == MapRole.IPCACHE)
                .map(e -> e.key().toString()))
        .hasSize(1)
        .allSatisfy(key -> assertThat(key).contains("10.96.0.1"));
    // Both ends ask their policy, which the later code skips for such a connection.
    assertThat(TestNode.notified(trace, Notification.PolicyVerdict.class)).hasSize(1);
    assertThat(TestNode.changes(trace, MapRole.POLICY)).hasSize(2);
  }
}
