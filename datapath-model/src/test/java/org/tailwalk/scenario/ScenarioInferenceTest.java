// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

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

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.Frame;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.MacAddress;

final class ScenarioInferenceTest {
  private static final byte[] PING = icmp(8, 0, 7, 1, new byte[0]);

  private static Scenario infer(Frame... frames) {
    return ScenarioInference.infer("test", List.of(frames), null);
  }

  private static List<String> addresses(Scenario scenario) {
    return scenario.node().endpoints().stream()
        .map(e -> String.valueOf(e.ipv4() != null ? e.ipv4() : e.ipv6()))
        .toList();
  }

  @Test
  void podOnItsVethIsTheOneThatSpeaksForItselfAlone() {
    Scenario s =
        infer(
            toA(0, ipv4("192.168.7.7", "10.0.0.1", 1, PING)),
            toA(1, ipv4("10.9.9.9", "10.0.0.1", 1, PING)),
            fromA(2, ipv4("10.0.0.1", "192.168.7.7", 1, PING)),
            frame(3, eth(POD_A, NODE_A, 0x0806, arp(2, NODE_A, "10.0.0.254", "10.0.0.1"))));
    assertThat(s.inferred()).isTrue();
    assertThat(addresses(s)).containsExactly("10.0.0.1");
    assertThat(s.capturePoint()).isEqualTo(CapturePoint.POD_VETH);
    EndpointConfig pod = s.node().endpoints().getFirst();
    assertThat(pod.mac()).isEqualTo(MacAddress.parse(POD_A));
    assertThat(pod.nodeMac()).isEqualTo(MacAddress.parse(NODE_A));
    assertThat(s.node().hostAddresses()).containsExactly(IpAddress.parse("10.0.0.254"));
    assertThat(s.node().policy()).isEqualTo(Policy.ALLOW_ALL);
    assertThat(s.notes()).isNotEmpty();
  }

  @Test
  void betweenTwoHostsTheFirstSenderIsThePod() {
    Scenario s =
        infer(
            toA(0, ipv4("93.184.216.34", "10.0.0.1", 6, tcp(80, 1, 18, ""))),
            fromA(1, ipv4("10.0.0.1", "93.184.216.34", 6, tcp(1, 80, 2, ""))));
    assertThat(addresses(s)).as("the private one").containsExactly("10.0.0.1");
    Scenario both =
        infer(
            fromA(0, ipv4("10.0.0.1", "10.0.1.9", 6, tcp(1, 80, 2, ""))),
            toA(1, ipv4("10.0.1.9", "10.0.0.1", 6, tcp(80, 1, 18, ""))));
    assertThat(addresses(both)).containsExactly("10.0.0.1");
  }

  @Test
  void packetSeenTwiceMeansAllInterfaces() {
    Scenario s =
        infer(
            frame(0, eth(NODE_A, POD_A, 0x0800, ipv4("10.0.0.1", "10.0.0.2", 1, PING))),
            frame(
                1,
                eth(POD_B, NODE_B, 0x0800, ipv4("10.0.0.1", "10.0.0.2", 1, 63, 0x4000, 1, PING))),
            frame(2, eth(NODE_B, POD_B, 0x0800, ipv4("10.0.0.2", "10.0.0.1", 1, PING))),
            frame(
                3,
                eth(POD_A, NODE_A, 0x0800, ipv4("10.0.0.2", "10.0.0.1", 1, 63, 0x4000, 1, PING))));
    assertThat(s.capturePoint()).isEqualTo(CapturePoint.ANY);
    assertThat(addresses(s)).contains("10.0.0.1", "10.0.0.2");
  }

  @Test
  void nodeInterfaceShowsRoutersOnly() {
    Scenario s =
        infer(
            frame(0, eth(NODE_A, NODE_B, 0x0800, ipv4("10.0.0.1", "8.8.8.8", 1, PING))),
            frame(1, eth(NODE_A, NODE_B, 0x0800, ipv4("10.0.0.2", "8.8.4.4", 1, PING))),
            frame(2, eth(NODE_B, NODE_A, 0x0800, ipv4("8.8.8.8", "10.0.0.1", 1, PING))),
            frame(3, eth(NODE_B, NODE_A, 0x0800, ipv4("8.8.4.4", "10.0.0.2", 1, PING))));
    assertThat(s.capturePoint()).isEqualTo(CapturePoint.NODE_INTERFACE);
    assertThat(addresses(s)).containsExactly("10.0.0.1", "10.0.0.2");
  }

  @Test
  void withoutPrivateAddressesTheLoudestIsThePod() {
    Scenario s =
        infer(
            fromA(0, ipv4("1.2.3.4", "5.6.7.8", 1, PING)),
            toA(1, ipv4("5.6.7.8", "1.2.3.4", 1, PING)),
            fromA(2, ipv4("1.2.3.4", "5.6.7.8", 1, PING)));
    assertThat(addresses(s)).containsExactly("1.2.3.4");
  }

  @Test
  void withoutAnAddressTheFirstSenderIsGivenOne() {
    Scenario s = infer(frame(0, eth(NODE_A, POD_A, 0x88cc, new byte[40])));
    assertThat(addresses(s)).containsExactly("10.0.0.1");
    assertThat(s.node().endpoints().getFirst().mac()).isEqualTo(MacAddress.parse(POD_A));
    assertThat(s.notes().toString()).contains("no address of a pod found");
    assertThat(addresses(ScenarioInference.infer("empty", List.of(), null)))
        .as("engines want an endpoint, even for an empty capture")
        .hasSize(1);
  }

  @Test
  void knownCapturePointIsKept() {
    Scenario s =
        ScenarioInference.infer(
            "any", List.of(fromA(0, ipv4("10.0.0.1", "8.8.8.8", 1, PING))), CapturePoint.ANY);
    assertThat(s.capturePoint()).isEqualTo(CapturePoint.ANY);
  }

  /** Whatever comes, the guess is a scenario that can be saved and read. */
  @Test
  void guessIsAlwaysAValidScenario() throws Exception {
    Random random = new Random(5);
    for (int round = 0; round < 300; round++) {
      List<Frame> frames = new ArrayList<>();
      for (int i = random.nextInt(40); i >= 0; i--) {
        byte[] bytes =
            eth(
                random.nextBoolean() ? NODE_A : POD_B,
                random.nextBoolean() ? POD_A : NODE_B,
                random.nextInt(5) == 0 ? 0x86dd : 0x0800,
                ipv4(
                    "10.0." + random.nextInt(2) + "." + random.nextInt(4),
                    "172.16.0." + random.nextInt(4),
                    random.nextInt(60),
                    PING));
        for (int n = random.nextInt(3); n > 0; n--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        frames.add(
            Frame.whole(Bytes.copyOf(bytes, 0, random.nextInt(bytes.length + 1)), i * 1000L));
      }
      Scenario s = ScenarioInference.infer("fuzz", frames, null);
      assertThat(s.node().endpoints()).isNotEmpty();
      // What was guessed is read back as its English.
      String written = ScenarioJson.write(s);
      assertThat(ScenarioJson.write(ScenarioJson.parse("again.json", written))).isEqualTo(written);
    }
  }
}
