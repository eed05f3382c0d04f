// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tailwalk.packet.Packets.NODE_A;
import static org.tailwalk.packet.Packets.NODE_B;
import static org.tailwalk.packet.Packets.POD_A;
import static org.tailwalk.packet.Packets.POD_B;
import static org.tailwalk.packet.Packets.arp;
import static org.tailwalk.packet.Packets.eth;
import static org.tailwalk.packet.Packets.frame;
import static org.tailwalk.packet.Packets.fromA;
import static org.tailwalk.packet.Packets.icmp;
import static org.tailwalk.packet.Packets.ipv4;
import static org.tailwalk.packet.Packets.tcp;
import static org.tailwalk.packet.Packets.toA;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tailwalk.engine.Injection;
import org.tailwalk.event.ContextState;
import org.tailwalk.event.Hook;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.Frame;
import org.tailwalk.scenario.CapturePoint;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.Scenarios;
import org.tailwalk.text.Message;

/** Where frames enter: contracts, "An injection". */
final class InjectionPlannerTest {
  private static final byte[] PING = icmp(8, 0, 7, 1, new byte[0]);
  private static final Scenario TWO_PODS = Scenarios.twoPods();

  private static Placement plan(Scenario scenario, Frame... frames) {
    InjectionPlanner planner = new InjectionPlanner(scenario);
    Placement last = null;
    for (int i = 0; i < frames.length; i++) {
      last = planner.plan(i + 1, frames[i]);
    }
    return last;
  }

  private static Injection run(Placement placement) {
    assertThat(placement).isInstanceOf(Placement.Run.class);
    return ((Placement.Run) placement).injection();
  }

  private static Scenario with(String fields) {
    return Scenarios.parse(
        Scenarios.TWO_PODS.replace("\"version\": 1,", "\"version\": 1, " + fields + ","));
  }

  @Test
  void packetFromAPodEntersFromContainer() {
    Placement.Run run =
        (Placement.Run) plan(TWO_PODS, fromA(0, ipv4("10.0.0.1", "192.0.2.1", 1, PING)));
    assertThat(run.preDatapath()).isTrue();
    assertThat(run.marks()).isEmpty();
    Injection injection = run.injection();
    assertThat(injection.hook()).isEqualTo(Hook.FROM_CONTAINER);
    assertThat(injection.endpoint()).isEqualTo(100);
    assertThat(injection.context()).isEqualTo(ContextState.ZERO);
    assertThat(injection.ifindex()).isEqualTo(11);
    assertThat(injection.timeNanos()).isEqualTo(1_000_000L * 1_000_000_000L);
  }

  @Test
  void packetForAPodEntersItsPolicyProgramWithTheSendersIdentity() {
    Placement.Run run =
        (Placement.Run) plan(TWO_PODS, toA(0, ipv4("192.0.2.1", "10.0.0.1", 1, PING)));
    assertThat(run.preDatapath()).as("after the datapath on the pod's veth").isFalse();
    Injection injection = run.injection();
    assertThat(injection.hook()).isEqualTo(Hook.HANDLE_POLICY);
    assertThat(injection.endpoint()).isEqualTo(100);
    assertThat(injection.context()).isEqualTo(ContextState.of(0, 2, 11, 0, 0, 0));
  }

  @Test
  void identityComesFromTheLongestPrefixOfTheIpcache() {
    Scenario scenario =
        with(
            "\"ipcache\": [{\"prefix\": \"192.0.2.0/24\", \"identity\": 16777217},"
                + " {\"prefix\": \"192.0.2.1\", \"identity\": 3000},"
                + " {\"prefix\": \"0.0.0.0/0\", \"identity\": 2}]");
    assertThat(run(plan(scenario, toA(0, ipv4("192.0.2.1", "10.0.0.1", 1, PING)))).context().cb())
        .startsWith(3000L);
    assertThat(run(plan(scenario, toA(0, ipv4("192.0.2.9", "10.0.0.1", 1, PING)))).context().cb())
        .startsWith(16777217L);
    assertThat(run(plan(scenario, toA(0, ipv4("9.9.9.9", "10.0.0.1", 1, PING)))).context().cb())
        .startsWith(2L);
  }

