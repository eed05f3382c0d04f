// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.capture.CaptureException;
import org.tailwalk.app.capture.CaptureFrames;
import org.tailwalk.app.session.file.SessionException;
import org.tailwalk.app.session.file.SessionFile;
import org.tailwalk.app.session.file.SessionWriter;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.replay.recording.LaneRecorder;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ScenarioException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tailwalk record}. */
@Command(
    name = "record",
    description =
        "Runs a capture in the kernel lane and writes a session that opens anywhere, with no"
            + " privilege and no Linux kernel.",
    mixinStandardHelpOptions = true)
final class RecordCommand implements Callable<Integer> {
  private final Services services;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CAPTURE", description = "A capture's file.")
  private String capture;

  @Mixin private NodeOptions node;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE.tailwalk",
      description = "Where to write the session.")
  private Path output;

  @Option(
      names = "--copy",
      description = "Put the capture into the session, and the object file where there is one.")
  private boolean copy;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields before call()
  RecordCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call()
      throws CaptureException,
          ScenarioException,
          InputException,
          ReplayException,
          InterruptedException {
    Path file = Path.of(capture);
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          "record: " + capture + ": not a file; a session refers to a file or holds a copy of it");
    }
    if (SessionFile.isOne(file)) {
      throw new InputException(
          "record: " + capture + ": a session already; name the capture that it is about");
    }
    OutputFile.check(output, node.reads(capture));
    PrintWriter err = spec.commandLine().getErr();
    try (CaptureInput input = CaptureInput.open(capture, node, err);
        SessionWriter writer = SessionWriter.create(output)) {
      Scenario scenario = input.scenario();
      writer.capture(file, copy);
      if (scenario.datapath().source() instanceof DatapathSpec.ObjectFile(String object)) {
        writer.object(Path.of(object), copy);
      }
      ReplayEngine engine = services.engines().kernel(scenario.datapath());
      try (Closing _ = new Closing(engine)) {
        LaneRecorder.Recorded recorded =
            writer.record(
                scenario, engine, new CaptureFrames(input.capture()), machine(), _ -> true);
        writer.finish(scenario, null, 1, 0, new JsonObject(), TailwalkCommand.Version.text());
        err.printf(
            "tailwalk: recorded %,d of %,d packets of %s%n",
            recorded.recorded(), recorded.packets(), recorded.runs());
      }
      return ExitCode.OK.code();
    } catch (SessionException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The kernel's version in a word: {@code 6.18}. */
  private static String machine() {
    @Nullable String release = System.getProperty("os.version");
    String[] parts = String.valueOf(release).split("[.-]", 3);
    return parts.length < 2 ? parts[0] : parts[0] + "." + parts[1];
  }
}
