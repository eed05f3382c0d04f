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
import org.tailwalk.bpf.engine.LoadMode;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.Frame;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.FrameSource;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ScenarioJson;

/** A conntrack map that fills: the kernel pushes entries out and tells nobody. */
@Tag("kernel")
@ExtendWith(KernelPrivilege.class)
class FullMapTest {
  private static final int ROOM = 512;

  private static CaptureReplay replayed(int flows) throws Exception {
    Scenario scenario =
        ScenarioJson.read(SampleReplay.SAMPLES.resolve("dns-late-reply/scenario.json"));
    Frame question = SampleReplay.of("dns-late-reply", s -> s, null).getFirst().frame();
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < flows; i++) {
      byte[] bytes = question.data().toArray();
      bytes[34] = (byte) (0x80 + (i >> 8));
      bytes[35] = (byte) i;
      frames.add(new Frame(Bytes.copyOf(bytes), bytes.length, question.timeNanos() + i));
    }
    try (KernelReplayEngine kernel =
            new KernelReplayEngine(TestObjects.bundled(), LoadMode.TRACED, ROOM, 0);
        CaptureReplay replay = CaptureReplay.open(scenario, kernel, new ModelReplayEngine())) {
      replay.run(FrameSource.of(frames), _ -> true);
      return replay;
    }
  }

  @Test
  void agreementIsNotClaimedOnceAMapIsFull() throws Exception {
    assertThat(replayed(ROOM / 2).full()).isEmpty();
    assertThat(replayed(ROOM + 10).full())
        .hasValueSatisfying(text ->
            assertThat(text.english())
                .contains("map ct_any4 is full at packet")
                .contains("room for 512 entries")
                .contains("agreement is no longer claimed"));
  }
}