  @Test
  void packetFromTheHostIsMarkedSo() {
    assertThat(run(plan(TWO_PODS, toA(0, ipv4("10.0.0.254", "10.0.0.1", 1, PING)))).context())
        .isEqualTo(ContextState.of(0, 1, 11, 0, 1, 0));
  }

  @Test
  void endpointWithAnEgressProgramIsEnteredThereWithTheIdentityMark() {
    Scenario scenario =
        Scenarios.parse(
            Scenarios.TWO_PODS.replace("\"id\": 100,", "\"id\": 100, \"egressProgram\": true,"));
    Injection world = run(plan(scenario, toA(0, ipv4("192.0.2.1", "10.0.0.1", 1, PING))));
    assertThat(world.hook()).isEqualTo(Hook.TO_CONTAINER);
    assertThat(world.context()).isEqualTo(ContextState.ZERO);
    assertThat(
            run(plan(scenario, toA(0, ipv4("10.0.0.254", "10.0.0.1", 1, PING)))).context().mark())
        .isEqualTo(0x0c00);
    assertThat(InjectionPlanner.identityMark(0x123456)).isEqualTo(0x3456_0f12L);
    assertThat(
            run(plan(
                    scenario,
                    frame(0, eth(POD_A, NODE_A, 0x0806, arp(1, NODE_A, "10.0.0.254", "10.0.0.1")))))
                .hook())
        .isEqualTo(Hook.TO_CONTAINER);
  }

  @Test
  void arpForAPodMeetsNoProgram() {
    Frame request = frame(0, eth(POD_A, NODE_A, 0x0806, arp(1, NODE_A, "10.0.0.254", "10.0.0.1")));
    assertThat(plan(TWO_PODS, request))
        .isInstanceOfSatisfying(
            Placement.NotRun.class, n -> assertThat(n.reason()).isEqualTo("no-program"));
  }

  @Test
  void packetOfNobodyIsNotRun() {
    Frame stranger =
        frame(0, eth("02:00:00:00:00:99", NODE_A, 0x0800, ipv4("192.0.2.1", "192.0.2.2", 1, PING)));
    assertThat(plan(TWO_PODS, stranger))
        .isEqualTo(
            new Placement.NotRun("no-endpoint", Message.of("unplaced.no-endpoint"), Set.of()));
  }

  @Test
  void podIsKnownByItsMacWhenItsAddressIsNotItsOwn() {
    Injection spoofed = run(plan(TWO_PODS, fromA(0, ipv4("10.7.7.7", "192.0.2.1", 1, PING))));
    assertThat(spoofed.hook()).isEqualTo(Hook.FROM_CONTAINER);
    assertThat(spoofed.endpoint()).isEqualTo(100);
  }

  @Test
  void podToPodPacketIsRunAtItsFirstSighting() {
    byte[] sent =
        eth(
            NODE_A,
            POD_A,
            0x0800,
            ipv4("10.0.0.1", "10.0.0.2", 6, 64, 0x4000, 5, tcp(1, 80, 2, "")));
    byte[] received =
        eth(
            POD_B,
            NODE_B,
            0x0800,
            ipv4("10.0.0.1", "10.0.0.2", 6, 63, 0x4000, 5, tcp(1, 80, 2, "")));
    Placement first = plan(TWO_PODS, frame(0, sent));
    assertThat(run(first).endpoint()).isEqualTo(100);
    assertThat(((Placement.Run) first).preDatapath()).isTrue();
    assertThat(plan(TWO_PODS, frame(0, sent), frame(1, received)))
        .isEqualTo(new Placement.DuplicateOf(1, Set.of()));
    Placement alone = plan(TWO_PODS, frame(0, received));
    assertThat(run(alone).hook()).isEqualTo(Hook.FROM_CONTAINER);
    assertThat(((Placement.Run) alone).preDatapath()).as("seen on B's veth").isFalse();
  }

