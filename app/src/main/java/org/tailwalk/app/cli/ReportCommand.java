// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.tailwalk.app.capture.CaptureException;
import org.tailwalk.app.report.html.ReplayPage;
import org.tailwalk.app.session.file.SessionException;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.scenario.ScenarioException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

  @Mixin private CaptureSource source;

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
    try (CaptureInput input = source.open(err)) {
      ReplayRun run =
          input.run(
              services.engines(),
              (out, info) -> new ReplayPage(out, info, all ? null : packets::contains),
              Selection.of(PacketRange.ALL));
      Path file = output.equals("-") ? null : Path.of(output);
      return CaptureInput.write(file, source.reads(), spec.commandLine().getOut(), run::to).code();
    }
  }
}
