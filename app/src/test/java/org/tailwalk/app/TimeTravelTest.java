// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tailwalk.replay.history.MapStates.dump;
import static org.tailwalk.replay.history.MapStates.known;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tailwalk.app.capture.Capture;
import org.tailwalk.app.capture.CaptureFrames;
import org.tailwalk.app.capture.CaptureProgress;
import org.tailwalk.app.capture.CaptureScenario;
import org.tailwalk.bpf.engine.KernelReplayEngine;
import org.tailwalk.bpf.engine.LoadMode;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.FrameSource;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.history.Moment;
import org.tailwalk.replay.history.ReplayHistory;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Scenario;

/** Going back with the loaded programs beside the model. */
@Tag("kernel")
@ExtendWith(KernelPrivilege.class)
final class TimeTravelTest {
  private static final int STRETCH = 3;
  private static final int KEEP = 4;

  private static KernelReplayEngine kernel;

  @BeforeAll
  static void openKernel() {
    kernel =
        new KernelReplayEngine(
            TestObjects.bundled(), LoadMode.TRACED, KernelReplayEngine.MAX_ENTRIES, KEEP);
  }

  @AfterAll
  static void closeKernel() {
    kernel.close();
  }

  static List<Path> samples() {
    return SamplesTest.samples();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void mapsAreKnownAndPacketsRunAgainAlike(Path sample) throws Exception {
    try (Capture capture =
        Capture.open(sample.resolve("capture.pcap").toString(), CaptureProgress.NONE)) {
      Scenario scenario = CaptureScenario.find(capture, null).scenario();
      assertThat(scenario.datapath().source()).isInstanceOf(DatapathSpec.Bundled.class);
      try (CaptureReplay replay = CaptureReplay.open(scenario, kernel, new ModelReplayEngine())) {
        check(capture, scenario, replay);
      }
    }
  }

  private static void check(Capture capture, Scenario scenario, CaptureReplay replay)
      throws Exception {
    ReplayHistory history = ReplayHistory.of(scenario, replay);
    List<PacketReplay> packets = new ArrayList<>();
    replay.run(
        new CaptureFrames(capture),
        p -> {
          history.add(p);
          return packets.add(p);
        });
    assertThat(history.exact()).isTrue();
    Moment end = Moment.after(packets.size());
    assertThat(known(history.kernel().orElseThrow(), end))
        .isEqualTo(dump(replay.kernelSession().orElseThrow()));
    assertThat(known(history.model().orElseThrow(), end))
        .isEqualTo(dump(replay.modelSession().orElseThrow()));
    for (int from = packets.size(); from >= 1; from -= Math.max(1, packets.size() / 12)) {
      CaptureFrames frames = new CaptureFrames(capture);
      frames.skip(from - 1);
      List<PacketReplay> again = new ArrayList<>();
      replay.resume(history.resumeAt(from), FrameSource.limited(frames, STRETCH), again::add);
      assertThat(again)
          .as("from packet %d", from)
          .isEqualTo(packets.subList(from - 1, Math.min(packets.size(), from - 1 + STRETCH)));
      int last = from - 1 + again.size();
      assertThat(known(history.kernel().orElseThrow(), Moment.after(last)))
          .as("the kernel's maps behind packet %d", last)
          .isEqualTo(dump(replay.kernelSession().orElseThrow()));
    }
  }
}
