// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.saving;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.session.OpenCapture;
import org.tailwalk.app.session.Openings;
import org.tailwalk.app.session.Replay;
import org.tailwalk.datapath.ModelReplayEngine;

/** What a saved session holds of the kernel lane. */
class SaveJobTest {
  private static final Path SAMPLE = Path.of("..", "samples", "nobody-heard");

  @TempDir Path folder;

  private static void save(Path from, Path to) throws Exception {
    Lanes lanes =
        new Lanes(_ -> new ModelReplayEngine(), "", "Kernel 6.18", new ModelReplayEngine());
    OpenCapture open = Openings.forWindow(from.toString(), null, (_, _) -> true);
    try (Replay replay = Replay.run(open, open.scenario(), lanes, (_, _) -> true)) {
      assertThat(replay.recordedOn()).isEmpty();
      assertThat(replay.kernelRefusal().isEmpty()).isEqualTo(from.endsWith("capture.pcap"));
      new SaveJob(replay, lanes, to, true).run("{}", 1, 0, new JsonObject(), (_, _) -> true);
    }
  }

  @Test
  void aLaneThatRunsIsRecordedAlsoWhereAnotherRecordingWasLeftAside() throws Exception {
    Path first = folder.resolve("first.tailwalk");
    // Away from the recording that the sample comes with.
    Path capture = folder.resolve("capture.pcap");
    Files.copy(SAMPLE.resolve("capture.pcap"), capture);
    Files.copy(SAMPLE.resolve("scenario.json"), folder.resolve("scenario.json"));
    save(capture, first);
    try (FileSystem zip = FileSystems.newFileSystem(first)) {
      Path traces = zip.getPath("lanes/1/000001.traces");
      assertThat(traces).exists();
      Files.write(traces, new byte[] {'T', 'W', 'R', 1, 1, 2, 3});
    }
    Path second = folder.resolve("second.tailwalk");
    save(first, second);
    OpenCapture saved = Openings.forWindow(second.toString(), null, (_, _) -> true);
    try (Replay replay =
        Replay.run(
            saved,
            saved.scenario(),
            Lanes.modelAlone("not here", new ModelReplayEngine()),
            (_, _) -> true)) {
      assertThat(replay.recordedOn()).isEqualTo("6.18");
      assertThat(replay.kernelRefusal()).isEmpty();
    }
  }
}
