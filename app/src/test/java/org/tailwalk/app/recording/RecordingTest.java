// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tailwalk.app.capture.Capture;
import org.tailwalk.app.capture.CaptureFrames;
import org.tailwalk.app.capture.CaptureProgress;
import org.tailwalk.app.capture.CaptureScenario;
import org.tailwalk.app.fuzz.Campaign;
import org.tailwalk.app.fuzz.Dice;
import org.tailwalk.app.fuzz.TraceCheck;
import org.tailwalk.app.fuzz.World;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.recording.BlockReader;
import org.tailwalk.replay.recording.LaneRecorder;
import org.tailwalk.replay.recording.RecordedLane;
import org.tailwalk.replay.recording.RecordingException;
import org.tailwalk.scenario.Era;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.vector.Gap;
import org.tailwalk.vector.VectorFile;
import org.tailwalk.vector.Verifier;

/** What a lane did is written down and read back exactly. The model stands for either engine. */
class RecordingTest {
  private static final Path VECTORS =
      Path.of("..", "datapath-model", "src", "test", "resources", "vectors");

  static List<Path> samples() throws Exception {
    try (Stream<Path> all = Files.list(Path.of("..", "samples"))) {
      return all.map(d -> d.resolve("capture.pcap")).filter(Files::exists).sorted().toList();
    }
  }

  /** A lane and the packets it was recorded from. */
  private record Made(RecordedLane lane, List<byte[]> blocks, Scenario scenario) {}

  private static Made record(Capture capture, Scenario scenario, ReplayEngine engine)
      throws Exception {
    List<byte[]> blocks = new ArrayList<>();
    LaneRecorder.Recorded recorded =
        LaneRecorder.record(
            scenario,
            engine,
            new CaptureFrames(capture),
            (_, block) -> blocks.add(block),
            _ -> true);
    return new Made(
        new RecordedLane(
            recorded.runs(),
            "6.18",
            scenario,
            recorded.graph(),
            recorded.firstPackets(),
            blocks::get),
        blocks,
        scenario);
  }

  private static List<PacketReplay> replay(
      Capture capture, Scenario scenario, ReplayEngine kernel, ReplayEngine model)
      throws Exception {
    List<PacketReplay> packets = new ArrayList<>();
    try (CaptureReplay replay = CaptureReplay.open(scenario, kernel, model)) {
      replay.run(new CaptureFrames(capture), packets::add);
    }
    return packets;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aRecordedLaneReplaysAsTheLaneItWasRecordedFrom(Path sample) throws Exception {
    try (Capture capture = Capture.open(sample.toString(), CaptureProgress.NONE)) {
      Scenario scenario = CaptureScenario.find(capture, null).scenario();
      ReplayEngine engine = new ModelReplayEngine();
      Made made = record(capture, scenario, engine);
      assertThat(made.lane.answers(scenario)).isTrue();
      assertThat(made.lane.answers(scenario.withModel(Era.PR33551))).isTrue();
      assertThat(replay(capture, scenario, made.lane.engine(), new ModelReplayEngine()))
          .isEqualTo(replay(capture, scenario, engine, new ModelReplayEngine()));
    }
  }

  @Test
  void everyVectorIsReadBackAsWritten() throws Exception {
    RoundTripEngine engine = new RoundTripEngine(new ModelReplayEngine());
    try (Stream<Path> files = Files.list(VECTORS);
        Verifier verifier = new Verifier(engine, Gap.ALL)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".gz")).sorted().toList()) {
        verifier.run(VectorFile.read(file), r -> assertThat(r).isInstanceOf(Verifier.Passed.class));
      }
    }
    assertThat(engine.packets).isGreaterThan(10_000);
    assertThat(engine.bytes / engine.packets).as("bytes a packet").isLessThan(600);
  }

  @Test
  void generatedPacketsAreReadBackAsWritten() throws Exception {
    RoundTripEngine engine = new RoundTripEngine(new ModelReplayEngine());
    List<World> worlds = World.pairwise(Era.SEED, null, new Dice(7));
    Campaign.Result result =
        new Campaign(
                engine,
                new ModelReplayEngine(),
                worlds,
                w -> TraceCheck.equal(w.datapath().config(w.constants())),
                1)
            .run(7, 3000, () -> true, _ -> {});
    assertThat(result.failures()).isEmpty();
    assertThat(engine.packets).isGreaterThanOrEqualTo(3000);
  }

  @Test
  void aPacketThatGoesInOtherwiseIsRefused() throws Exception {
    List<Path> samples = samples();
    try (Capture capture = Capture.open(samples.getFirst().toString(), CaptureProgress.NONE);
        Capture other = Capture.open(samples.getLast().toString(), CaptureProgress.NONE)) {
      Scenario scenario = CaptureScenario.find(capture, null).scenario();
      Made made = record(capture, scenario, new ModelReplayEngine());
      assertThatThrownBy(() -> replay(other, scenario, made.lane.engine(), null))
          .hasRootCauseInstanceOf(RecordingException.class)
          .hasMessageContaining("changed since");
    }
  }

  @Test
  void aMangledBlockIsAnErrorAndNeverAStrayException() throws Exception {
    List<Path> samples = samples();
    Random random = new Random(11);
    int refused = 0;
    for (Path sample : samples) {
      try (Capture capture = Capture.open(sample.toString(), CaptureProgress.NONE)) {
        Scenario scenario = CaptureScenario.find(capture, null).scenario();
        Made made = record(capture, scenario, new ModelReplayEngine());
        for (byte[] block : made.blocks) {
          for (int i = 0; i < 400; i++) {
            refused += passesOver(mangled(block, random)) ? 0 : 1;
          }
        }
      }
    }
    assertThat(refused).isGreaterThan(1000);
  }

  private static byte[] mangled(byte[] block, Random random) {
    if (random.nextInt(4) == 0) {
      return java.util.Arrays.copyOf(block, random.nextInt(block.length));
    }
    byte[] other = block.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      other[random.nextInt(other.length)] = (byte) random.nextInt(256);
    }
    return other;
  }

  private static boolean passesOver(byte[] block) {
    try {
      BlockReader reader = new BlockReader(block);
      while (reader.number() != 0) {
        reader.skip();
      }
      return true;
    } catch (RecordingException e) {
      assertThat(e.getMessage()).startsWith("byte ");
      return false;
    }
  }
}
