// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session.file;

import com.google.gson.JsonObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.platform.WholeFile;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.replay.FrameSource;
import org.tailwalk.replay.recording.BlockWriter;
import org.tailwalk.replay.recording.LaneRecorder;
import org.tailwalk.replay.recording.RecordedLane;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ScenarioJson;
import org.tailwalk.text.Message;

/**
 * Writes a session beside its place and moves it there when it is whole: what stood there before
 * stays until then, whatever happens. Used by one thread.
 */
public final class SessionWriter implements AutoCloseable {
  /** The same content gives the same bytes: no entry has a time of its own. */
  private static final LocalDateTime EPOCH = LocalDateTime.of(2026, 1, 1, 0, 0);

  private final Path target;
  private final Path temporary;
  private final FileChannel channel;
  private final ZipOutputStream zip;
  private final List<Manifest.Lane> lanes = new ArrayList<>();
  private @Nullable FileReference capture;
  private @Nullable FileReference object;
  private boolean finished;

  private SessionWriter(Path target, Path temporary, FileChannel channel, OutputStream out) {
    this.target = target;
    this.temporary = temporary;
    this.channel = channel;
    this.zip = new ZipOutputStream(new BufferedOutputStream(out, 1 << 16));
  }

  /**
   * Begins a session.
   *
   * @throws SessionException when nothing can be written there
   */
  public static SessionWriter create(Path target) throws SessionException {
    return create(target, out -> out);
  }

  /** The same; {@code through} stands before the disk. */
  static SessionWriter create(Path target, UnaryOperator<OutputStream> through)
      throws SessionException {
    Path absolute = target.toAbsolutePath();
    Path temporary =
        absolute.resolveSibling("." + absolute.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
      boolean ready = false;
      try {
        // Also when the process is interrupted, nothing is left beside the session.
        temporary.toFile().deleteOnExit();
        if (Files.exists(absolute)) {
          WholeFile.takeAfter(temporary, absolute);
        }
        SessionWriter begun =
            new SessionWriter(
                absolute, temporary, channel, through.apply(Channels.newOutputStream(channel)));
        ready = true;
        return begun;
      } finally {
        if (!ready) {
          channel.close();
          Files.deleteIfExists(temporary);
        }
      }
    } catch (IOException e) {
      throw failure(target, e);
    }
  }

  private static SessionException failure(Path target, IOException e) {
    return new SessionException(
        Message.of(
            "wrong.session.save", target, Message.of("wrong.session.unsaved", WholeFile.reason(e))),
        e);
  }

  private void entry(String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(EPOCH);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private void copy(String name, Path from) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(EPOCH);
    zip.putNextEntry(entry);
    try (InputStream in = Files.newInputStream(from)) {
      in.transferTo(zip);
    }
    zip.closeEntry();
  }

  /** What a session speaks of is never written over by it. */
  private void notOver(Path file) throws SessionException {
    try {
      if (Files.exists(target) && Files.isSameFile(file, target)) {
        throw new SessionException(
            Message.of("wrong.session.save", target, Message.of("wrong.session.itself")));
      }
    } catch (IOException e) {
      throw failure(target, e);
    }
  }

  /** Says which capture; {@code withCopy} puts it in. */
  public void capture(Path file, boolean withCopy) throws SessionException {
    notOver(file);
    try {
      capture = FileReference.of(file, target, withCopy);
      if (withCopy) {
        copy(SessionFile.CAPTURE, file);
      }
    } catch (IOException e) {
      throw failure(target, e);
    }
  }

  /** Says which capture, as another session said it: its copy is taken over. */
  public void capture(FileReference reference, @Nullable Path copy) throws SessionException {
    try {
      capture = reference;
      if (copy != null) {
        copy(SessionFile.CAPTURE, copy);
      }
    } catch (IOException e) {
      throw failure(target, e);
    }
  }

  /** Says which object the kernel lane loaded; {@code withCopy} puts it in. */
  public void object(Path file, boolean withCopy) throws SessionException {
    notOver(file);
    try {
      object = FileReference.of(file, target, withCopy);
      if (withCopy) {
        copy(SessionFile.OBJECT, file);
      }
    } catch (IOException e) {
      throw failure(target, e);
    }
  }

  /**
   * Runs the kernel lane and records it.
   *
   * @param machine a word for marks: {@code 6.18}
   * @param goOn hears how many packets are done; false ends the recording
   * @return what was recorded
   */
  public LaneRecorder.Recorded record(
      Scenario scenario,
      ReplayEngine engine,
      FrameSource frames,
      String machine,
      LongPredicate goOn)
      throws SessionException, ReplayException, InterruptedException {
    String folder = SessionFile.laneFolder(lanes.size());
    int[] index = new int[1];
    try {
      LaneRecorder.Recorded recorded =
          LaneRecorder.record(
              scenario,
              engine,
              frames,
              (_, block) -> entry(SessionFile.block(folder, index[0]++), block),
              goOn);
      entry(folder + SessionFile.GRAPH, BlockWriter.graph(recorded.graph()));
      entry(folder + SessionFile.SCENARIO, scenario(scenario));
      lanes.add(
          new Manifest.Lane(
              recorded.runs(),
              machine,
              Instant.now().toString(),
              recorded.packets(),
              recorded.recorded(),
              recorded.firstPackets()));
      return recorded;
    } catch (IOException e) {
      throw failure(target, e);
    }
  }

  /** Takes over a lane that was recorded before. */
  public void lane(RecordedLane lane, Manifest.Lane about)
      throws SessionException, ReplayException {
    String folder = SessionFile.laneFolder(lanes.size());
    try {
      for (int i = 0; i < lane.firstPackets().size(); i++) {
        entry(SessionFile.block(folder, i), lane.blocks().block(i));
      }
      entry(folder + SessionFile.GRAPH, BlockWriter.graph(lane.graph()));
      entry(folder + SessionFile.SCENARIO, scenario(lane.scenario()));
      lanes.add(about);
    } catch (IOException e) {
      throw failure(target, e);
    }
  }

  private static byte[] scenario(Scenario scenario) {
    return ScenarioJson.write(scenario).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Writes the rest and puts the session in its place.
   *
   * @param annotations what the user wrote about packets, as JSON; null for nothing
   * @param window how the window is laid out
   */
  public void finish(
      Scenario scenario,
      @Nullable String annotations,
      int packet,
      int row,
      JsonObject window,
      String program)
      throws SessionException {
    FileReference from = capture;
    if (from == null) {
      throw new IllegalStateException("a session is of a capture");
    }
    try {
      entry(SessionFile.SCENARIO, scenario(scenario));
      if (annotations != null) {
        entry(SessionFile.ANNOTATIONS, annotations.getBytes(StandardCharsets.UTF_8));
      }
      Manifest manifest =
          new Manifest(
              Instant.now().toString(),
              program,
              from,
              scenario.inferred(),
              scenario.notes().stream().map(Message::english).toList(),
              object,
              lanes,
              packet,
              row,
              window);
      entry(SessionFile.MANIFEST, ManifestJson.write(manifest).getBytes(StandardCharsets.UTF_8));
      zip.finish();
      zip.flush();
      channel.force(true);
      zip.close();
      move();
      finished = true;
    } catch (IOException e) {
      throw failure(target, e);
    }
  }

  private void move() throws IOException {
    try {
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Takes away what was not finished. */
  @Override
  public void close() {
    if (finished) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      // What was written is thrown away.
    }
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      System.getLogger(SessionWriter.class.getName())
          .log(System.Logger.Level.WARNING, "left behind: " + temporary, e);
    }
  }
}
