// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.event.Hook;
import org.tailwalk.event.MapKey.PolicyKey;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.event.Verdict;
import org.tailwalk.packet.Bytes;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.Era;

/** Section 4, through pod A's egress towards pod B (identity 2000), UDP port 53. */
final class PolicyLookupTest {
  private static final DatapathConfig DUAL = DatapathConfig.dual(Era.SEED);
  private static final int UDP = 17;
  private static final Bytes FRAME = PacketBuilder.from("10.0.0.1", "10.0.0.2").udp(9, 53).build();

  private record Case(String name, long identity, int port, int proto, int verdict, int match) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** The entry alone in the map, and what it makes of the packet. */
  static Stream<Case> rows() {
    return Stream.of(
        new Case("1: {remote, dport, proto}", 2000, 53, UDP, 0, 2),
        new Case("2: {0, dport, proto}", 0, 53, UDP, 0, 3),
        new Case("3: {0, 0, proto}", 0, 0, UDP, 0, 3),
        new Case("3: {remote, 0, proto} is never asked for", 2000, 0, UDP, -133, 0),
        new Case("4: {remote, 0, 0}", 2000, 0, 0, 0, 1),
        new Case("5: {0, 0, 0}", 0, 0, 0, 0, 4),
        new Case("7: nothing fits", 2001, 53, UDP, -133, 0));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void rowsOfSection42(Case c) throws ReplayException {
    PathTrace trace =
        new TestNode(DUAL)
            .allow(TestNode.A, true, c.identity, c.port, c.proto)
            .allow(TestNode.B, false, 0, 0, 0)
            .send(Hook.FROM_CONTAINER, TestNode.A, FRAME);
    Notification.PolicyVerdict verdict = verdict(trace);
    assertThat(verdict.verdict()).isEqualTo(c.verdict);
    assertThat(verdict.matchType()).isEqualTo(c.match);
    assertThat(trace.returnCode()).isEqualTo(c.verdict < 0 ? 2 : 7);
  }

  private static Notification.PolicyVerdict verdict(PathTrace trace) {
    return TestNode.notified(trace, Notification.PolicyVerdict.class).getFirst();
  }

  @Test
  void keysAreAskedForInOrder() throws ReplayException {
    PathTrace trace = new TestNode(DUAL).send(Hook.FROM_CONTAINER, TestNode.A, FRAME);
    assertThat(
            TestNode.events(trace, PathEvent.LookedUp.class).stream()
                .filter(e -> e.map().role() == MapRole.POLICY)
                .map(e -> (PolicyKey) e.key())
                .toList())
        .isEqualTo(
            List.of(
                new PolicyKey(2000, 53, UDP, true),
                new PolicyKey(0, 53, UDP, true),
                new PolicyKey(0, 0, UDP, true),
                new PolicyKey(2000, 0, 0, true),
                new PolicyKey(0, 0, 0, true)));
  }

  @Test
  void denyEntryRefusesWithItsMatchType() throws ReplayException {
    PathTrace trace =
        new TestNode(DUAL)
            .allowAll()
            .policy(TestNode.A, true, 2000, 0, 0, 0, true)
            .send(Hook.FROM_CONTAINER, TestNode.A, FRAME);
    assertThat(verdict(trace).verdict()).isEqualTo(-181);
    assertThat(verdict(trace).matchType()).isEqualTo(1);
    assertThat(TestNode.dropReason(trace)).isEqualTo(181);
  }

  @Test
  void proxyEntrySendsByMark() throws ReplayException {
    PathTrace trace =
        new TestNode(DUAL)
            .policy(TestNode.A, true, 2000, 53, UDP, 15001, false)
            .send(Hook.FROM_CONTAINER, TestNode.A, FRAME);
    assertThat(verdict(trace).verdict()).isEqualTo(39226);
    assertThat(trace.context().mark()).isEqualTo(0x993A0200L);
    assertThat(trace.verdict()).isEqualTo(new Verdict.ToProxy(15001));
    assertThat(TestNode.notified(trace, Notification.Trace.class).getLast().dstId())
        .isEqualTo(15001);
  }

  @Test
  void auditModeTellsWhatItWouldHaveRefused() throws ReplayException {
    PathTrace trace =
        new TestNode(DUAL.with(DatapathOption.POLICY_AUDIT_MODE, true))
            .send(Hook.FROM_CONTAINER, TestNode.A, FRAME);
    assertThat(trace.returnCode()).isEqualTo(7);
    assertThat(verdict(trace).verdict()).isZero();
    assertThat(verdict(trace).audited()).isTrue();
  }

  @Test
  void icmpRuleTakesTheTypeForThePort() throws ReplayException {
    Bytes echo = PacketBuilder.from("10.0.0.1", "10.0.0.2").icmp(8, 0, 1).build();
    Bytes echo6 = PacketBuilder.from("fd00::1", "fd00::2").icmp(128, 0, 1).build();
    for (boolean on : new boolean[] {false, true}) {
      TestNode node =
          new TestNode(DUAL.with(DatapathOption.ENABLE_ICMP_RULE, on))
              .allow(TestNode.A, true, 2000, 8, 1)
              .allow(TestNode.A, true, 2000, 128, 58)
              .allow(TestNode.B, false, 0, 0, 0);
      assertThat(node.send(Hook.FROM_CONTAINER, TestNode.A, echo).returnCode())
          .isEqualTo(on ? 7 : 2);
      assertThat(node.send(Hook.FROM_CONTAINER, TestNode.A, echo6).returnCode())
          .isEqualTo(on ? 7 : 2);
    }
  }

  @Test
  void icmpRuleOverwritesTheNextHeaderOfThePacket() throws ReplayException {
    Bytes frame =
        PacketBuilder.from("fd00::1", "2001:db8::1").icmp(128, 0, 1).extensions(60).build();
    PathTrace trace =
        new TestNode(DUAL.with(DatapathOption.ENABLE_ICMP_RULE, true))
            .allow(TestNode.A, true, 0, 128, 58)
            .send(Hook.FROM_CONTAINER, TestNode.A, frame);
    assertThat(frame.at(20)).isEqualTo(60);
    assertThat(trace.frame().at(20)).isEqualTo(58);
    assertThat(trace.returnCode()).isZero();
  }

  @Test
  void fragmentationNeededPassesWhereAllowed() throws ReplayException {
    Bytes needed = PacketBuilder.from("10.0.0.1", "10.0.0.2").icmp(3, 4, 0).build();
    Bytes host = PacketBuilder.from("10.0.0.1", "10.0.0.2").icmp(3, 1, 0).build();
    TestNode node = new TestNode(DUAL.with(DatapathOption.ALLOW_ICMP_FRAG_NEEDED, true));
    PathTrace trace = node.send(Hook.HANDLE_POLICY, TestNode.B, needed);
    assertThat(trace.returnCode()).isZero();
    assertThat(verdict(trace).matchType()).isZero();
    assertThat(node.send(Hook.HANDLE_POLICY, TestNode.B, host).returnCode()).isEqualTo(2);
  }

  @Test
  void untrackedFragmentIsAskedForWithoutPorts() throws ReplayException {
    Bytes fragment = PacketBuilder.from("10.0.0.1", "10.0.0.2").udp(9, 53).fragment(0x2000).build();
    TestNode byPort = new TestNode(DUAL).allow(TestNode.B, false, 0, 53, UDP);
    assertThat(TestNode.dropReason(byPort.send(Hook.HANDLE_POLICY, TestNode.B, fragment)))
        .isEqualTo(157);
    TestNode all = new TestNode(DUAL).allow(TestNode.B, false, 0, 0, 0);
    assertThat(all.send(Hook.HANDLE_POLICY, TestNode.B, fragment).returnCode()).isZero();
  }
}
