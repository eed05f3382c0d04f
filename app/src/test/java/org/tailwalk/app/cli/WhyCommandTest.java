// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tailwalk.app.cli.ScriptedEngine.Mood.NOTIFIES;
import static org.tailwalk.app.cli.ScriptedEngine.Mood.SILENT;
import static org.tailwalk.app.cli.ScriptedEngine.Mood.UNAVAILABLE;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.capture.TestCaptures;
import org.tailwalk.app.capture.TestCaptures.Packet;
import org.tailwalk.app.cli.CliHarness.Result;

/** {@code why}, and the formats that speak as Cilium's own tools do. */
final class WhyCommandTest {
  private static final long T0 = 1_700_000_000_000_000_000L;

  @TempDir Path folder;

  private Path capture;

  @BeforeEach
  void writeCapture() throws IOException {
    byte[] udp = TestCaptures.udpFrame(60);
    capture =
        Files.write(
            folder.resolve("a.pcap"),
            TestCaptures.ethernet(
                List.of(
                    Packet.of(T0, udp),
                    Packet.of(T0 + 1500, TestCaptures.greFrame()),
                    Packet.of(T0 + 3000, udp))));
  }

  @Test
  void kernelsAccountOfAnUnheardPacketAndWhereTheLanesPart() {
    Result result = new CliHarness(SILENT, NOTIFIES).run("why", capture, 2);
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out().lines())
        .hasSizeLessThanOrEqualTo(10)
        .anyMatch(l -> l.startsWith("verdict   PASSED_UNPOLICED on raw code -137"))
        .anyMatch(l -> l.startsWith("because   conntrack knows TCP, UDP and ICMP; this is GRE"))
        .anyMatch(l -> l.startsWith("lanes     they differ at P2.S"))
        .anyMatch(l -> l.startsWith("history   issue 22527"))
        .last()
        .asString()
        .startsWith("next ");
    assertThat(result.out().chars()).as("ASCII alone").allMatch(c -> c < 128);
  }

  @Test
  void replayEndsAtThePacketAsked() {
    Result result = new CliHarness(SILENT, NOTIFIES).run("why", capture, 1);
    assertThat(result.code()).as("packet 2 differs, but is not reached").isZero();
    assertThat(result.out()).startsWith("packet    P1 ");
  }

  @Test
  void whatClosedTheConnectionLaterIsToldWhenAllIsReplayed() {
    CliHarness cli = CliHarness.ofTheModel();
    String http = "../samples/http/capture.pcap";
    Result upToIt = cli.run("why", http, 1);
    assertThat(upToIt.out()).doesNotContain("closing ");
    assertThat(upToIt.err()).contains("packets behind 1 were not replayed; --whole tells");
    Result whole = cli.run("why", http, 1, "--whole");
    assertThat(whole.code()).isZero();
    assertThat(whole.out())
        .contains("closing   P16.S5 sets rx_closing (FIN), P19.S10 sets tx_closing (FIN)");
    assertThat(whole.err()).doesNotContain("--whole");
    Result last = cli.run("why", http, 30);
    assertThat(last.err()).as("nothing comes behind it").doesNotContain("--whole");
  }

  @Test
  void modelAloneExplainsToo() {
    Result result = new CliHarness(UNAVAILABLE, NOTIFIES).run("why", capture, 2);
    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("verdict   DROPPED: CT: Unknown L4 protocol");
    assertThat(new CliHarness(UNAVAILABLE, NOTIFIES).run("why", capture, 2, "--engine=both").code())
        .isEqualTo(3);
  }

  @Test
  void packetsThatAreNotThereAreBadInput() {
    CliHarness cli = new CliHarness(NOTIFIES, NOTIFIES);
    Result behind = cli.run("why", capture, 4);
    assertThat(behind.code()).isEqualTo(1);
    assertThat(behind.err()).contains("why packet 4: ").contains(" has 3");
    assertThat(behind.out()).isEmpty();
    assertThat(cli.run("why", capture, 0).code()).isEqualTo(1);
    assertThat(cli.run("why", capture, "two").code()).isEqualTo(1);
    assertThat(cli.run("why", capture).code()).isEqualTo(1);
  }

  @Test
  void monitorFormatHasALineForEachNotification() {
    Result result =
        new CliHarness(NOTIFIES, NOTIFIES).run("replay", capture, "--format", "monitor");
    assertThat(result.code()).isZero();
    assertThat(result.out().lines().toList())
        .singleElement()
        .asString()
        .startsWith(
            "xx drop (CT: Unknown L4 protocol) flow 0x0 to endpoint 0, ifindex 1, file"
                + " bpf_lxc.c:1");
    assertThat(new CliHarness(SILENT, NOTIFIES).run("replay", capture, "--format=monitor").out())
        .as("the kernel lane told nothing")
        .isEmpty();
  }

  @Test
  void hubbleFormatHasALineForEachFlow() {
    Result result =
        new CliHarness(UNAVAILABLE, NOTIFIES).run("replay", capture, "--format", "hubble");
    assertThat(result.code()).isZero();
    JsonObject line = JsonParser.parseString(result.out()).getAsJsonObject();
    assertThat(line.get("time").getAsString()).isEqualTo("2023-11-14T22:13:20.000001500Z");
    JsonObject flow = line.getAsJsonObject("flow");
    assertThat(flow.get("verdict").getAsString()).isEqualTo("DROPPED");
    assertThat(flow.get("drop_reason_desc").getAsString()).isEqualTo("CT_UNKNOWN_L4_PROTOCOL");
  }
}
