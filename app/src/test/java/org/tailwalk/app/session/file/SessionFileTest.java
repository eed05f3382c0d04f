// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.capture.Capture;
import org.tailwalk.app.capture.CaptureFrames;
import org.tailwalk.app.capture.CaptureProgress;
import org.tailwalk.app.capture.CaptureScenario;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.session.OpenCapture;
import org.tailwalk.app.session.Openings;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.status.StatusViewModel;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.schema.JsonSchema;

/** Sessions as files: whole, damaged, and on a full disk. */
class SessionFileTest {
  private static final Path SAMPLE = Path.of("..", "samples", "nobody-heard", "capture.pcap");

  @TempDir Path folder;

  private static Scenario scenario(Capture capture) throws Exception {
    return CaptureScenario.find(capture, null).scenario();
  }

  private static void save(Path target, Path from, boolean copy) throws Exception {
    save(target, from, copy, o -> o);
  }

  private static void save(
      Path target, Path from, boolean copy, java.util.function.UnaryOperator<OutputStream> through)
      throws Exception {
    try (Capture capture = Capture.open(from.toString(), CaptureProgress.NONE);
        SessionWriter writer = SessionWriter.create(target, through)) {
      Scenario scenario =
          CaptureScenario.find(capture, SAMPLE.resolveSibling("scenario.json").toString())
              .scenario();
      writer.capture(from, copy);
      writer.record(
          scenario, new ModelReplayEngine(), new CaptureFrames(capture), "6.18", _ -> true);
      JsonObject window = new JsonObject();
      window.addProperty("divider", 0.4);
      writer.finish(scenario, "{\"version\":1}", 6, 3, window, "tailwalk test");
    }
  }

  private static List<PacketReplay> replay(Capture capture, Scenario scenario, ReplayEngine kernel)
      throws Exception {
    List<PacketReplay> packets = new ArrayList<>();
    try (CaptureReplay replay = CaptureReplay.open(scenario, kernel, new ModelReplayEngine())) {
      replay.run(new CaptureFrames(capture), packets::add);
    }
    return packets;
  }

  @Test
  void whatWasSavedIsOpened() throws Exception {
    Path file = folder.resolve("one.tailwalk");
    save(file, SAMPLE, true);
    try (SessionFile session = SessionFile.open(file)) {
      Path copy = session.capture(folder.resolve("copy.pcap"));
      assertThat(copy).hasSameBinaryContentAs(SAMPLE);
      assertThat(session.annotations()).contains("{\"version\":1}");
      assertThat(session.manifest().packet()).isEqualTo(6);
      assertThat(session.manifest().row()).isEqualTo(3);
      assertThat(session.manifest().window().get("divider").getAsDouble()).isEqualTo(0.4);
      assertThat(session.manifest().object()).isNull();
      try (Capture capture = Capture.open(SAMPLE.toString(), CaptureProgress.NONE)) {
        Scenario scenario = scenario(capture);
        assertThat(session.scenario()).isEqualTo(scenario);
        assertThat(session.lanes()).hasSize(1);
        assertThat(session.lanes().getFirst().machine()).isEqualTo("6.18");
        assertThat(session.lanes().getFirst().answers(scenario)).isTrue();
        assertThat(replay(capture, scenario, session.lanes().getFirst().engine()))
            .isEqualTo(replay(capture, scenario, new ModelReplayEngine()));
      }
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactlyInAnyOrder(file, folder.resolve("copy.pcap"));
    }
  }

  @Test
  void aReferencedCaptureIsFoundByItsRelativePath() throws Exception {
    Path capture =
        Files.copy(SAMPLE, Files.createDirectories(folder.resolve("a/b")).resolve("c.pcap"));
    Path file = folder.resolve("a/one.tailwalk");
    save(file, capture, false);
    Path moved = Files.move(folder.resolve("a"), folder.resolve("elsewhere"));
    try (SessionFile session = SessionFile.open(moved.resolve("one.tailwalk"))) {
      assertThat(session.manifest().capture().paths()).containsExactly("b/c.pcap");
      assertThat(session.capture(folder.resolve("unused"))).isEqualTo(moved.resolve("b/c.pcap"));
      Files.delete(moved.resolve("b/c.pcap"));
      assertThatThrownBy(() -> session.capture(folder.resolve("unused")))
          .isInstanceOf(SessionException.class)
          .hasMessageContaining("c.pcap is not there")
          .hasMessageContaining("put it beside the session");
    }
    assertThat(folder.resolve("unused")).doesNotExist();
  }

