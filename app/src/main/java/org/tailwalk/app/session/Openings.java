// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.capture.Capture;
import org.tailwalk.app.capture.CaptureException;
import org.tailwalk.app.capture.CaptureFrames;
import org.tailwalk.app.capture.CaptureScenario;
import org.tailwalk.app.capture.TemporaryFiles;
import org.tailwalk.app.session.file.SessionException;
import org.tailwalk.app.session.file.SessionFile;
import org.tailwalk.app.text.Texts;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ScenarioException;
import org.tailwalk.text.Message;

/** Opens captures and sessions. */
public final class Openings {
  /** A recording of a capture, for machines without a kernel lane; lies beside the capture. */
  public static final String BESIDE = "recording" + SessionFile.SUFFIX;

  private Openings() {}

  /**
   * A capture that was opened, be it a session's.
   *
   * @param warnings what could not be read, or is not what the session says
   */
  public record Opened(Capture capture, Origin origin, List<String> warnings)
      implements AutoCloseable {
    /** Keeps its own copy. */
    public Opened {
      warnings = List.copyOf(warnings);
    }

    /** The session's scenario. */
    public Optional<Scenario> scenario() {
      return origin.session().map(SessionFile::scenario);
    }

    @Override
    public void close() {
      capture.close();
      origin.close();
    }
  }

  static void deleteQuietly(Path copy) {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      System.getLogger(Openings.class.getName())
          .log(System.Logger.Level.WARNING, "left behind: " + copy, e);
    }
  }

  /**
   * Opens a capture by its path, or a session.
   *
   * @throws CaptureException when the capture can't be read
   * @throws SessionException when the session can't
   */
  public static Opened open(String path, ReplayProgress progress)
      throws CaptureException, SessionException {
    Optional<Path> session = path(path).filter(SessionFile::isOne);
    return session.isPresent() ? session(session.get(), progress) : capture(path, progress);
  }

  private static Optional<Path> path(String text) {
    try {
      return text.equals("-") ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Opened capture(String path, ReplayProgress progress) throws CaptureException {
    Capture capture = read(path, progress);
    Optional<Path> file = path(path).filter(Files::isRegularFile);
    if (file.isEmpty()) {
      return new Opened(capture, Origin.unknown(), said(capture));
    }
    List<String> warnings = new ArrayList<>(said(capture));
    return new Opened(
        capture, Origin.file(file.get(), beside(file.get(), warnings).orElse(null)), warnings);
  }

  /** What couldn't be read, in the language of this process. */
  public static List<String> said(Capture capture) {
    return capture.warnings().stream().map(Texts::say).toList();
  }

  /** A recording that can't be read must not keep its capture from being opened. */
  private static Optional<SessionFile> beside(Path capture, List<String> warnings) {
    Path there = capture.resolveSibling(BESIDE);
    if (!Files.isRegularFile(there)) {
      return Optional.empty();
    }
    try {
      SessionFile recording = SessionFile.open(there);
      if (recording.manifest().capture().find(there).filter(f -> isSame(f, capture)).isPresent()) {
        return Optional.of(recording);
      }
      recording.close();
    } catch (SessionException e) {
      warnings.add(Texts.say(e));
    }
    return Optional.empty();
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      return false;
    }
  }

  private static Capture read(String path, ReplayProgress progress) throws CaptureException {
    return Capture.open(
        path,
        (done, total) -> {
          if (!progress.at(done, total)) {
            throw new CancellationException("opening the capture was cancelled");
          }
        });
  }

  private static Opened session(Path file, ReplayProgress progress)
      throws CaptureException, SessionException {
    SessionFile session = SessionFile.open(file);
    Path copy = null;
    boolean done = false;
    try {
      boolean copied = session.manifest().capture().copied();
      copy = copied ? temporary(file) : null;
      Path there = session.capture(copy == null ? file : copy);
      List<String> warnings = new ArrayList<>();
      boolean same = copied || same(session, there);
      if (!same) {
        warnings.add(Texts.of(Openings.class).get("capture.changed", there.toString()));
      }
      Capture capture = read(there.toString(), progress);
      warnings.addAll(said(capture));
      done = true;
      return new Opened(capture, Origin.session(there, session, same), warnings);
    } finally {
      if (!done) {
        session.close();
        if (copy != null) {
          deleteQuietly(copy);
        }
      }
    }
  }

  private static boolean same(SessionFile session, Path there) throws SessionException {
    try {
      return session.manifest().capture().same(there);
    } catch (IOException e) {
      throw new SessionException(
          Message.of(
              "wrong.session.open",
              session.path(),
              Message.of("wrong.session.capture-read", there, String.valueOf(e.getMessage()))),
          e);
    }
  }

  private static Path temporary(Path session) throws SessionException {
    try {
      return TemporaryFiles.create("session");
    } catch (IOException e) {
      throw new SessionException(
          Message.of(
              "wrong.session.open",
              session,
              Message.of("wrong.session.capture-out", String.valueOf(e.getMessage()))),
          e);
    }
  }

  /**
   * Opens a capture or a session for the window, with what it is to be replayed against.
   *
   * @param scenario a path; null to take the session's, to find one beside the capture, or to infer
   */
  public static OpenCapture forWindow(
      String path, @Nullable String scenario, ReplayProgress progress)
      throws CaptureException, ScenarioException, SessionException {
    Opened opened = open(path, progress);
    boolean done = false;
    try {
      Capture capture = opened.capture();
      Scenario found =
          scenario == null && opened.scenario().isPresent()
              ? opened.scenario().get()
              : CaptureScenario.find(capture, scenario).scenario();
      List<OpenCapture.ScenarioChoice> choices = new ArrayList<>();
      choices.add(new OpenCapture.ScenarioChoice(found.name(), () -> found));
      if (!found.inferred()) {
        choices.add(
            new OpenCapture.ScenarioChoice("inferred", () -> CaptureScenario.infer(capture)));
      }
      done = true;
      return new OpenCapture(
          fileName(path),
          (int) Math.min(capture.size(), Integer.MAX_VALUE - 2),
          () -> new CaptureFrames(capture),
          found,
          choices,
          opened.warnings(),
          opened::close,
          opened.origin());
    } finally {
      if (!done) {
        opened.close();
      }
    }
  }

  private static String fileName(String name) {
    return path(name).map(Path::getFileName).map(Path::toString).orElse(name);
  }
}
