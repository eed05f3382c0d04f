// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.packet.Frame;
import org.tailwalk.scenario.Scenarios;

@Timeout(60)
final class MonitorTextTest {
  private static List<String> lines(Frame... frames) throws Exception {
    List<String> lines = new ArrayList<>();
    try (CaptureReplay replay =
        CaptureReplay.open(Scenarios.twoPods(), null, new ModelReplayEngine())) {
      replay.run(FrameSource.of(List.of(frames)), p -> lines.addAll(MonitorText.lines(p)));
    }
    return lines;
  }

  @Test
  void allowedPacketIsToldAtBothEnds() throws Exception {
    assertThat(lines(CaptureReplayTest.syn(0, 80)))
        .containsExactly(
            "<- endpoint 100 flow 0x0 , identity 1000->unknown state unknown ifindex 0 orig-ip"
                + " 0.0.0.0: 10.0.0.1:40000 -> 10.0.0.2:80 tcp SYN",
            "Policy verdict log: flow 0x0 local EP ID 100, remote ID 2000, proto 6, egress, action"
                + " allow, match L3-L4, 10.0.0.1:40000 -> 10.0.0.2:80 tcp SYN",
            "Policy verdict log: flow 0x0 local EP ID 200, remote ID 1000, proto 6, ingress, action"
                + " allow, match L3-L4, 10.0.0.1:40000 -> 10.0.0.2:80 tcp SYN",
            "-> endpoint 200 flow 0x0 , identity 1000->2000 state new ifindex 12 orig-ip 10.0.0.1:"
                + " 10.0.0.1:40000 -> 10.0.0.2:80 tcp SYN");
  }

  @Test
  void deniedPacketIsAVerdictAndADrop() throws Exception {
    assertThat(lines(CaptureReplayTest.syn(0, 81)).subList(1, 3))
        .containsExactly(
            "Policy verdict log: flow 0x0 local EP ID 100, remote ID 2000, proto 6, egress, action"
                + " deny, match none, 10.0.0.1:40000 -> 10.0.0.2:81 tcp SYN",
            "xx drop (Policy denied) flow 0x0 to endpoint 0, ifindex 11, file bpf_lxc.c:1163,"
                + " identity 1000->2000: 10.0.0.1:40000 -> 10.0.0.2:81 tcp SYN");
  }

  @Test
  void unheardPacketIsSeenToEnterAndNoMore() throws Exception {
    assertThat(lines(CaptureReplayTest.gre(0)))
        .containsExactly(
            "<- endpoint 100 flow 0x0 , identity 1000->unknown state unknown ifindex 0 orig-ip"
                + " 0.0.0.0: 10.0.0.1 -> 192.0.2.10 gre");
  }
}
