// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.capture.Capture;
import org.tailwalk.app.capture.CaptureException;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Era;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ScenarioException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say what a capture is replayed against; the same for replay and the window. */
final class NodeOptions {
  private static final String INFER = "infer";
  private static final String BESIDE = "scenario.json";

  @Option(
      names = "--scenario",
      paramLabel = "FILE",
      description =
          "The node the capture is replayed against. Without it, scenario.json beside the capture "
              + "if there is one, else a guess from the capture; 'infer' always guesses.")
  private @Nullable String scenario;

  @Option(
      names = "--datapath",
      paramLabel = "NAME|FILE.o",
      description =
          "bundled:ERA[/dual|v4|v6][,+option,-option], or an object file. Beats the scenario.",
      converter = DatapathConverter.class)
  private @Nullable DatapathSpec datapath;

  @Option(
      names = "--model",
      paramLabel = "ERA",
      description =
          "Sets the model apart from the kernel lane: seed, pr25426, pr26115, pr26118, pr33551.",
      converter = EraConverter.class)
  private @Nullable Era model;

  @Option(
      names = "--engine",
      defaultValue = "auto",
      description = "kernel, model or both; auto (default): both where possible.")
  private EngineChoice engine = EngineChoice.AUTO;

  EngineChoice engine() {
    return engine;
  }

  /**
   * The scenario, with what the command line changes in it.
   *
   * @param words hears what the command line beats, and where the scenario came from
   */
  Scenario scenario(Scenarios scenarios, Capture capture, Consumer<String> words)
      throws ScenarioException, InputException, CaptureException {
    Scenario result = base(scenarios, capture, words);
    DatapathSpec wanted = datapath;
    if (wanted != null) {
      if (!result.inferred() && !wanted.equals(result.datapath())) {
        words.accept("datapath " + wanted + " (command line) instead of " + result.datapath());
      }
      checkObject(wanted);
      result = result.withDatapath(wanted);
    }
    Era era = model;
    if (era != null) {
      Era before = result.model();
      if (before != null && before != era) {
        words.accept("model " + era.label() + " (command line) instead of " + before.label());
      }
      result = result.withModel(era);
    }
    return result;
  }

  private Scenario base(Scenarios scenarios, Capture capture, Consumer<String> words)
      throws ScenarioException, InputException, CaptureException {
    String given = scenario;
    Optional<Path> beside = given == null ? beside(capture) : Optional.empty();
    if (given == null && beside.isPresent()) {
      words.accept("scenario " + beside.get() + ", which lies beside the capture");
      return read(scenarios, beside.get());
    }
    if (given != null && !given.equals(INFER)) {
      return read(scenarios, Path.of(given));
    }
    try {
      Scenario guess = scenarios.infer(capture.name(), new CaptureFrames(capture));
      words.accept(
          "no scenario given: one is inferred from the capture; what passes is not a promise");
      return guess;
    } catch (IOException e) {
      if (e.getCause() instanceof CaptureException cause) {
        throw cause;
      }
      throw new InputException("infer scenario: " + e.getMessage(), e);
    }
  }

  private static Optional<Path> beside(Capture capture) {
    if (!Files.isRegularFile(Path.of(capture.name()))) {
      return Optional.empty();
    }
    Path file = Path.of(capture.name()).resolveSibling(BESIDE);
    return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
  }

  private static Scenario read(Scenarios scenarios, Path file)
      throws ScenarioException, InputException {
    try {
      return scenarios.read(file);
    } catch (NoSuchFileException e) {
      throw new InputException("read scenario: " + file + ": no such file", e);
    } catch (AccessDeniedException e) {
      throw new InputException("read scenario: " + file + ": permission denied", e);
    } catch (IOException e) {
      throw new InputException("read scenario: " + file + ": " + e.getMessage(), e);
    }
  }

  /** A file that isn't there is the user's mistake; it must not look like a fault of an engine. */
  private static void checkObject(DatapathSpec spec) throws InputException {
    if (spec.source() instanceof DatapathSpec.ObjectFile(String path)
        && !Files.isReadable(Path.of(path))) {
      throw new InputException(
          "read object: %s: %s"
              .formatted(path, Files.exists(Path.of(path)) ? "permission denied" : "no such file"));
    }
  }

  /** Reads a datapath's name. */
  static final class DatapathConverter implements ITypeConverter<DatapathSpec> {
    @Override
    public DatapathSpec convert(String text) {
      try {
        return DatapathSpec.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }

  /** Reads an era's name. */
  static final class EraConverter implements ITypeConverter<Era> {
    @Override
    public Era convert(String text) {
      try {
        return Era.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
