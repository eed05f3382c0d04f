// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tailwalk.engine.MapOp;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.ProgramGraph;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.event.Hook;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.event.Verdict;
import org.tailwalk.packet.Bytes;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.Era;
import org.tailwalk.scenario.Fault;

final class ModelSessionTest {
  private static final DatapathConfig DUAL = DatapathConfig.dual(Era.SEED);
  private static final Bytes SYN =
      PacketBuilder.from("10.0.0.1", "10.0.0.2").tcp(40000, 80, 2).build();

  private static List<String> path(PathTrace trace) {
    return TestNode.events(trace, PathEvent.Entered.class).stream()
        .map(e -> e.program().toString())
        .toList();
  }

  @Test
  void resetLeadsBackToTheStateAfterOpening() throws ReplayException {
    TestNode node = new TestNode(DUAL).allowAll().fault(new Fault.EmptySlot(200, MapRole.CALLS, 3));
    try (ReplaySession session = node.open()) {
      PathTrace first = TestNode.send(session, Hook.FROM_CONTAINER, TestNode.A, SYN, 1_000_000);
      session.apply(
          List.of(
              new MapOp.EmptySlot(0, MapRole.POLICY_CALL, TestNode.B),
              new MapOp.Delete(
                  MapRef.of(MapRole.POLICY, TestNode.A), new MapKey.PolicyKey(0, 0, 0, true))));
      assertThat(TestNode.send(session, Hook.FROM_CONTAINER, TestNode.A, SYN, 1_000_001))
          .isNotEqualTo(first);
      session.reset();
      assertThat(TestNode.send(session, Hook.FROM_CONTAINER, TestNode.A, SYN, 1_000_000))
          .isEqualTo(first);
    }
  }

  @Test
  void sessionsShareNothing() throws ReplayException {
    TestNode node = new TestNode(DUAL).allowAll();
    PathTrace first = node.send(Hook.FROM_CONTAINER, TestNode.A, SYN);
    assertThat(node.send(Hook.FROM_CONTAINER, TestNode.A, SYN)).isEqualTo(first);
  }

  @Test
  void spentBudgetIsAMissOfTheNextCall() throws ReplayException {
    // A pod-to-pod packet takes six calls; 33 - 28 leaves five.
    TestNode node = new TestNode(DUAL).allowAll().fault(new Fault.BurnCalls(28));
    PathTrace trace = node.send(Hook.FROM_CONTAINER, TestNode.A, SYN);
    assertThat(path(trace))
        .containsExactly(
            "100:from-container", "100:2/7", "100:2/29", "100:2/25", "200:policy", "200:2/28");
    assertThat(trace.verdict()).isEqualTo(new Verdict.PassedUnpoliced(-140));
    TestNode enough = new TestNode(DUAL).allowAll().fault(new Fault.BurnCalls(27));
    assertThat(enough.send(Hook.FROM_CONTAINER, TestNode.A, SYN).returnCode()).isEqualTo(7);
    TestNode none = new TestNode(DUAL).allowAll().fault(new Fault.BurnCalls(33));
    assertThat(none.send(Hook.FROM_CONTAINER, TestNode.A, SYN).verdict())
        .isEqualTo(new Verdict.Dropped());
  }

  @Test
  void dropIsCountedButUnheardWhenTheEventProgramIsMissing() throws ReplayException {
    TestNode node = new TestNode(DUAL).fault(new Fault.EmptySlot(0, MapRole.CALLS, 1));
    PathTrace trace = node.send(Hook.FROM_CONTAINER, TestNode.A, SYN);
    assertThat(trace.returnCode()).isEqualTo(2);
    assertThat(TestNode.notified(trace, Notification.Drop.class)).isEmpty();
    assertThat(TestNode.changes(trace, MapRole.METRICS)).hasSize(1);
  }

  @Test
  void truncateCutsOnePacket() throws ReplayException {
    TestNode node = new TestNode(DUAL).allowAll().fault(new Fault.Truncate(1, 20));
    assertThat(TestNode.dropReason(node.send(Hook.FROM_CONTAINER, TestNode.A, SYN))).isEqualTo(134);
  }

  @Test
  void packetsNobodyCanRunAreNamed() throws ReplayException {
    TestNode node = new TestNode(DUAL);
    assertThat(node.send(Hook.FROM_CONTAINER, 300, SYN).verdict())
        .isInstanceOfSatisfying(
            Verdict.NotRun.class, v -> assertThat(v.reason()).isEqualTo("no-endpoint"));
    assertThat(node.send(Hook.FROM_CONTAINER, TestNode.A, SYN.slice(0, 13)).verdict())
        .isInstanceOfSatisfying(
            Verdict.NotRun.class, v -> assertThat(v.reason()).isEqualTo("too-short"));
  }

