// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tailwalk.app.KernelPrivilege;
import org.tailwalk.app.TestObjects;
import org.tailwalk.app.capture.Capture;
import org.tailwalk.app.capture.CaptureProgress;
import org.tailwalk.bpf.engine.KernelReplayEngine;
import org.tailwalk.bpf.engine.LoadMode;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.packet.Frame;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.FrameSource;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ScenarioJson;

/**
 * Cases that once made the engines differ, from each other or from the reference object, made
 * small: captures with their scenarios, as the fuzzer saves them. They are replayed the way any
 * capture is.
 */
@Tag("kernel")
@ExtendWith(KernelPrivilege.class)
class RegressionsTest {
  private static final Path CASES = Path.of("src", "test", "resources", "regressions");

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

  static List<Path> cases() {
    try (Stream<Path> all = Files.list(CASES)) {
      return all.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void thereAreCases() {
    assertThat(cases()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void enginesAgree(Path folder) throws Exception {
    List<PacketReplay> packets = replay(folder, kernel, new ModelReplayEngine());
    assertThat(packets).isNotEmpty();
    assertThat(packets).allSatisfy(p -> assertThat(p.divergence()).isNull());
    assertThat(packets).anySatisfy(p -> assertThat(p.kernel()).isNotNull());
  }

  /** A saved case through two engines. */
  static List<PacketReplay> replay(Path folder, ReplayEngine first, ReplayEngine second)
      throws Exception {
    Scenario scenario = ScenarioJson.read(folder.resolve("scenario.json"));
    List<Frame> frames = new ArrayList<>();
    String file = folder.resolve("capture.pcap").toString();
    try (Capture capture = Capture.open(file, CaptureProgress.NONE)) {
      for (long i = 1; i <= capture.size(); i++) {
        frames.add(capture.packet(i).frame());
      }
    }
    List<PacketReplay> packets = new ArrayList<>();
    try (CaptureReplay replay = CaptureReplay.open(scenario, first, second)) {
      replay.run(FrameSource.of(frames), packets::add);
    }
    assertThat(packets).hasSameSizeAs(frames);
    return packets;
  }
}
