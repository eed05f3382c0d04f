// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.tailwalk.replay.recording.BlockReader;
import org.tailwalk.replay.recording.RecordedLane;
import org.tailwalk.replay.recording.RecordingException;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ScenarioException;
import org.tailwalk.scenario.ScenarioJson;
import org.tailwalk.text.Message;
import org.tailwalk.text.Told;

/**
 * A session that was opened. Blocks of recordings are read as they are needed; may be used by any
 * thread. What is inside is never trusted: sizes are bounded, checksums checked, nothing is loaded
 * or written but what is asked for.
 */
public final class SessionFile implements AutoCloseable {
  /** How session files end. */
  public static final String SUFFIX = ".tailwalk";

  static final String MANIFEST = "manifest.json";
  static final String SCENARIO = "scenario.json";
  static final String ANNOTATIONS = "annotations.json";
  static final String CAPTURE = "capture";
  static final String OBJECT = "object";
  static final String GRAPH = "graph";

  /** More than any text or block of ours: a file that claims more is not one. */
  private static final int MOST_BYTES = 64 << 20;

  private final Path path;
  private final ZipFile zip;
  private final Manifest manifest;
  private final Scenario scenario;
  private final @Nullable String annotations;
  private final List<RecordedLane> lanes;

  private SessionFile(Path path, ZipFile zip) throws SessionException {
    this.path = path;
    this.zip = zip;
    try {
      this.manifest = ManifestJson.parse(text(MANIFEST));
      this.scenario = marked(scenario(SCENARIO));
      this.annotations = zip.getEntry(ANNOTATIONS) == null ? null : text(ANNOTATIONS);
      List<RecordedLane> found = new ArrayList<>();
      for (int i = 0; i < manifest.lanes().size(); i++) {
        found.add(lane(i, manifest.lanes().get(i)));
      }
      this.lanes = List.copyOf(found);
    } catch (NewerSessionException e) {
      throw new SessionException(Message.of("wrong.session.open", path, Told.of(e)), e);
    } catch (SessionException | RecordingException | IOException e) {
      throw broken(path, Told.of(e), e);
    }
  }

  static String laneFolder(int index) {
    return "lanes/" + (index + 1) + "/";
  }

  static String block(String folder, int index) {
    return String.format(Locale.ROOT, "%s%06d.traces", folder, index + 1);
  }

