// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tailwalk.app.capture.Capture;
import org.tailwalk.app.capture.CaptureFrames;
import org.tailwalk.app.capture.CaptureProgress;
import org.tailwalk.app.capture.CaptureScenario;
import org.tailwalk.app.lesson.Lesson;
import org.tailwalk.app.lesson.LessonPage;
import org.tailwalk.app.lesson.LessonScene;
import org.tailwalk.app.lesson.LessonShelf;
import org.tailwalk.app.platform.UserFolders;
import org.tailwalk.app.session.Openings;
import org.tailwalk.app.session.file.SessionFile;
import org.tailwalk.app.session.file.SessionWriter;
import org.tailwalk.app.window.WrappedEngine;
import org.tailwalk.bpf.engine.BundledObjects;
import org.tailwalk.bpf.engine.KernelReplayEngine;
import org.tailwalk.engine.ForwardingSession;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.recording.RecordedLane;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Era;
import org.tailwalk.scenario.Scenario;

/**
 * The recordings that samples ship tell what their golden traces tell, which are held against the
 * kernel lane; {@code -Dtailwalk.updateGoldens=true} asks the kernel lane itself, which takes
 * privilege, and writes those anew that aren't what it does.
 */
class SamplesRecordedTest {
  private static final Path LESSONS = Path.of("../samples/lessons");
  private static final Pattern RELEASE =
      Pattern.compile("^kernel (\\d+\\.\\d+)\\S*, in this process");

  private static KernelReplayEngine kernel;

  @BeforeAll
  static void openKernel() {
    kernel = new KernelReplayEngine(new BundledObjects(UserFolders.cache(), "clang"));
  }

  @AfterAll
  static void closeKernel() {
    kernel.close();
  }

  static List<Path> samples() {
    return SamplesTest.samples();
  }

  /** The first sample is shown in every era: what each of them notified, and what nobody heard. */
  private static List<Scenario> scenarios(Path sample, Scenario own) throws Exception {
    List<Scenario> all = new ArrayList<>(List.of(own));
    if (sample.endsWith("nobody-heard")) {
      for (Era era : List.of(Era.PR25426, Era.PR26115, Era.PR26118, Era.PR33551)) {
        all.add(own.withDatapath(DatapathSpec.parse("bundled:" + era.label())));
      }
    }
    all.addAll(lessonScenes(sample));
    Map<Scenario, Scenario> once = new LinkedHashMap<>();
    all.forEach(scenario -> once.putIfAbsent(RecordedLane.essence(scenario), scenario));
    return List.copyOf(once.values());
  }

  /** What the lessons show of a capture, each scenario once. */
  private static List<Scenario> lessonScenes(Path folder) throws Exception {
    List<Scenario> all = new ArrayList<>();
    for (Lesson lesson : LessonShelf.read(LESSONS).lessons()) {
      for (LessonPage page : lesson.pages()) {
        LessonScene scene = page.scene();
        if (scene.capture().toRealPath().getParent().equals(folder.toRealPath())) {
          try (Capture capture = Capture.open(scene.capture().toString(), CaptureProgress.NONE)) {
            Path given = scene.scenario();
            all.add(
                scene.dress(
                    CaptureScenario.find(capture, given == null ? null : given.toString())
                        .scenario()));
          }
        }
      }
    }
    return all;
  }

