// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tailwalk.app.KernelPrivilege;
import org.tailwalk.app.TestObjects;
import org.tailwalk.bpf.engine.KernelReplayEngine;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.event.Verdict;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.Frame;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.FrameSource;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ScenarioJson;

/** Frames longer than a test run takes: jumbo frames, and segments that a device would merge. */
@Tag("kernel")
@ExtendWith(KernelPrivilege.class)
class LongFramesTest {
  @Test
  void framesUpToWhatABufferHoldsRunInBothLanesWithTheirWholeLength() throws Exception {
    Scenario scenario =
        ScenarioJson.read(SampleReplay.SAMPLES.resolve("dns-late-reply/scenario.json"));
    Frame question = SampleReplay.of("dns-late-reply", s -> s, null).getFirst().frame();
    List<Frame> frames = new ArrayList<>();
    for (int length : new int[] {3_712, 3_713, 9_000, 16_064}) {
      byte[] bytes = new byte[length];
      byte[] head = question.data().toArray();
      System.arraycopy(head, 0, bytes, 0, head.length);
      for (int i = head.length; i < length; i++) {
        bytes[i] = (byte) (i * 7);
      }
      bytes[16] = (byte) (length - 14 >> 8);
      bytes[17] = (byte) (length - 14);
      bytes[35] = (byte) frames.size();
      frames.add(new Frame(Bytes.copyOf(bytes), length, question.timeNanos() + frames.size()));
    }
    List<PacketReplay> packets = new ArrayList<>();
    try (KernelReplayEngine kernel = new KernelReplayEngine(TestObjects.bundled());
        CaptureReplay replay = CaptureReplay.open(scenario, kernel, new ModelReplayEngine())) {
      replay.run(FrameSource.of(frames), packets::add);
    }
    for (PacketReplay packet : packets) {
      LaneTrace kernel = packet.kernel();
      assertThat(kernel).isNotNull();
      assertThat(kernel.trace().verdict()).isEqualTo(new Verdict.ToStack());
      assertThat(kernel.trace().frame().length()).isEqualTo(packet.frame().data().length());
      assertThat(packet.divergence()).as("packet " + packet.number()).isNull();
    }
  }
}