  /** Whether a file is meant to be a session: by its name, or because it is a zip. */
  public static boolean isOne(Path file) {
    if (file.toString().endsWith(SUFFIX)) {
      return true;
    }
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(4);
      return start.length == 4 && start[0] == 'P' && start[1] == 'K' && start[2] == 3;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Opens a session.
   *
   * @throws SessionException one clear message for whatever is wrong with it
   */
  public static SessionFile open(Path file) throws SessionException {
    ZipFile zip;
    try {
      if (!Files.exists(file)) {
        throw new NoSuchFileException(file.toString());
      }
      zip = new ZipFile(file.toFile());
    } catch (NoSuchFileException e) {
      throw new SessionException(
          Message.of("wrong.session.open", file, Message.of("wrong.no-such-file")), e);
    } catch (IOException | IllegalArgumentException e) {
      if (Files.isRegularFile(file) && !Files.isReadable(file)) {
        throw new SessionException(
            Message.of("wrong.session.open", file, Message.of("wrong.denied")), e);
      }
      throw broken(file, Message.of("wrong.session.zip", String.valueOf(e.getMessage())), e);
    }
    try {
      return new SessionFile(file, zip);
    } catch (SessionException | RuntimeException e) {
      closeQuietly(zip);
      throw e;
    }
  }

  private static SessionException broken(Path file, Message what, Throwable cause) {
    return new SessionException(
        Message.of("wrong.session.open", file, Message.of("wrong.session.damaged", what)), cause);
  }

  private static void closeQuietly(ZipFile zip) {
    try {
      zip.close();
    } catch (IOException e) {
      System.getLogger(SessionFile.class.getName())
          .log(System.Logger.Level.WARNING, "close " + zip.getName(), e);
    }
  }

  private byte[] bytes(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException(name + " is missing");
    }
    if (entry.getSize() > MOST_BYTES) {
      throw new IOException(name + " says it has " + entry.getSize() + " bytes");
    }
    CRC32 crc = new CRC32();
    byte[] data;
    try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), crc)) {
      data = in.readNBytes(MOST_BYTES + 1);
    } catch (EOFException e) {
      throw new IOException(name + ": ends too early", e);
    } catch (IOException e) {
      throw new IOException(name + ": " + e.getMessage(), e);
    }
    if (data.length > MOST_BYTES) {
      throw new IOException(name + " has more than " + MOST_BYTES + " bytes");
    }
    if (crc.getValue() != entry.getCrc()) {
      throw new IOException(name + ": the checksum doesn't fit");
    }
    return data;
  }

  private String text(String name) throws IOException {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  private Scenario scenario(String name) throws IOException, SessionException {
    try {
      return ScenarioJson.parse(name, text(name));
    } catch (ScenarioException e) {
      throw new SessionException(Told.of(e), e);
    }
  }

  /** A guessed scenario stays a guess. */
  private Scenario marked(Scenario s) {
    return new Scenario(
        s.name(),
        manifest.scenarioInferred(),
        manifest.scenarioNotes().stream()
            .map(note -> Message.recognized("inferred.", note))
            .toList(),
        s.capturePoint(),
        s.datapath(),
        s.constants(),
        s.model(),
        s.node(),
        s.settings());
  }

  private RecordedLane lane(int index, Manifest.Lane about)
      throws IOException, SessionException, RecordingException {
    String folder = laneFolder(index);
    List<Long> firsts = about.firstPackets();
    for (int i = 0; i < firsts.size(); i++) {
      if (zip.getEntry(block(folder, i)) == null) {
        throw new IOException(block(folder, i) + " is missing");
      }
    }
    try {
      return new RecordedLane(
          about.runs(),
          about.machine(),
          scenario(folder + SCENARIO),
          BlockReader.graph(bytes(folder + GRAPH)),
          firsts,
          i -> block(block(folder, i)));
    } catch (RecordingException e) {
      throw new RecordingException(folder + GRAPH + ": " + e.getMessage(), e);
    }
  }

  private byte[] block(String name) throws RecordingException {
    try {
      return bytes(name);
    } catch (IOException | IllegalStateException e) {
      throw new RecordingException("read session: " + path + ": " + e.getMessage(), e);
    }
  }

  /** Where it lies. */
  public Path path() {
    return path;
  }

  /** What it says of itself. */
  public Manifest manifest() {
    return manifest;
  }

  /** What the capture is replayed against. */
  public Scenario scenario() {
    return scenario;
  }

  /** What the user wrote about packets, as JSON. */
  public Optional<String> annotations() {
    return Optional.ofNullable(annotations);
  }

  /** The lanes that were recorded. */
  public List<RecordedLane> lanes() {
    return lanes;
  }

  /**
   * The capture: the copy inside, written to {@code copy}, or the file referred to.
   *
   * @param copy where a copy may be written; not touched when there is none inside
   * @throws SessionException when it is nowhere; says where it was looked for
   */
  public Path capture(Path copy) throws SessionException {
    FileReference reference = manifest.capture();
    if (reference.copied()) {
      extract(CAPTURE, reference, copy);
      return copy;
    }
    return reference
        .find(path)
        .orElseThrow(() ->
            new SessionException(
                Message.of(
                    "wrong.session.open",
                    path,
                    Message.of(
                        "wrong.session.capture",
                        reference.name(),
                        String.join(", ", reference.paths())))));
  }

  /**
   * Writes the copy of the object out, for loading. Ask the user before.
   *
   * @throws SessionException when there is none, or it isn't what the manifest says
   */
  public void object(Path to) throws SessionException {
    FileReference reference = manifest.object();
    if (reference == null || !reference.copied()) {
      throw new SessionException(
          Message.of("wrong.session.open", path, Message.of("wrong.session.no-object")));
    }
    extract(OBJECT, reference, to);
  }

  private void extract(String name, FileReference reference, Path to) throws SessionException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw broken(path, Message.plain(name + " is missing"), new IOException(name));
    }
    try {
      try (InputStream in = zip.getInputStream(entry);
          OutputStream out = Files.newOutputStream(to)) {
        byte[] buffer = new byte[1 << 16];
        long left = reference.size();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          left -= n;
          if (left < 0) {
            throw new IOException("is longer than the manifest says");
          }
          out.write(buffer, 0, n);
        }
      }
      if (!reference.same(to)) {
        throw new IOException("is not what the manifest says");
      }
    } catch (IOException e) {
      throw broken(path, Message.plain(name + ": " + e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    closeQuietly(zip);
  }
}
