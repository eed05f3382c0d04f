// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.why;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tailwalk.packet.Packets.NODE_A;
import static org.tailwalk.packet.Packets.NODE_B;
import static org.tailwalk.packet.Packets.POD_B;
import static org.tailwalk.packet.Packets.eth;
import static org.tailwalk.packet.Packets.frame;
import static org.tailwalk.packet.Packets.fromA;
import static org.tailwalk.packet.Packets.ipv4;
import static org.tailwalk.packet.Packets.tcp;
import static org.tailwalk.packet.Packets.toA;
import static org.tailwalk.packet.Packets.udp;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.event.MapRole;
import org.tailwalk.packet.Frame;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.FrameSource;
import org.tailwalk.replay.history.ReplayHistory;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.Scenarios;

@Timeout(60)
final class WhyTest {
  private static final String WORLD = "192.0.2.10";
  private static final String LATE =
      """
      {"version": 1, "endpoints": [{"id": 100, "ipv4": "10.0.0.1", "identity": 1000,
       "mac": "02:00:00:00:00:0a"}],
       "policy": {"filters": [{"endpoint": 100, "ingress": []}]}}
      """;

  static List<Explanation> explain(Scenario scenario, Frame... frames) throws Exception {
    ReplayHistory index = new ReplayHistory(scenario, false, true);
    Why why = new Why(scenario, index.primary());
    List<Explanation> all = new ArrayList<>();
    try (CaptureReplay replay = CaptureReplay.open(scenario, null, new ModelReplayEngine())) {
      replay.run(
          FrameSource.of(List.of(frames)),
          packet -> {
            index.add(packet);
            return all.add(why.explain(packet));
          });
    }
    assertThat(all)
        .allSatisfy(e -> assertThat(e.lines()).hasSizeLessThanOrEqualTo(Explanation.MOST));
    return all;
  }

  private static byte[] aToB(int dport, int flags) {
    return ipv4("10.0.0.1", "10.0.0.2", 6, tcp(40000, dport, flags, ""));
  }

  private static Frame late(long millis) {
    return toA(millis, ipv4(WORLD, "10.0.0.1", 17, udp(53, 4000, new byte[4])));
  }

