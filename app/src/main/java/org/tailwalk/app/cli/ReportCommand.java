// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.tailwalk.app.capture.CaptureException;
import org.tailwalk.app.report.html.ReplayPage;
import org.tailwalk.app.session.Openings;
import org.tailwalk.app.session.file.SessionException;
import org.tailwalk.replay.ReplayException;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ScenarioException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tailwalk report}. */
@Command(
    name = "report",
    description =
        "Replays a capture and writes one self-contained HTML page about it: what was run and how"
            + " sure that is, all packets, and in full those that went wrong or were selected.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  private final Services services;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CAPTURE", description = "A capture or a session.")
  private String capture;

  @Mixin private NodeOptions node;

  @Option(
      names = "--packets",
      paramLabel = "A-B",
      description = "These packets, each in full. The replay always runs from packet 1.",
      converter = PacketRange.Converter.class)
  private PacketRange packets = PacketRange.ALL;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "The page; - for standard output.")
  private String output;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields before call()
  ReportCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call()
      throws CaptureException,
          ScenarioException,
          InputException,
          ReplayException,
          SessionException,
          InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    boolean all = packets.equals(PacketRange.ALL);
    try (Openings.Opened input = Openings.open(capture, (_, _) -> true)) {
      input.warnings().forEach(w -> err.println("tailwalk: warning: " + w));
      Scenario scenario =
          node.scenario(
              input.capture(), input.scenario().orElse(null), w -> err.println("tailwalk: " + w));
      ReplayRun run =
          new ReplayRun(
              RecordedEngines.of(services.engines(), input.origin(), scenario, node.live()),
              node.engine(),
              input.capture(),
              scenario,
              (out, info) -> new ReplayPage(out, info, all ? null : packets::contains),
              Selection.of(PacketRange.ALL),
              err);
      if (output.equals("-")) {
        return run.to(spec.commandLine().getOut()).code();
      }
      Path file = Path.of(output);
      try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
        ExitCode code = run.to(out);
        if (out.checkError()) {
          throw new InputException("write " + file + ": the file could not be written whole");
        }
        return code.code();
      } catch (IOException e) {
        throw new InputException("write " + file + ": " + e.getMessage(), e);
      }
    }
  }
}