  @Test
  void setupsThatCannotBeHadAreRefused() {
    DatapathConfig noTrie = DUAL.with(DatapathOption.HAVE_LPM_TRIE_MAP_TYPE, false);
    assertThatThrownBy(() -> new TestNode(noTrie).open())
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("HAVE_LPM_TRIE_MAP_TYPE");
    assertThatThrownBy(() ->
            new TestNode(DUAL)
                .put(MapRole.METRICS, MapKey.IndexKey.u32(1), new MapValue.MetricsEntry(1, 1))
                .open())
        .isInstanceOf(ReplayException.class)
        .hasMessageStartingWith("write map state: map metrics");
    assertThatThrownBy(
            () -> new TestNode(DUAL).fault(new Fault.EmptySlot(0, MapRole.METRICS, 1)).open())
        .isInstanceOf(ReplayException.class);
    NodeSetup twice = new TestNode(DUAL).setup();
    assertThatThrownBy(() ->
            new ModelReplayEngine()
                .open(
                    new NodeSetup(
                        twice.config(),
                        List.of(twice.endpoints().getFirst(), twice.endpoints().getFirst()),
                        List.of(),
                        List.of(),
                        twice.ctCapacity())))
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("given twice");
  }

  @Test
  void graphIsThatOfTheBuild() throws ReplayException {
    ProgramGraph dual = graph(DUAL);
    assertThat(ids(dual))
        .containsExactlyInAnyOrder(
            "from-container",
            "to-container",
            "policy",
            "2/1",
            "2/3",
            "2/4",
            "2/5",
            "2/6",
            "2/7",
            "2/10",
            "2/11",
            "2/12",
            "2/13",
            "2/14",
            "2/25",
            "2/26",
            "2/27",
            "2/28",
            "2/29",
            "2/30",
            "2/31",
            "2/32");
    DatapathConfig single =
        DUAL.with(DatapathOption.ENABLE_IPV6, false)
            .with(DatapathOption.ENABLE_SOCKET_LB_FULL, true);
    assertThat(ids(graph(single)))
        .containsExactlyInAnyOrder(
            "from-container", "to-container", "policy", "2/1", "2/6", "2/7", "2/13", "2/27");
    for (ProgramGraph graph : List.of(dual, graph(single))) {
      assertThat(graph.edges()).allSatisfy(e -> assertThat(ids(graph)).contains(e.from(), e.to()));
    }
  }

  private static ProgramGraph graph(DatapathConfig config) throws ReplayException {
    try (ReplaySession session = new TestNode(config).open()) {
      return session.graph();
    }
  }

  private static Set<String> ids(ProgramGraph graph) {
    return graph.nodes().stream().map(ProgramGraph.Node::id).collect(Collectors.toSet());
  }

  @Test
  void policyCanBeLeftToTheDestinationsOwnProgram() throws ReplayException {
    DatapathConfig config = DUAL.with(DatapathOption.USE_BPF_PROG_FOR_INGRESS_POLICY, true);
    PathTrace trace = new TestNode(config).allowAll().send(Hook.FROM_CONTAINER, TestNode.A, SYN);
    assertThat(trace.verdict()).isEqualTo(new Verdict.Redirected(12, 0));
    assertThat(trace.context().mark()).isEqualTo(0x03E8_0F00L);
  }

  @Test
  void sourceVerificationIsAnOption() throws ReplayException {
    Bytes spoofed = PacketBuilder.from("10.0.0.9", "10.0.0.2").udp(1, 2).build();
    assertThat(
            TestNode.dropReason(
                new TestNode(DUAL).allowAll().send(Hook.FROM_CONTAINER, TestNode.A, spoofed)))
        .isEqualTo(132);
    DatapathConfig config = DUAL.with(DatapathOption.DISABLE_SIP_VERIFICATION, true);
    assertThat(
            new TestNode(config)
                .allowAll()
                .send(Hook.FROM_CONTAINER, TestNode.A, spoofed)
                .returnCode())
        .isEqualTo(7);
  }

  @Test
  void debugBuildsSayMore() throws ReplayException {
    PathTrace trace =
        new TestNode(DUAL.with(DatapathOption.DEBUG, true))
            .allowAll()
            .send(Hook.FROM_CONTAINER, TestNode.A, SYN);
    assertThat(TestNode.notified(trace, Notification.Debug.class))
        .extracting(Notification.Debug::subtype)
        .containsExactly(48, 49, 15, 58, 50, 2, 48, 49, 15, 50);
  }
}