  @Test
  void aFullDiskLeavesWhatWasThere() throws Exception {
    Path file = folder.resolve("one.tailwalk");
    save(file, SAMPLE, true);
    byte[] before = Files.readAllBytes(file);
    for (long room = 0; room < before.length; room += 700) {
      long most = room;
      assertThatThrownBy(() -> save(file, SAMPLE, true, out -> new SmallDisk(out, most)))
          .isInstanceOf(SessionException.class)
          .hasMessageContaining("one.tailwalk: No space left on device; nothing was changed there");
      assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void anUnwritableFolderIsToldInWords() {
    assertThatThrownBy(() -> SessionWriter.create(folder.resolve("no/such/one.tailwalk")))
        .isInstanceOf(SessionException.class)
        .hasMessageContaining("no such folder");
  }

  private static final class SmallDisk extends FilterOutputStream {
    private long room;

    SmallDisk(OutputStream out, long room) {
      super(out);
      this.room = room;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] data, int offset, int length) throws IOException {
      if (length > room) {
        throw new IOException("No space left on device");
      }
      room -= length;
      out.write(data, offset, length);
    }
  }

  @Test
  void aDamagedFileGivesOneClearErrorOrItsLaneDoes() throws Exception {
    Path file = folder.resolve("one.tailwalk");
    save(file, SAMPLE, true);
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(5);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] other =
          i % 3 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
      for (int k = i % 3; k > 0; k--) {
        other[random.nextInt(other.length)] ^= (byte) (1 + random.nextInt(255));
      }
      Path damaged = folder.resolve("damaged.tailwalk");
      Files.write(damaged, other);
      refused += opens(damaged) ? 0 : 1;
    }
    assertThat(refused).isGreaterThan(100);
  }

  private boolean opens(Path damaged) throws Exception {
    try (SessionFile session = SessionFile.open(damaged)) {
      Path copy = session.capture(folder.resolve("damaged.pcap"));
      try (Capture capture = Capture.open(copy.toString(), CaptureProgress.NONE)) {
        replay(capture, session.scenario(), session.lanes().getFirst().engine());
      }
      return true;
    } catch (SessionException e) {
      assertThat(e.getMessage()).contains("damaged.tailwalk").contains(": ");
      return false;
    } catch (ReplayException e) {
      assertThat(e.getMessage()).contains("damaged.tailwalk");
      return false;
    }
  }

  record Lie(String in, String out, String word) {}

  @Test
  void aManifestThatLiesIsToldByTheFieldThatLies() throws Exception {
    Path file = folder.resolve("one.tailwalk");
    save(file, SAMPLE, true);
    String manifest;
    try (java.util.zip.ZipFile zip = new java.util.zip.ZipFile(file.toFile())) {
      manifest = new String(zip.getInputStream(zip.getEntry("manifest.json")).readAllBytes());
    }
    assertThat(JsonSchema.load("session.schema.json").errors(JsonParser.parseString(manifest)))
        .isEmpty();
    for (Lie lie :
        List.of(
            new Lie("\"version\": 1", "\"version\": 2", "take a newer Tailwalk"),
            new Lie("tailwalk-session", "something", "format"),
            new Lie("\"packet\": 6", "\"packet\": -6", "packet is not a whole number"),
            new Lie("\"copied\": true", "\"copied\": 1", "copied is neither true nor false"),
            new Lie(
                "\"firstPackets\": [\n        1", "\"firstPackets\": [\n        0", "firstPackets"),
            new Lie("\"sha256\": \"", "\"sha256\": \"x", "sha256"))) {
      String changed = manifest.replace(lie.in, lie.out);
      assertThat(changed).isNotEqualTo(manifest);
      assertThatThrownBy(() -> ManifestJson.parse(changed))
          .isInstanceOf(SessionException.class)
          .hasMessageContaining(lie.word);
    }
    assertThat(ManifestJson.write(ManifestJson.parse(manifest))).isEqualTo(manifest);
    assertThatThrownBy(() -> ManifestJson.parse(manifest.substring(0, 40)))
        .hasMessageStartingWith("manifest.json: not JSON: ")
        .hasMessageNotContaining("Exception");
    Path newer = folder.resolve("newer.tailwalk");
    rewrite(
        file,
        newer,
        "manifest.json",
        manifest.replace("\"version\": 1", "\"version\": 2").getBytes());
    assertThatThrownBy(() -> SessionFile.open(newer))
        .hasMessageContaining("newer.tailwalk: manifest.json: version 2")
        .hasMessageEndingWith("take a newer Tailwalk");
  }

  @Test
  void aSessionIsNeverWrittenOverItsCapture() throws Exception {
    Path capture = Files.copy(SAMPLE, folder.resolve("mine.pcap"));
    assertThatThrownBy(() -> save(capture, capture, false))
        .isInstanceOf(SessionException.class)
        .hasMessageContaining("that is what the session is about");
    assertThat(capture).hasSameBinaryContentAs(SAMPLE);
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void aPathThatIsNoneIsNotThere() {
    FileReference odd =
        new FileReference("a\0b.pcap", List.of("\0", "../x\0"), 1, "0".repeat(64), false);
    assertThat(odd.find(folder.resolve("one.tailwalk"))).isEmpty();
  }

  @Test
  void aDamagedRecordingSaysWhichAndWhere() throws Exception {
    Path file = folder.resolve("one.tailwalk");
    save(file, SAMPLE, true);
    Path damaged = folder.resolve("cut.tailwalk");
    rewrite(file, damaged, "lanes/1/000001.traces", new byte[] {'T', 'W', 'R', 1, 1, 2, 3});
    try (SessionFile session = SessionFile.open(damaged);
        Capture capture = Capture.open(SAMPLE.toString(), CaptureProgress.NONE)) {
      assertThatThrownBy(
              () -> replay(capture, session.scenario(), session.lanes().getFirst().engine()))
          .hasMessageContaining("recording of \"")
          .hasMessageContaining("block 1: byte ");
    }
  }

  @Test
  void whereARecordingIsLeftAsideNobodySaysThatTheModelWalksAlone() throws Exception {
    Path file = folder.resolve("one.tailwalk");
    save(file, SAMPLE, true);
    Path damaged = folder.resolve("cut.tailwalk");
    rewrite(file, damaged, "lanes/1/000001.traces", new byte[] {'T', 'W', 'R', 1, 1, 2, 3});
    for (boolean runs : new boolean[] {true, false}) {
      Lanes lanes =
          runs
              ? new Lanes(_ -> new ModelReplayEngine(), "", "Kernel 6.18", new ModelReplayEngine())
              : Lanes.modelAlone("not here", new ModelReplayEngine());
      OpenCapture open = Openings.forWindow(damaged.toString(), null, (_, _) -> true);
      StatusViewModel status = new StatusViewModel();
      try (Replay replay = Replay.run(open, open.scenario(), lanes, (_, _) -> true)) {
        status.replayed(replay, List.of());
      }
      assertThat(status.warnings())
          .singleElement()
          .satisfies(said -> {
            assertThat(said).contains("the recorded kernel lane was left aside");
            assertThat(said.contains("The model walks alone")).isNotEqualTo(runs);
          });
    }
  }

  /** The same zip with one entry's content replaced, its checksum right. */
  private static void rewrite(Path from, Path to, String name, byte[] content) throws IOException {
    try (java.util.zip.ZipFile in = new java.util.zip.ZipFile(from.toFile());
        java.util.zip.ZipOutputStream out =
            new java.util.zip.ZipOutputStream(Files.newOutputStream(to))) {
      for (var entry : java.util.Collections.list(in.entries())) {
        out.putNextEntry(new java.util.zip.ZipEntry(entry.getName()));
        out.write(entry.getName().equals(name) ? content : in.getInputStream(entry).readAllBytes());
        out.closeEntry();
      }
    }
  }
}
