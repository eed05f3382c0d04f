// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.saving;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.session.Origin;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.session.ReplayProgress;
import org.tailwalk.app.session.file.FileReference;
import org.tailwalk.app.session.file.Manifest;
import org.tailwalk.app.session.file.SessionException;
import org.tailwalk.app.session.file.SessionFile;
import org.tailwalk.app.session.file.SessionWriter;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.replay.recording.RecordedLane;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.text.Message;

/**
 * Writes a replay as a session: takes the lanes over that were recorded before, and runs the kernel
 * lane once more where it has none. On the thread that replays belong to.
 */
final class SaveJob {
  private final Replay replay;
  private final Lanes lanes;
  private final Path target;
  private final boolean copy;

  SaveJob(Replay replay, Lanes lanes, Path target, boolean copy) {
    this.replay = replay;
    this.lanes = lanes;
    this.target = target;
    this.copy = copy;
  }

  static Optional<Path> object(Scenario scenario) {
    return scenario.datapath().source() instanceof DatapathSpec.ObjectFile(String path)
        ? Optional.of(Path.of(path))
        : Optional.empty();
  }

  void run(String annotations, int packet, int row, JsonObject window, ReplayProgress progress)
      throws SessionException, ReplayException, IOException, InterruptedException {
    Origin origin = replay.capture().origin();
    Scenario scenario = replay.scenario();
    Path capture =
        origin
            .capture()
            .orElseThrow(() ->
                new SessionException(
                    Message.of("wrong.session.save", target, Message.of("wrong.session.stream"))));
    try (SessionWriter writer = SessionWriter.create(target)) {
      Optional<FileReference> inside =
          origin.session().map(f -> f.manifest().capture()).filter(FileReference::copied);
      if (inside.isPresent()) {
        writer.capture(inside.get(), capture);
      } else {
        writer.capture(capture, copy);
      }
      Optional<Path> object = object(scenario);
      if (object.isPresent() && Files.isReadable(object.get())) {
        writer.object(object.get(), copy);
      }
      boolean answered = false;
      for (RecordedLane lane : origin.lanes()) {
        boolean live = replay.recordedOn().isEmpty() && lane.answers(scenario);
        Optional<Manifest.Lane> about = origin.about(lane);
        if (!live && about.isPresent()) {
          writer.lane(lane, about.get());
          answered |= lane.answers(scenario);
        }
      }
      if (!answered) {
        record(writer, scenario, origin, progress);
      }
      writer.finish(scenario, annotations, packet, row, window, "tailwalk");
    }
  }

  private void record(
      SessionWriter writer, Scenario scenario, Origin origin, ReplayProgress progress)
      throws SessionException, ReplayException, IOException, InterruptedException {
    Lanes.KernelLane kernel = lanes.kernel();
    // What was refused may be a recording alone, beside a lane that runs.
    boolean refused = !replay.kernelRefusal().isEmpty() && replay.history().kernel().isEmpty();
    if (kernel == null || refused || origin.guards(scenario.datapath())) {
      return;
    }
    ReplayEngine engine = kernel.of(scenario.datapath());
    int size = replay.capture().size();
    boolean[] stopped = new boolean[1];
    try {
      writer.record(
          scenario,
          engine,
          replay.capture().frames().open(),
          lanes.kernelName().replace("Kernel ", ""),
          done -> {
            stopped[0] = done % 256 == 0 && !progress.at(done, size);
            return !stopped[0];
          });
    } finally {
      if (engine instanceof AutoCloseable closeable) {
        close(closeable);
      }
    }
    if (stopped[0]) {
      throw new CancellationException("saving was cancelled");
    }
  }

  private static void close(AutoCloseable engine) {
    try {
      engine.close();
    } catch (Exception e) {
      System.getLogger(SaveJob.class.getName()).log(System.Logger.Level.WARNING, "close engine", e);
    }
  }

  /** The session's object as a file that is what the session says. */
  static DatapathSpec takeOut(Origin origin, Path copies) throws SessionException {
    SessionFile session = origin.session().orElseThrow();
    FileReference object = origin.object().orElse(null);
    if (object == null) {
      throw new SessionException(
          Message.of("wrong.object.load", session.path(), Message.of("wrong.object.none")));
    }
    try {
      Path file;
      if (object.copied()) {
        Files.createDirectories(copies);
        file = copies.resolve(object.sha256() + ".o");
        session.object(file);
      } else {
        file =
            object
                .find(session.path())
                .orElseThrow(() ->
                    new SessionException(
                        Message.of(
                            "wrong.object.load",
                            session.path(),
                            Message.of("wrong.object.gone", object.name()))));
        if (!object.same(file)) {
          throw new SessionException(
              Message.of("wrong.object.load", file, Message.of("wrong.object.other")));
        }
      }
      return DatapathSpec.parse(file.toString());
    } catch (IOException e) {
      throw new SessionException(
          Message.of("wrong.object.load", session.path(), object.name() + ": " + e.getMessage()),
          e);
    }
  }
}
