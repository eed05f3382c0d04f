// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.capture.Capture;
import org.tailwalk.app.capture.CaptureFrames;
import org.tailwalk.app.capture.CaptureProgress;
import org.tailwalk.app.capture.CaptureScenario;
import org.tailwalk.app.policy.PolicyAccount.Content;
import org.tailwalk.app.policy.PolicyAccount.Gate;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.scenario.Scenario;

/** Policy as the model asks it about packets of the samples. */
final class PolicyAccountTest {
  private static List<Content> told(String sample) throws Exception {
    List<Content> found = new ArrayList<>();
    Path file = Path.of("../samples", sample, "capture.pcap");
    try (Capture capture = Capture.open(file.toString(), CaptureProgress.NONE)) {
      Scenario scenario = CaptureScenario.find(capture, null).scenario();
      PolicyAccount account = new PolicyAccount(scenario.node());
      try (CaptureReplay replay = CaptureReplay.open(scenario, null, new ModelReplayEngine())) {
        List<PacketReplay> packets = new ArrayList<>();
        replay.run(new CaptureFrames(capture), packets::add);
        packets.forEach(p -> found.add(account.of(p)));
      }
    }
    return found;
  }

  @Test
  void deniedPacketTriesAllFiveKeysAndEveryEntrySaysWhyNot() throws Exception {
    Gate gate = told("nobody-heard").get(7).gates().getFirst();
    assertThat(gate.bad()).isTrue();
    assertThat(gate.title()).isEqualTo("Ingress of endpoint 42 “web”");
    assertThat(gate.result()).startsWith("No entry matches: -133 (Policy denied).");
    assertThat(gate.order())
        .extracting(PolicyAccount.Asked::key)
        .containsExactly(
            "{2, 8080, TCP}",
            "{any, 8080, TCP}",
            "{any, any, TCP}",
            "{2, any, any}",
            "{any, any, any}");
    assertThat(gate.entries())
        .isNotEmpty()
        .allSatisfy(e -> {
          assertThat(e.winner()).isFalse();
          assertThat(e.why()).isNotEmpty();
          assertThat(e.from()).isNotEmpty();
        })
        .anySatisfy(e -> assertThat(e.why()).contains("the other end is 2 (reserved:world)"))
        .anySatisfy(e -> assertThat(e.from()).contains("the host may always talk to its pods"));
  }

  @Test
  void anAllowedPacketNamesTheFilterBehindTheWinner() throws Exception {
    Gate gate = told("nobody-heard").getFirst().gates().getFirst();
    assertThat(gate.bad()).isFalse();
    assertThat(gate.result()).startsWith("Allowed. (Conntrack: new");
    assertThat(gate.order().getFirst().style()).isEqualTo("hit");
    assertThat(gate.order().get(1).style()).isEqualTo("skipped");
    assertThat(gate.entries())
        .filteredOn(PolicyAccount.Entry::winner)
        .singleElement()
        .satisfies(e -> assertThat(e.from()).startsWith("Egress filter 80/TCP:"));
  }

  @Test
  void aReplyPassesWhateverPolicyAnswers() throws Exception {
    Gate gate = told("nobody-heard").get(1).gates().getFirst();
    assertThat(gate.bad()).isFalse();
    assertThat(gate.result()).contains("Conntrack says reply");
  }

  @Test
  void podToPodIsAskedTwice() throws Exception {
    assertThat(told("pod-to-pod"))
        .anySatisfy(c ->
            assertThat(c.gates())
                .extracting(Gate::title)
                .satisfies(titles -> {
                  assertThat(titles).hasSize(2);
                  assertThat(titles.getFirst()).startsWith("Egress of endpoint");
                  assertThat(titles.getLast()).startsWith("Ingress of endpoint");
                }));
  }

  @Test
  void aPacketThatNoPolicyWasAskedAboutSaysSo() throws Exception {
    assertThat(told("nobody-heard").get(8).nothing()).isNotEmpty();
  }
}
