// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tailwalk.app.capture.Capture;
import org.tailwalk.app.capture.CaptureFrames;
import org.tailwalk.app.capture.CaptureProgress;
import org.tailwalk.app.capture.CaptureScenario;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.event.Verdict;
import org.tailwalk.packet.Bytes;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.TraceDiff;
import org.tailwalk.replay.history.ReplayHistory;
import org.tailwalk.replay.whatif.Beside;
import org.tailwalk.replay.whatif.LeastChange;
import org.tailwalk.replay.whatif.Proposal;
import org.tailwalk.replay.whatif.Variant;
import org.tailwalk.replay.whatif.WhatIf;
import org.tailwalk.scenario.Era;
import org.tailwalk.scenario.Scenario;

/** Packets of the samples, with something changed. */
final class LeastChangeTest {
  /** A sample in the model alone. */
  private static final class Sample implements AutoCloseable {
    final Capture capture;
    final Scenario scenario;
    final ReplayHistory history;
    final List<PacketReplay> packets = new ArrayList<>();
    final WhatIf whatIf;

    Sample(String name) throws Exception {
      capture =
          Capture.open(
              Path.of("..", "samples", name, "capture.pcap").toString(), CaptureProgress.NONE);
      scenario = CaptureScenario.find(capture, null).scenario();
      try (CaptureReplay replay = CaptureReplay.open(scenario, null, new ModelReplayEngine())) {
        history = ReplayHistory.of(scenario, replay);
        replay.run(
            new CaptureFrames(capture),
            p -> {
              history.add(p);
              return packets.add(p);
            });
      }
      whatIf = new WhatIf(history, this::from, null, new ModelReplayEngine());
    }

    CaptureFrames from(long packet) {
      CaptureFrames frames = new CaptureFrames(capture);
      frames.skip(packet - 1);
      return frames;
    }

    List<Proposal> propose(long packet) throws Exception {
      return new LeastChange(whatIf, this::from, new ModelReplayEngine())
          .propose(Variant.of(packet, scenario), _ -> true);
    }

    @Override
    public void close() {
      capture.close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          denied        | 4  | POLICY    | add allow ingress from identity 2 (reserved:world), port 8080 TCP to the policy of “web”
          denied        | 4  | IDENTITY  | ipcache: 10.0.2.9/32 is identity 16777217, which the policy allows
          dns-late-reply| 6  | CONNTRACK | keep the conntrack entry 10.0.0.11:40003 → 10.0.1.53:53 proto 17 flags 0, which the collector at clock 1000300.000 took
          fragments     | 1  | OPTION    | build with ipv4-fragments
          pod-to-pod    | 12 | POLICY    | add allow egress to identity 1002 (k8s:app=web), port 81 TCP to the policy of “client”; add allow ingress from identity 1003 (k8s:app=client), port 81 TCP to the policy of “web”
          """)
  void proposesWhatLetsThePacketPass(String sample, long packet, Proposal.Kind kind, String text)
      throws Exception {
    try (Sample s = new Sample(sample)) {
      List<Proposal> proposals = s.propose(packet);
      assertThat(proposals)
          .anySatisfy(p -> {
            assertThat(p.kind()).isEqualTo(kind);
            assertThat(p.text()).isEqualTo(text);
          });
      for (Proposal each : proposals) {
        assertThat(LeastChange.passed(s.whatIf.run(each.variant(), 1).getFirst().model()))
            .as(each.text())
            .isTrue();
      }
      assertThat(proposals)
          .isSortedAccordingTo((a, b) ->
              Boolean.compare(a.kind() == Proposal.Kind.OPTION, b.kind() == Proposal.Kind.OPTION));
    }
  }

  @Test
  void proposesNothingForWhatNoSettingMends() throws Exception {
    try (Sample s = new Sample("gre")) {
      assertThat(s.propose(1)).isEmpty();
    }
  }

  @Test
  void proposesNothingForWhatPasses() throws Exception {
    try (Sample s = new Sample("http")) {
      assertThat(s.propose(1)).isEmpty();
    }
  }

  @Test
  void nothingChangedGivesTheSamePackets() throws Exception {
    try (Sample s = new Sample("http")) {
      assertThat(s.whatIf.run(Variant.of(5, s.scenario), 6)).isEqualTo(s.packets.subList(4, 10));
    }
  }

  @Test
  void anotherPortIsDenied() throws Exception {
    try (Sample s = new Sample("nobody-heard")) {
      PacketReplay passing =
          s.packets.stream()
              .filter(p -> p.model() != null && LeastChange.passed(p.model()))
              .findFirst()
              .orElseThrow();
      byte[] bytes = passing.frame().data().toArray();
      int port = 14 + (bytes[14] & 15) * 4 + 2;
      bytes[port] = 0x30;
      Variant variant =
          Variant.of(passing.number(), s.scenario)
              .withFrame(Bytes.copyOf(bytes), "another destination port");
      PacketReplay then = s.whatIf.run(variant, 1).getFirst();
      assertThat(then.model().trace().verdict()).isEqualTo(new Verdict.Dropped());
      Beside beside =
          Beside.of(
                  passing,
                  then,
                  false,
                  new TraceDiff(s.scenario.modelConfig(), s.scenario.modelConfig()))
              .orElseThrow();
      assertThat(beside.differs()).isTrue();
      assertThat(beside.text()).endsWith("→ dropped: Policy denied");
      assertThat(beside.rows().get(beside.first() - 1).same()).isFalse();
    }
  }

  @Test
  void anotherEraTellsOfTheDropNobodyHeard() throws Exception {
    try (Sample s = new Sample("nobody-heard")) {
      PacketReplay gre =
          s.whatIf
              .run(
                  Variant.of(9, s.scenario)
                      .withScenario(s.scenario.withModel(Era.SEED), "the model as seed"),
                  1)
              .getFirst();
      assertThat(gre.model().trace().verdict()).isEqualTo(new Verdict.PassedUnpoliced(-137));
    }
  }
}
