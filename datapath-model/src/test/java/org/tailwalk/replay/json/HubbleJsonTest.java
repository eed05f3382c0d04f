// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tailwalk.packet.Packets.fromA;
import static org.tailwalk.packet.Packets.icmp;
import static org.tailwalk.packet.Packets.ipv4;
import static org.tailwalk.packet.Packets.tcp;
import static org.tailwalk.packet.Packets.toA;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.packet.Frame;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.FrameSource;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.Scenarios;

@Timeout(60)
final class HubbleJsonTest {
  static List<String> flows(Scenario scenario, Frame... frames) throws Exception {
    HubbleJson hubble = new HubbleJson(scenario, "node-1");
    List<String> lines = new ArrayList<>();
    try (CaptureReplay replay = CaptureReplay.open(scenario, null, new ModelReplayEngine())) {
      replay.run(
          FrameSource.of(List.of(frames)),
          packet -> {
            hubble.flows(packet).stream().map(JsonObject::toString).forEach(lines::add);
            return true;
          });
    }
    return lines;
  }

  private static Frame syn(int port) {
    return fromA(5, ipv4("10.0.0.1", "10.0.0.2", 6, tcp(40000, port, 2, "")));
  }

  private static Frame reply() {
    return toA(6, ipv4("10.0.0.2", "10.0.0.1", 6, tcp(80, 40000, 18, "")));
  }

  /** The opening of a flow from A to B, up to the event. */
  private static String aToB(String verdict, String macs, int port) {
    return """
    {"flow":{"time":"2023-11-14T22:13:20.005Z",%s,"ethernet":{%s},\
    "IP":{"source":"10.0.0.1","destination":"10.0.0.2","ipVersion":"IPv4"},\
    "l4":{"TCP":{"source_port":40000,"destination_port":%d,"flags":{"SYN":true}}},\
    "source":{"ID":100,"identity":1000,"labels":["k8s:app=client"],"pod_name":"a"},\
    "destination":{"ID":200,"identity":2000,"labels":["k8s:app=web","k8s:tier=front"],"pod_name":"b"},\
    "Type":"L3_L4","node_name":"node-1",\
    """
        .formatted(verdict, macs, port);
  }

  private static final String FROM_A =
      "\"source\":\"02:00:00:00:00:0a\",\"destination\":\"02:00:00:00:01:0a\"";
  private static final String TO_B =
      "\"source\":\"02:00:00:00:01:0b\",\"destination\":\"02:00:00:00:00:0b\"";
  private static final String END =
      "\"Summary\":\"TCP Flags: SYN\"},\"node_name\":\"node-1\","
          + "\"time\":\"2023-11-14T22:13:20.005Z\"}";
  private static final String FORWARDED = "\"verdict\":\"FORWARDED\"";
  private static final String DENIED = "\"verdict\":\"DROPPED\",\"drop_reason\":133";

  @Test
  void deniedPacketIsAVerdictAndADrop() throws Exception {
    assertThat(flows(Scenarios.twoPods(), syn(81)))
        .containsExactly(
            aToB(FORWARDED, FROM_A, 81)
                + """
                "event_type":{"type":4,"sub_type":5},"trace_observation_point":"FROM_ENDPOINT",\
                """
                + END,
            aToB(DENIED, FROM_A, 81)
                + """
                "event_type":{"type":5},"traffic_direction":"EGRESS",\
                "drop_reason_desc":"POLICY_DENIED",\
                """
                + END,
            aToB(DENIED, FROM_A, 81)
                + """
                "event_type":{"type":1,"sub_type":133},"traffic_direction":"EGRESS",\
                "file":{"name":"bpf_lxc.c","line":1163},"drop_reason_desc":"POLICY_DENIED",\
                """
                + END);
  }

  @Test
  void allowedPacketIsToldAtBothEnds() throws Exception {
    assertThat(flows(Scenarios.twoPods(), syn(80)))
        .containsExactly(
            aToB(FORWARDED, FROM_A, 80)
                + """
                "event_type":{"type":4,"sub_type":5},"trace_observation_point":"FROM_ENDPOINT",\
                """
                + END,
            aToB(FORWARDED, FROM_A, 80)
                + """
                "event_type":{"type":5},"traffic_direction":"EGRESS","policy_match_type":2,\
                "is_reply":false,\
                """
                + END,
            aToB(FORWARDED, TO_B, 80)
                + """
                "event_type":{"type":5},"traffic_direction":"INGRESS","policy_match_type":2,\
                "is_reply":false,\
                """
                + END,
            aToB(FORWARDED, TO_B, 80)
                + """
                "event_type":{"type":4},"traffic_direction":"INGRESS",\
                "trace_observation_point":"TO_ENDPOINT","trace_reason":"NEW","is_reply":false,\
                "interface":{"index":12},\
                """
                + END);
  }

