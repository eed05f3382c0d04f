// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.capture.Capture;
import org.tailwalk.app.capture.CaptureException;
import org.tailwalk.app.report.WhyReport;
import org.tailwalk.app.session.file.SessionException;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.scenario.ScenarioException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tailwalk why}. */
@Command(
    name = "why",
    description =
        "Explains one packet in ten lines: what became of it, where that was decided, the entry it"
            + " hung on, who wrote or collected that, and what to look at next. Exits with 2 when"
            + " the engines differ on it or before it; with --whole, on any packet.",
    mixinStandardHelpOptions = true)
final class WhyCommand implements Callable<Integer> {
  private final Services services;

  @Spec private CommandSpec spec;

  @Parameters(index = "1", paramLabel = "N", description = "The packet's number, from 1.")
  private long packet;

  @Option(
      names = "--whole",
      description =
          "Replay the packets behind it as well, and tell which of them closed its connection.")
  private boolean whole;

  @Mixin private CaptureSource source;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields before call()
  WhyCommand(Services services) {
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
    if (packet < 1) {
      throw new InputException("why packet " + packet + ": packets count from 1");
    }
    PrintWriter err = spec.commandLine().getErr();
    try (CaptureInput input = source.open(err)) {
      Capture opened = input.capture();
      if (packet > opened.size()) {
        throw new InputException(
            "why packet %d: %s has %d".formatted(packet, opened.name(), opened.size()));
      }
      AtomicReference<@Nullable WhyReport> report = new AtomicReference<>();
      ExitCode code =
          input
              .run(
                  services.engines(),
                  (out, info) -> {
                    WhyReport made = new WhyReport(out, info, packet, whole);
                    report.set(made);
                    return made;
                  },
                  Selection.of(PacketRange.ALL))
              .to(spec.commandLine().getOut());
      WhyReport made = report.get();
      if (!whole && packet < opened.size() && made != null && made.goesOn()) {
        err.println(
            "tailwalk: packets behind %d were not replayed; --whole tells which of them closed its connection"
                .formatted(packet));
      }
      return code.code();
    }
  }
}
