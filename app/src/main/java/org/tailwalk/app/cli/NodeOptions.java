// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.capture.Capture;
import org.tailwalk.app.capture.CaptureException;
import org.tailwalk.app.capture.CaptureScenario;
import org.tailwalk.app.compare.core.CompareRequest;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Era;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ScenarioException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say what a capture is replayed against; the same for replay and the window. */
final class NodeOptions {
  @Mixin private NodeChoice choice = new NodeChoice();

  @Option(
      names = "--engine",
      defaultValue = "auto",
      description = "kernel, model or both; auto (default): both where possible.")
  private EngineChoice engine = EngineChoice.AUTO;

  @Option(
      names = "--live",
      description = "Of a session: run the kernel engine, and not what was recorded.")
  private boolean live;

  /** Whether the model is set apart from the datapath. */
  boolean namesModel() {
    return choice.model != null;
  }

  /** The scenario's file; null where none was named. */
  @Nullable String scenarioFile() {
    return choice.scenario;
  }

  /** The files that are read for a capture, as they were named: none may be written over. */
  List<String> reads(String capture) {
    List<String> files = new ArrayList<>(List.of(capture));
    if (choice.scenario != null) {
      files.add(choice.scenario);
    }
    if (choice.datapath != null
        && choice.datapath.source() instanceof DatapathSpec.ObjectFile(String object)) {
      files.add(object);
    }
    return files;
  }

  /** One side of a comparison in the window. */
  CompareRequest.Side side(String capture) {
    return new CompareRequest.Side(capture, choice.scenario, null, choice.datapath, choice.model);
  }

  /** The other side. */
  CompareRequest.Side side(String capture, OtherNodeOptions other) {
    return new CompareRequest.Side(
        capture,
        other.scenario != null ? other.scenario : choice.scenario,
        null,
        other.datapath != null ? other.datapath : choice.datapath,
        other.model != null ? other.model : other.datapath != null ? null : choice.model);
  }

  EngineChoice engine() {
    return engine;
  }

  boolean live() {
    return live;
  }

  /**
   * The scenario, with what the command line changes in it.
   *
   * @param saved the session's own; null for a plain capture
   * @param words hears what the command line beats, and where the scenario came from
   */
  Scenario scenario(Capture capture, @Nullable Scenario saved, Consumer<String> words)
      throws ScenarioException, InputException, CaptureException {
    return scenario(capture, saved, words, choice.scenario, choice.datapath, choice.model);
  }

  /** The scenario of the second of two sides: what it does not say is as for the first. */
  Scenario scenario(
      Capture capture, @Nullable Scenario saved, Consumer<String> words, OtherNodeOptions other)
      throws ScenarioException, InputException, CaptureException {
    return scenario(
        capture,
        saved,
        words,
        other.scenario != null ? other.scenario : choice.scenario,
        other.datapath != null ? other.datapath : choice.datapath,
        other.model != null ? other.model : other.datapath != null ? null : choice.model);
  }

  /** Whether a scenario was named for the second of two sides. */
  boolean names(OtherNodeOptions other) {
    return other.scenario != null || scenarioFile() != null;
  }

  /** A scenario that is known, with what the command line changes in it for the second side. */
  Scenario changed(Scenario known, OtherNodeOptions other) throws InputException {
    DatapathSpec its = other.datapath;
    Scenario result = known;
    if (its != null) {
      checkObject(its);
      result = result.withDatapath(its);
      if (other.model == null) {
        result = result.withModel(null);
      }
    }
    return other.model == null ? result : result.withModel(other.model);
  }

  private static Scenario scenario(
      Capture capture,
      @Nullable Scenario saved,
      Consumer<String> words,
      @Nullable String scenario,
      @Nullable DatapathSpec datapath,
      @Nullable Era model)
      throws ScenarioException, InputException, CaptureException {
    CaptureScenario found =
        saved != null && scenario == null
            ? new CaptureScenario(saved, "")
            : CaptureScenario.find(capture, scenario);
    if (!found.source().isEmpty()) {
      words.accept(found.source());
    }
    Scenario result = found.scenario();
    if (datapath != null) {
      if (!result.inferred() && !datapath.equals(result.datapath())) {
        words.accept("datapath " + datapath + " (command line) instead of " + result.datapath());
      }
      checkObject(datapath);
      result = result.withDatapath(datapath);
    }
    if (model != null) {
      Era before = result.model();
      if (before != null && before != model) {
        words.accept("model " + model.label() + " (command line) instead of " + before.label());
      }
      result = result.withModel(model);
    }
    return result;
  }

  /** A file that isn't there is the user's mistake; it must not look like a fault of an engine. */
  static void checkObject(DatapathSpec spec) throws InputException {
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