  @Test
  void replyHasTheDirectionOfItsConnection() throws Exception {
    assertThat(flows(Scenarios.twoPods(), syn(80), reply()).getLast())
        .contains(
            """
            "IP":{"source":"10.0.0.2","destination":"10.0.0.1","ipVersion":"IPv4"},\
            """,
            """
            "event_type":{"type":4},"traffic_direction":"EGRESS",\
            "trace_observation_point":"TO_ENDPOINT","trace_reason":"REPLY","is_reply":true,\
            "interface":{"index":11},"Summary":"TCP Flags: SYN, ACK\"\
            """);
  }

  @Test
  void unheardPacketHasNoFlowButItsEntry() throws Exception {
    Frame gre = fromA(7, ipv4("10.0.0.1", "192.0.2.10", 47, new byte[60]));
    assertThat(flows(Scenarios.twoPods(), gre))
        .containsExactly(
            """
            {"flow":{"time":"2023-11-14T22:13:20.007Z","verdict":"FORWARDED",\
            "ethernet":{"source":"02:00:00:00:00:0a","destination":"02:00:00:00:01:0a"},\
            "IP":{"source":"10.0.0.1","destination":"192.0.2.10","ipVersion":"IPv4"},\
            "source":{"ID":100,"identity":1000,"labels":["k8s:app=client"],"pod_name":"a"},\
            "destination":{"identity":2,"labels":["reserved:world"]},\
            "Type":"L3_L4","node_name":"node-1","event_type":{"type":4,"sub_type":5},\
            "trace_observation_point":"FROM_ENDPOINT"},\
            "node_name":"node-1","time":"2023-11-14T22:13:20.007Z"}\
            """);
  }

  @Test
  void wrongReasonOf2023HasNoWord() throws Exception {
    Scenario scenario =
        Scenarios.parse(Scenarios.TWO_PODS.replace("bundled:seed", "bundled:pr25426"));
    Frame gre = fromA(7, ipv4("10.0.0.1", "192.0.2.10", 47, new byte[60]));
    assertThat(flows(scenario, gre).getLast())
        .contains("\"verdict\":\"DROPPED\",\"drop_reason\":119")
        .doesNotContain("drop_reason_desc");
  }

  @Test
  void auditAndProxyAreVerdictsOfTheirOwn() throws Exception {
    Scenario audit =
        Scenarios.parse(
            Scenarios.TWO_PODS.replace(
                "\"version\": 1,", "\"version\": 1, \"options\": {\"POLICY_AUDIT_MODE\": true},"));
    assertThat(flows(audit, syn(81)).get(1))
        .contains("\"verdict\":\"AUDIT\"", "\"event_type\":{\"type\":5}")
        .doesNotContain("drop_reason");
    Scenario proxy =
        Scenarios.parse(
            Scenarios.TWO_PODS.replace(
                "\"port\": 80, \"protocol\": \"TCP\"",
                "\"port\": 80, \"protocol\": \"TCP\", \"proxyPort\": 15001"));
    List<String> redirected = flows(proxy, syn(80));
    assertThat(redirected.get(1)).contains("\"verdict\":\"REDIRECTED\"");
    assertThat(redirected.get(2))
        .contains("\"trace_observation_point\":\"TO_PROXY\"", "\"proxy_port\":15001");
  }

  @Test
  void echoRequestNamesItsType() throws Exception {
    Frame echo = fromA(5, ipv4("10.0.0.1", "10.0.0.2", 1, icmp(8, 0, 7, 1, new byte[8])));
    assertThat(flows(Scenarios.twoPods(), echo).getFirst())
        .contains("\"l4\":{\"ICMPv4\":{\"type\":8}}", "\"Summary\":\"ICMPv4 EchoRequest\"");
  }
}