  @Test
  void retransmissionIsNoDuplicate() {
    byte[] sent = eth(NODE_A, POD_A, 0x0800, ipv4("10.0.0.1", "10.0.0.2", 6, tcp(1, 80, 2, "")));
    assertThat(plan(TWO_PODS, frame(0, sent), frame(300, sent))).isInstanceOf(Placement.Run.class);
    byte[] received =
        eth(
            POD_B,
            NODE_B,
            0x0800,
            ipv4("10.0.0.1", "10.0.0.2", 6, 63, 0x4000, 1, tcp(1, 80, 2, "")));
    assertThat(plan(TWO_PODS, frame(0, sent), frame(2000, received)))
        .as("long after the first sighting")
        .isInstanceOf(Placement.Run.class);
  }

  @Test
  void captureOfAnySeesEveryPacketTwice() {
    Scenario any = TWO_PODS.withCapturePoint(CapturePoint.ANY);
    byte[] veth = eth(NODE_A, POD_A, 0x0800, ipv4("10.0.0.1", "192.0.2.1", 1, PING));
    assertThat(plan(any, frame(0, veth), frame(1, veth)))
        .isEqualTo(new Placement.DuplicateOf(1, Set.of()));
    assertThat(plan(any, frame(0, veth), frame(300, veth))).isInstanceOf(Placement.Run.class);
    assertThat(plan(TWO_PODS, frame(0, veth), frame(1, veth))).isInstanceOf(Placement.Run.class);
  }

  @Test
  void nodeInterfaceSeesPacketsOfPodsAfterTheDatapath() {
    Scenario node = TWO_PODS.withCapturePoint(CapturePoint.NODE_INTERFACE);
    assertThat(
            ((Placement.Run) plan(node, fromA(0, ipv4("10.0.0.1", "192.0.2.1", 1, PING))))
                .preDatapath())
        .isFalse();
    assertThat(
            ((Placement.Run) plan(node, toA(0, ipv4("192.0.2.1", "10.0.0.1", 1, PING))))
                .preDatapath())
        .isTrue();
  }

  @Test
  void rulesComeBeforeAddresses() {
    Scenario scenario =
        with(
            "\"rules\": [{\"packets\": 2, \"skip\": true},"
                + " {\"source\": \"192.0.2.0/24\", \"endpoint\": \"b\", \"hook\": \"TO_CONTAINER\","
                + " \"mark\": 7, \"cb\": [1, 2, 3, 4, 5], \"ifindex\": 12}]");
    Frame packet = toA(0, ipv4("192.0.2.1", "10.0.0.1", 1, PING));
    Injection ruled = run(plan(scenario, packet));
    assertThat(ruled.endpoint()).isEqualTo(200);
    assertThat(ruled.hook()).isEqualTo(Hook.TO_CONTAINER);
    assertThat(ruled.context()).isEqualTo(ContextState.of(7, 1, 2, 3, 4, 5));
    assertThat(plan(scenario, packet, packet))
        .isInstanceOfSatisfying(
            Placement.NotRun.class, n -> assertThat(n.reason()).isEqualTo("by-rule"));
  }

  @Test
  void frameCutByTheSnapLengthIsFilledUp() {
    Bytes whole = fromA(0, ipv4("10.0.0.1", "192.0.2.1", 47, new byte[100])).data();
    Placement padded = plan(TWO_PODS, new Frame(whole.slice(0, 60), 134, 0));
    assertThat(padded.marks()).containsExactly(Mark.PADDED);
    assertThat(run(padded).frame().length()).isEqualTo(134);
    Placement truncated = plan(TWO_PODS, new Frame(whole.slice(0, 60), 20_000, 0));
    assertThat(truncated.marks()).containsExactly(Mark.TRUNCATED);
    assertThat(run(truncated).frame().length()).isEqualTo(16_064);
  }

