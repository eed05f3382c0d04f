// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tailwalk.engine.MapOp;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.event.Hook;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.Era;
import org.tailwalk.scenario.Fault;

/** Section 2.9 where no recorded session goes: affinity, backends that leave, SCTP, refusals. */
final class ServiceTest {
  private static final String VIP = "10.96.0.1";
  private static final long T = 1_000_000;
  private static final DatapathConfig DUAL = DatapathConfig.dual(Era.SEED);
  private static final DatapathConfig AFFINITY =
      DUAL.with(DatapathOption.ENABLE_SESSION_AFFINITY, true);

  private static TestNode node(DatapathConfig config, long timeout) {
    return new TestNode(config)
        .allowAll()
        .service(VIP, 80, MapValue.ServiceEntry.AFFINITY, timeout, 8080, "10.0.0.2", "192.0.2.9");
  }

  private static Bytes request(int sport) {
    return PacketBuilder.from("10.0.0.1", VIP).udp(sport, 80).build();
  }

  private static String backendOf(ReplaySession session, Bytes frame, long second, long random)
      throws ReplayException {
    PathTrace trace =
        TestNode.send(session, Hook.FROM_CONTAINER, TestNode.A, frame, second, random);
    return IpAddress.v4(trace.frame().toArray(), 30).toString();
  }

  @Test
  void affinityKeepsClientsAtTheirBackend() throws ReplayException {
    try (ReplaySession session = node(AFFINITY, 100).open()) {
      assertThat(backendOf(session, request(1), T, 1)).isEqualTo("192.0.2.9");
      assertThat(backendOf(session, request(2), T + 99, 0)).isEqualTo("192.0.2.9");
      assertThat(backendOf(session, request(3), T + 198, 0)).isEqualTo("192.0.2.9");
    }
  }

  @Test
  void affinityEndsWithItsTimeout() throws ReplayException {
    try (ReplaySession session = node(AFFINITY, 100).open()) {
      assertThat(backendOf(session, request(1), T, 1)).isEqualTo("192.0.2.9");
      assertThat(backendOf(session, request(2), T + 100, 0)).isEqualTo("10.0.0.2");
    }
  }

  @Test
  void affinityEndsWithItsMatchEntry() throws ReplayException {
    try (ReplaySession session = node(AFFINITY, 100).open()) {
      backendOf(session, request(1), T, 1);
      session.apply(
          List.of(
              new MapOp.Delete(
                  MapRef.shared(MapRole.AFFINITY_MATCH), new MapKey.AffinityMatchKey(2, 7))));
      PathTrace trace =
          TestNode.send(session, Hook.FROM_CONTAINER, TestNode.A, request(2), T + 1, 0);
      assertThat(TestNode.events(trace, PathEvent.Deleted.class)).hasSize(1);
      assertThat(trace.frame().slice(30, 34).hex()).isEqualTo("0a000002");
    }
  }

  @Test
  void withoutAffinityEveryConnectionDraws() throws ReplayException {
    try (ReplaySession session = node(DUAL, 100).open()) {
      assertThat(backendOf(session, request(1), T, 1)).isEqualTo("192.0.2.9");
      assertThat(backendOf(session, request(2), T, 2)).isEqualTo("10.0.0.2");
      assertThat(backendOf(session, request(1), T, 2)).isEqualTo("192.0.2.9");
    }
  }

  @Test
  void backendThatLeavesKeepsItsConnectionsUntilTheNextSyn() throws ReplayException {
    TestNode node =
        new TestNode(DUAL).allowAll().service(VIP, 80, 0, 0, 80, "192.0.2.8", "192.0.2.9");
    try (ReplaySession session = node.open()) {
      Bytes syn = PacketBuilder.from("10.0.0.1", VIP).tcp(5, 80, 2).build();
      Bytes ack = PacketBuilder.from("10.0.0.1", VIP).tcp(5, 80, 16).build();
      assertThat(backendOf(session, syn, T, 0)).isEqualTo("192.0.2.8");
      session.apply(
          List.of(
              new MapOp.Put(
                  MapRef.shared(MapRole.LB4_BACKENDS),
                  MapKey.IndexKey.u32(1),
                  new MapValue.BackendEntry(IpAddress.parse("192.0.2.8"), 80, 0, 1))));
      assertThat(backendOf(session, ack, T, 1)).isEqualTo("192.0.2.8");
      assertThat(backendOf(session, syn, T, 1)).isEqualTo("192.0.2.9");
    }
  }

  @Test
  void sctpPortIsNotRewritten() throws ReplayException {
    PathTrace trace =
        new TestNode(DUAL.with(DatapathOption.ENABLE_SCTP, true))
            .allowAll()
            .service(VIP, 80, 0, 0, 8080, "10.0.0.2")
            .send(
                Hook.FROM_CONTAINER,
                TestNode.A,
                PacketBuilder.from("10.0.0.1", VIP).sctp(5, 80).build());
    assertThat(TestNode.dropReason(trace)).isEqualTo(154);
  }

  @Test
  void udpWithoutChecksumStaysWithoutThroughTranslation() throws ReplayException {
    Bytes frame = PacketBuilder.from("10.0.0.1", VIP).udpUnsummed(5, 80).build();
    PathTrace trace = node(DUAL, 0).send(Hook.FROM_CONTAINER, TestNode.A, frame);
    assertThat(trace.frame().u16(36)).isEqualTo(8080);
    assertThat(trace.frame().u16(40)).isZero();
  }

  @Test
  void fullConntrackIsNoServiceHere() throws ReplayException {
    PathTrace trace =
        node(DUAL, 0)
            .fault(new Fault.ConntrackFull())
            .send(Hook.FROM_CONTAINER, TestNode.A, request(1));
    assertThat(TestNode.dropReason(trace)).isEqualTo(158);
  }
}