  private static String text(Explanation explanation) {
    return explanation.lines().stream()
        .map(Explanation.Line::toString)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static List<String> kinds(Explanation explanation) {
    return explanation.chain().stream().map(c -> c.getClass().getSimpleName()).toList();
  }

  @Test
  void ofAFrameThatTheSnapLengthCutItSaysWhatIsMadeUp() throws Exception {
    Frame whole = fromA(10, aToB(81, 2));
    Frame cut = new Frame(whole.data().slice(0, 40), whole.data().length(), whole.timeNanos());
    assertThat(text(explain(Scenarios.twoPods(), cut).getFirst()))
        .contains(
            "of endpoint 100 (a); the capture holds 40 of its 54 bytes, the others went in as"
                + " zeros\n");
  }

  @Test
  void denialNamesTheKeyThatDiffersLeastAndWhoWroteIt() throws Exception {
    Explanation denied = explain(Scenarios.twoPods(), fromA(10, aToB(81, 2))).getFirst();
    assertThat(text(denied))
        .isEqualTo(
            """
            packet    P1 10.0.0.1:40000 -> 10.0.0.2:81 tcp SYN at clock 1000000.000, into from-container of endpoint 100 (a)
            verdict   DROPPED: Policy denied (DROP_POLICY); drop event and metric
            decided   tail_handle_ipv4_cont of endpoint 100 (a), P1.S24, bpf_lxc.c:1163
            tried     policy, egress of endpoint 100 (a): {2000, 81, TCP} {any, 81, TCP} {any, any, TCP} {2000, any, any} {any, any, any}, no entry
            nearest   {2000, 80, TCP}: port 80, the packet has 81
            written   that policy entry: by the control plane at start
            conntrack egress NEW: no entry for 10.0.0.1:40000 → 10.0.0.2:81 TCP out, nor one near it
            next      whether traffic to 2000 (k8s:app=web, k8s:tier=front) TCP port 81 should be allowed (cilium bpf policy get 100)
            """);
    assertThat(kinds(denied))
        .containsExactly("Outcome", "Branch", "Lookup", "Entry", "Written", "Lookup");
    assertThat(denied.chain().get(3))
        .isInstanceOfSatisfying(
            Cause.Entry.class,
            entry -> {
              assertThat(entry.nearest()).isTrue();
              assertThat(entry.map().role()).isEqualTo(MapRole.POLICY);
            });
  }

  @Test
  void lateReplyNamesTheSweepThatTookItsEntry() throws Exception {
    Frame question = fromA(0, ipv4("10.0.0.1", WORLD, 17, udp(4000, 53, new byte[4])));
    List<Explanation> all = explain(Scenarios.parse(LATE), question, late(200_000), late(600_000));
    assertThat(text(all.get(0)))
        .contains("let by    egress of endpoint 100, conntrack NEW: policy {any, any, any},")
        .contains("makes     conntrack S24 10.0.0.1:4000 → 192.0.2.10:53 UDP out\n");
    assertThat(text(all.get(1)))
        .isEqualTo(
            """
            packet    P2 192.0.2.10:53 -> 10.0.0.1:4000 udp at clock 1000200.000, into policy of endpoint 100; seen after the datapath: a reconstruction
            verdict   REDIRECTED to ifindex 11, endpoint 100
            decided   tail_ipv4_policy of endpoint 100, P2.S21
            let by    ingress of endpoint 100: conntrack REPLY
            entry     10.0.0.1:4000 → 192.0.2.10:53 UDP out: ACTIVE, expired, still matching, 140 s past its lifetime; made by P1.S24 (clock 1000000.000)
            next      tailwalk why CAPTURE 1, the packet that made the entry
            """);
    Explanation last = all.get(2);
    assertThat(last.text("conntrack"))
        .isEqualTo("ingress NEW: no entry for 192.0.2.10:53 → 10.0.0.1:4000 UDP in");
    assertThat(last.text("was near"))
        .isEqualTo(
            "taken by the collector at clock 1000300.000, its lifetime had ended at 1000260,"
                + " 10.0.0.1:4000 → 192.0.2.10:53 UDP out; made by P1.S24 (clock 1000000.000)");
    assertThat(last.text("next")).startsWith("why this came after its conntrack entry had ended");
    assertThat(last.chain().reversed().subList(0, 2))
        .extracting(c -> c instanceof Cause.Written w ? w.write().writer().text() : "")
        .containsExactly("P1.S24 (clock 1000000.000)", "the collector at clock 1000300.000");
  }

  @Test
  void unheardPacketTellsTheStoryOfIssue22527() throws Exception {
    Frame gre = fromA(40, ipv4("10.0.0.1", WORLD, 47, new byte[60]));
    assertThat(text(explain(Scenarios.twoPods(), gre).getFirst()))
        .isEqualTo(
            """
            packet    P1 10.0.0.1 -> 192.0.2.10 gre at clock 1000000.000, into from-container of endpoint 100 (a)
            verdict   PASSED_UNPOLICED on raw code -137: CT: Unknown L4 protocol (DROP_CT_UNKNOWN_PROTO); nobody was told
            decided   tail_ipv4_ct_egress of endpoint 100 (a), P1.S7
            because   conntrack knows TCP, UDP and ICMP; this is GRE
            effect    TC takes -137 for "no verdict" and accepts: it left the pod with no policy, no conntrack entry, no identity mark
            heard     the monitor heard from-endpoint and then nothing; no drop event, no metric: not in Hubble, not in cilium_drop_count_total
            history   issue 22527: PR 25426 (pr25426) makes it a notified drop, PR 33551 (pr33551) with the right reason
            next      whether this protocol is meant to leave the pod at all; no policy can allow it; --datapath bundled:pr33551 tells of it; on a node, capture at the next hop
            """);
  }

  @Test
  void wrongReasonOf2023IsPutRight() throws Exception {
    Scenario scenario =
        Scenarios.parse(Scenarios.TWO_PODS.replace("bundled:seed", "bundled:pr25426"));
    Frame gre = fromA(40, ipv4("10.0.0.1", WORLD, 47, new byte[60]));
    Explanation explanation = explain(scenario, gre).getFirst();
    assertThat(explanation.text("reason"))
        .isEqualTo(
            "119 is what is left of -137 in 8 bits (PR 25426 to 26118): CT: Unknown L4 protocol");
    assertThat(explanation.text("because"))
        .isEqualTo("conntrack knows TCP, UDP and ICMP; this is GRE");
  }

  @Test
  void missedTailCallNamesItsSlotAndTheFaultBehindIt() throws Exception {
    Scenario scenario =
        Scenarios.parse(
            Scenarios.TWO_PODS.replace(
                "\"version\": 1,",
                "\"version\": 1, \"faults\": [{\"emptySlot\": {\"endpoint\": 100, \"index\":"
                    + " 25}}],"));
    Explanation explanation = explain(scenario, fromA(0, aToB(80, 2))).getFirst();
    assertThat(explanation.text("because"))
        .isEqualTo(
            "the call from tail_ipv4_ct_egress of endpoint 100 (a) to tail_handle_ipv4_cont"
                + " (slot 25) found no program there");
    assertThat(explanation.text("history")).contains("PR 26118 (pr26118)");
    assertThat(explanation.text("next")).startsWith("the emptySlot fault of the scenario");
    assertThat(kinds(explanation)).containsExactly("Outcome", "Branch", "MissedCall");
  }

  @Test
  void passedPacketsNameThePolicyEntriesAndTheConntrackEntriesOfBothEnds() throws Exception {
    Frame reply =
        frame(
            30,
            eth(NODE_B, POD_B, 0x0800, ipv4("10.0.0.2", "10.0.0.1", 6, tcp(80, 40000, 18, ""))));
    List<Explanation> all =
        explain(Scenarios.twoPods(), fromA(0, aToB(80, 2)), fromA(20, aToB(80, 16)), reply);
    assertThat(text(all.get(0)))
        .isEqualTo(
            """
            packet    P1 10.0.0.1:40000 -> 10.0.0.2:80 tcp SYN at clock 1000000.000, into from-container of endpoint 100 (a)
            verdict   REDIRECTED to ifindex 12, endpoint 200 (b)
            decided   tail_ipv4_policy of endpoint 200 (b), P1.S50
            let by    egress of endpoint 100 (a), conntrack NEW: policy {2000, 80, TCP}, written by the control plane at start
            let by    ingress of endpoint 200 (b), conntrack NEW: policy {1000, 80, TCP}, written by the control plane at start
            makes     conntrack S20 10.0.0.1:40000 → 10.0.0.2:80 TCP out; S42 10.0.0.1:40000 → 10.0.0.2:80 TCP in
            next      packets back match these entries whatever policy says, until the collector takes them
            """);
    assertThat(all.get(1).text("entry"))
        .isEqualTo(
            "10.0.0.1:40000 → 10.0.0.2:80 TCP out: SYN, 60 s left; made by P1.S20 (clock"
                + " 1000000.000)");
    assertThat(all.get(2).text("let by")).isEqualTo("egress of endpoint 200 (b): conntrack REPLY");
    assertThat(all.get(2).text("entry"))
        .contains("TCP in: ACTIVE, 21600 s left; made by P1.S42", "last changed by P2.S28");
    assertThat(all.get(2).text("next"))
        .isEqualTo("tailwalk why CAPTURE 1, the packet that made the entry");
  }

  @Test
  void identityWithAnyPortIsNeverLookedFor() throws Exception {
    Scenario scenario =
        Scenarios.parse(
            Scenarios.TWO_PODS.replace(
                "\"identity\": 2000, \"port\": 80, \"protocol\": \"TCP\"",
                "\"identity\": 2000, \"port\": 0, \"protocol\": \"TCP\""));
    assertThat(explain(scenario, fromA(0, aToB(80, 2))).getFirst().text("nearest"))
        .isEqualTo(
            "{2000, any, TCP} would fit, but the datapath never looks for one identity with any"
                + " port of a protocol");
  }

  @Test
  void denyEntryIsNamed() throws Exception {
    Scenario scenario =
        Scenarios.parse(
            Scenarios.TWO_PODS.replace(
                "\"port\": 80, \"protocol\": \"TCP\"",
                "\"port\": 80, \"protocol\": \"TCP\", \"deny\": true"));
    Explanation explanation = explain(scenario, fromA(0, aToB(80, 2))).getFirst();
    assertThat(explanation.text("tried"))
        .isEqualTo("policy, egress of endpoint 100 (a): {2000, 80, TCP} hits, and denies");
    assertThat(explanation.text("written"))
        .isEqualTo("that policy entry: by the control plane at start");
  }

  @Test
  void foreignSourceIsHeldAgainstTheEndpoint() throws Exception {
    Frame foreign = fromA(0, ipv4("10.0.0.9", WORLD, 17, udp(1, 2, new byte[4])));
    Explanation explanation = explain(Scenarios.twoPods(), foreign).getFirst();
    assertThat(explanation.text("because"))
        .isEqualTo("the source 10.0.0.9 is not the address of endpoint 100 (a), 10.0.0.1");
    assertThat(explanation.text("decided"))
        .isEqualTo("tail_handle_ipv4 of endpoint 100 (a), P1.S7, bpf_lxc.c:1260");
  }

  @Test
  void packetsThatWereNotRunSayWhy() throws Exception {
    Frame stranger =
        frame(0, eth(NODE_B, NODE_A, 0x0800, ipv4("10.9.9.9", WORLD, 17, udp(1, 2, new byte[4]))));
    Frame seen = fromA(1, aToB(80, 2));
    byte[] forwarded = ipv4("10.0.0.1", "10.0.0.2", 6, 63, 0x4000, 1, tcp(40000, 80, 2, ""));
    Frame again = frame(2, eth(POD_B, NODE_B, 0x0800, forwarded));
    List<Explanation> all = explain(Scenarios.twoPods(), stranger, seen, again);
    assertThat(text(all.get(0)))
        .isEqualTo(
            """
            packet    P1 10.9.9.9:1 -> 192.0.2.10:2 udp
            verdict   NOT_RUN (no-endpoint): neither end is an endpoint of the scenario
            state     it changed nothing: no map was read or written for it
            next      the scenario's endpoints and their addresses; a rule can send the packet to one
            """);
    assertThat(all.get(2).text("verdict"))
        .isEqualTo("not run again: the same packet as P2, seen at another place");
    assertThat(all.get(2).text("next")).isEqualTo("tailwalk why CAPTURE 2");
  }

  @Test
  void conntrackEntriesOfTheScenarioAreTheControlPlanes() throws Exception {
    Scenario scenario =
        Scenarios.parse(
            Scenarios.TWO_PODS.replace(
                "\"version\": 1,",
                """
                "version": 1, "conntrack": [{"map": "tcp4",
                 "tuple": {"daddr": "10.0.0.1", "saddr": "192.0.2.10", "dport": 443,
                           "sport": 40000, "nexthdr": 6, "flags": 0},
                 "entry": {"lifetime": 1000060}}],
                """));
    Frame reply = toA(0, ipv4(WORLD, "10.0.0.1", 6, tcp(443, 40000, 16, "")));
    Frame other = toA(5, ipv4(WORLD, "10.0.0.1", 6, tcp(443, 40001, 16, "")));
    List<Explanation> all = explain(scenario, reply, other);
    assertThat(all.get(0).text("entry"))
        .isEqualTo(
            "10.0.0.1:40000 → 192.0.2.10:443 TCP out: SYN, 60 s left; made by the control plane at"
                + " start");
    assertThat(all.get(1).text("was near"))
        .isEqualTo(
            "10.0.0.1:40000 → 192.0.2.10:443 TCP out: port 40000, the packet has 40001; made by"
                + " the control plane at start");
  }

  @Test
  void indexKnowsTheStateBeforeAnEarlierPacket() throws Exception {
    Scenario scenario = Scenarios.twoPods();
    ReplayHistory index = new ReplayHistory(scenario, false, true);
    List<org.tailwalk.replay.PacketReplay> packets = new ArrayList<>();
    try (CaptureReplay replay = CaptureReplay.open(scenario, null, new ModelReplayEngine())) {
      replay.run(
          FrameSource.of(List.of(fromA(0, aToB(80, 2)), fromA(20, aToB(80, 16)))),
          packet -> {
            index.add(packet);
            return packets.add(packet);
          });
    }
    Explanation early = new Why(scenario, index.primary()).explain(packets.getFirst());
    assertThat(early.text("let by")).contains("conntrack NEW");
    assertThat(early.text("entry")).as("made by itself, not found").isEmpty();
    Explanation later = new Why(scenario, index.primary()).explain(packets.getLast());
    assertThat(later.text("entry")).contains("SYN, 60 s left; made by P1.S20");
  }
}
