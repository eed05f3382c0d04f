// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.capture;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.packet.Frame;
import org.tailwalk.scenario.CapturePoint;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ScenarioException;
import org.tailwalk.scenario.ScenarioInference;
import org.tailwalk.scenario.ScenarioJson;
import org.tailwalk.text.Message;

/**
 * The scenario that a capture is replayed against: the one given, else {@code scenario.json} beside
 * the capture, else one inferred from it.
 *
 * @param source where it came from, a sentence for people; empty when it was given
 */
public record CaptureScenario(Scenario scenario, String source) {
  /** The word that asks for inference whatever lies beside the capture. */
  public static final String INFER = "infer";

  private static final String BESIDE = "scenario.json";

  /**
   * Finds it.
   *
   * @param given a path, {@link #INFER}, or null
   * @throws ScenarioException naming file and line
   * @throws CaptureException when the capture, or the scenario's file, can't be read
   */
  public static CaptureScenario find(Capture capture, @Nullable String given)
      throws ScenarioException, CaptureException {
    if (given != null && !given.equals(INFER)) {
      return new CaptureScenario(read(given), "");
    }
    Optional<Path> beside = given == null ? beside(capture) : Optional.empty();
    if (beside.isPresent()) {
      String path = beside.get().toString();
      return new CaptureScenario(
          read(path), "scenario " + path + ", which lies beside the capture");
    }
    return new CaptureScenario(
        infer(capture),
        "no scenario given: one is inferred from the capture; what passes is not a promise");
  }

  /** Infers one, whatever lies beside the capture. */
  public static Scenario infer(Capture capture) throws CaptureException {
    CaptureReader reader = capture.reader();
    List<Frame> frames = new ArrayList<>();
    for (long n = 1; n <= Math.min(capture.size(), ScenarioInference.SAMPLE); n++) {
      frames.add(reader.packet(n).frame());
    }
    boolean any =
        capture.linkTypes().contains(LinkType.SLL) || capture.linkTypes().contains(LinkType.SLL2);
    return ScenarioInference.infer(capture.name(), frames, any ? CapturePoint.ANY : null);
  }

  private static Optional<Path> beside(Capture capture) {
    try {
      Path file = Path.of(capture.name());
      Path scenario = file.resolveSibling(BESIDE);
      return Files.isRegularFile(file) && Files.isRegularFile(scenario)
          ? Optional.of(scenario)
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Scenario read(String file) throws ScenarioException, CaptureException {
    try {
      return ScenarioJson.read(Path.of(file));
    } catch (NoSuchFileException e) {
      throw new CaptureException(
          Message.of("wrong.scenario.read", file, Message.of("wrong.no-such-file")), e);
    } catch (AccessDeniedException e) {
      throw new CaptureException(
          Message.of("wrong.scenario.read", file, Message.of("wrong.denied")), e);
    } catch (IOException | InvalidPathException e) {
      throw new CaptureException(
          Message.of("wrong.scenario.read", file, String.valueOf(e.getMessage())), e);
    }
  }
}