  @Test
  void sizesThatNoRunTakesAreTold() {
    assertThat(plan(TWO_PODS, Frame.whole(Bytes.copyOf(new byte[13]), 0)))
        .isInstanceOfSatisfying(
            Placement.NotRun.class, n -> assertThat(n.reason()).isEqualTo("too-short"));
    assertThat(plan(TWO_PODS, Frame.whole(Bytes.empty(), 0)))
        .isInstanceOfSatisfying(
            Placement.NotRun.class, n -> assertThat(n.reason()).isEqualTo("too-short"));
    assertThat(plan(TWO_PODS, fromA(0, ipv4("10.0.0.1", "192.0.2.1", 47, new byte[20_000]))))
        .isInstanceOfSatisfying(
            Placement.NotRun.class, n -> assertThat(n.reason()).isEqualTo("too-long"));
    Frame longest = fromA(0, ipv4("10.0.0.1", "192.0.2.1", 47, new byte[16_064 - 34]));
    assertThat(run(plan(TWO_PODS, longest)).frame().length()).isEqualTo(16_064);
  }

  @Test
  void backwardTimeKeepsTheClock() {
    Frame late = fromA(5000, ipv4("10.0.0.1", "192.0.2.1", 1, PING));
    Frame early = fromA(4000, ipv4("10.0.0.1", "192.0.2.1", 1, icmp(8, 0, 7, 2, new byte[0])));
    Frame first = fromA(0, ipv4("10.0.0.1", "192.0.2.1", 1, icmp(8, 0, 7, 3, new byte[0])));
    Placement placement = plan(TWO_PODS, first, late, early);
    assertThat(placement.marks()).containsExactly(Mark.BACKWARD_TIME);
    assertThat(run(placement).timeNanos()).isEqualTo((1_000_000L + 5) * 1_000_000_000L);
  }

  @Test
  void faultCutsItsPacketAlone() {
    Scenario scenario = with("\"faults\": [{\"truncate\": {\"packet\": 2, \"length\": 36}}]");
    Frame packet = fromA(0, ipv4("10.0.0.1", "192.0.2.1", 6, tcp(1, 80, 2, "")));
    assertThat(run(plan(scenario, packet)).frame().length()).isEqualTo(54);
    Placement cut = plan(scenario, packet, packet);
    assertThat(run(cut).frame().length()).isEqualTo(36);
    assertThat(cut.marks()).containsExactly(Mark.CUT_BY_FAULT);
  }

  @Test
  void vlanTagIsTakenOffAsTheKernelDoes() {
    byte[] plain = eth(NODE_A, POD_A, 0x0800, ipv4("10.0.0.1", "192.0.2.1", 1, PING));
    byte[] tagged = new byte[plain.length + 4];
    System.arraycopy(plain, 0, tagged, 0, 12);
    tagged[12] = (byte) 0x81;
    tagged[15] = 9;
    System.arraycopy(plain, 12, tagged, 16, plain.length - 12);
    Placement placement = plan(TWO_PODS, frame(0, tagged));
    assertThat(placement.marks()).containsExactly(Mark.VLAN_STRIPPED);
    assertThat(run(placement).frame()).isEqualTo(Bytes.copyOf(plain));
  }

  @Test
  void randomNumbersComeFromSeedAndNumberAlone() {
    Set<Long> drawn = new HashSet<>();
    for (long n = 1; n <= 1000; n++) {
      long random = InjectionPlanner.random(42, n);
      assertThat(random).isBetween(0L, 0xffff_ffffL);
      drawn.add(random);
    }
    assertThat(drawn).hasSize(1000);
    assertThat(List.of(InjectionPlanner.random(0, 1), InjectionPlanner.random(0, 2)))
        .as("the first two outputs of SplitMix64 at seed 0")
        .containsExactly(0xe220a8397b1dcdafL >>> 32, 0x6e789e6aa1b965f4L >>> 32);
  }
}
