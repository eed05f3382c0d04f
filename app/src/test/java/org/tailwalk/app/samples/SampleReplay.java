// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.samples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.capture.Capture;
import org.tailwalk.app.capture.CaptureProgress;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.packet.Frame;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.FrameSource;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ScenarioJson;

/** A sample replayed, packet by packet. */
final class SampleReplay {
  static final Path SAMPLES = Path.of("..", "samples");

  private SampleReplay() {}

  /** All packets of a sample; without a kernel the model alone. */
  static List<PacketReplay> of(
      String sample, UnaryOperator<Scenario> change, @Nullable ReplayEngine kernel)
      throws Exception {
    Path folder = SAMPLES.resolve(sample);
    Scenario scenario = change.apply(ScenarioJson.read(folder.resolve("scenario.json")));
    List<Frame> frames = new ArrayList<>();
    String file = folder.resolve("capture.pcap").toString();
    try (Capture capture = Capture.open(file, CaptureProgress.NONE)) {
      for (long i = 1; i <= capture.size(); i++) {
        frames.add(capture.packet(i).frame());
      }
    }
    List<PacketReplay> packets = new ArrayList<>();
    try (CaptureReplay replay = CaptureReplay.open(scenario, kernel, new ModelReplayEngine())) {
      replay.run(FrameSource.of(frames), packets::add);
    }
    return packets;
  }
}