  static List<Path> lessonCaptures() throws IOException {
    return LessonShelf.read(LESSONS).lessons().stream()
        .flatMap(lesson -> lesson.pages().stream())
        .map(page -> page.scene().capture().normalize().getParent())
        .distinct()
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @MethodSource("lessonCaptures")
  void everySceneOfALessonHasARecordedKernelLane(Path folder) throws Exception {
    Path file = folder.resolve(Openings.BESIDE);
    if (Boolean.getBoolean("tailwalk.updateGoldens")) {
      update(folder, file);
    }
    try (Openings.Opened opened =
        Openings.open(folder.resolve("capture.pcap").toString(), (_, _) -> true)) {
      for (Scenario scenario : lessonScenes(folder)) {
        RecordedLane lane = opened.origin().recorded(scenario).orElse(null);
        assertThat(lane).as(folder + ": " + scenario.datapath()).isNotNull();
        assertThat(events(opened.capture(), scenario, lane.engine())).isNotEmpty();
      }
    }
    assertThat(Files.size(file)).as("small").isLessThan(128 << 10);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theRecordingTellsWhatTheGoldenOfTheKernelLaneTells(Path sample) throws Exception {
    Path file = sample.resolve(Openings.BESIDE);
    if (Boolean.getBoolean("tailwalk.updateGoldens")) {
      update(sample, file);
    }
    assertThat(file).as("made by -Dtailwalk.updateGoldens=true").exists();
    SamplesTest.Run run = SamplesTest.replayFile(file, "both");
    assertThat(words(run.out()))
        .isEqualTo(words(Files.readString(sample.resolve(SamplesInBothLanesTest.GOLDEN))));
    assertThat(Files.size(file)).as("small").isLessThan(128 << 10);
  }

  private static String words(String text) {
    return SamplesTest.comparable(text).replaceAll("(?m)^lanes: .*\\R?", "");
  }

  private static void update(Path sample, Path file) throws Exception {
    try (Capture capture =
        Capture.open(sample.resolve("capture.pcap").toString(), CaptureProgress.NONE)) {
      List<Scenario> scenarios = scenarios(sample, CaptureScenario.find(capture, null).scenario());
      if (!fresh(file, capture, scenarios)) {
        write(file, sample.resolve("capture.pcap"), capture, scenarios);
      }
    }
  }

  private static boolean fresh(Path file, Capture capture, List<Scenario> scenarios)
      throws Exception {
    if (!Files.exists(file)) {
      return false;
    }
    try (SessionFile recording = SessionFile.open(file)) {
      for (Scenario scenario : scenarios) {
        RecordedLane lane =
            recording.lanes().stream().filter(l -> l.answers(scenario)).findFirst().orElse(null);
        if (lane == null
            || !events(capture, scenario, lane.engine())
                .equals(events(capture, scenario, kernel(scenario)))) {
          return false;
        }
      }
      return recording.lanes().size() == scenarios.size();
    }
  }

  private static ReplayEngine kernel(Scenario scenario) {
    assertThat(scenario.datapath().source()).isInstanceOf(DatapathSpec.Bundled.class);
    return kernel;
  }

  /** What happened to every packet; source lines may move. */
  private static List<Object> events(Capture capture, Scenario scenario, ReplayEngine engine)
      throws Exception {
    List<Object> events = new ArrayList<>();
    try (CaptureReplay replay = CaptureReplay.open(scenario, engine, null)) {
      replay.run(new CaptureFrames(capture), packet -> events.add(what(packet)));
    }
    return events;
  }

  private static Object what(PacketReplay packet) {
    LaneTrace lane = packet.kernel();
    return lane == null
        ? packet.placement()
        : List.of(
            lane.trace().events(),
            lane.trace().returnCode(),
            lane.trace().frame(),
            lane.trace().context(),
            lane.sweeps());
  }

  private static void write(Path file, Path from, Capture capture, List<Scenario> scenarios)
      throws Exception {
    try (SessionWriter writer = SessionWriter.create(file)) {
      writer.capture(from, false);
      for (Scenario scenario : scenarios) {
        writer.record(
            scenario, named(kernel(scenario)), new CaptureFrames(capture), machine(), _ -> true);
      }
      writer.finish(scenarios.getFirst(), null, 1, 0, new JsonObject(), "tailwalk");
    }
  }

  private static String machine() throws IOException {
    String[] release = Files.readString(Path.of("/proc/sys/kernel/osrelease")).split("\\.");
    return release[0] + "." + release[1];
  }

  /** Names the kernel by what counts of it, not by who built it. */
  private static ReplayEngine named(ReplayEngine engine) {
    return new WrappedEngine(
        engine,
        session ->
            new ForwardingSession(session) {
              @Override
              public String description() {
                return RELEASE.matcher(super.description()).replaceFirst("kernel $1");
              }
            });
  }
}
