// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.capture.CaptureException;
import org.tailwalk.app.session.file.SessionException;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.filter.Filter;
import org.tailwalk.filter.FilterException;
import org.tailwalk.scenario.ScenarioException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tailwalk replay}. */
@Command(
    name = "replay",
    description = "Replays a capture with no window.",
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
  private final Services services;

  @Spec private CommandSpec spec;

  @Mixin private CaptureSource source;

  @Option(
      names = "--format",
      defaultValue = "text",
      description =
          "text (default); json; monitor: the lines of cilium monitor -v; hubble: the flows of "
              + "hubble observe -o json. The last two show what the kernel lane told, or the model "
              + "without one.")
  private ReplayRun.Format format = ReplayRun.Format.TEXT;

  @Option(
      names = "--packets",
      paramLabel = "A-B",
      description = "Print these packets alone. The replay always runs from packet 1 to the last.",
      converter = PacketRange.Converter.class)
  private PacketRange packets = PacketRange.ALL;

  @Option(
      names = "--filter",
      paramLabel = "EXPR",
      description =
          "Print the packets alone that pass: words that must occur, or fields as in "
              + "'ip.addr == 10.0.1.20 && verdict == dropped' (docs/filters.md).")
  private String filter = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write there and not to standard output.")
  private @Nullable Path output;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields before call()
  ReplayCommand(Services services) {
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
    Filter wanted = filter(filter);
    try (CaptureInput input = source.open(err)) {
      ReplayRun run = input.run(services.engines(), format, new Selection(packets, wanted));
      return CaptureInput.write(output, source.reads(), spec.commandLine().getOut(), run::to)
          .code();
    }
  }

  private static Filter filter(String text) throws InputException {
    try {
      return Filter.parse(text);
    } catch (FilterException e) {
      throw new InputException(
          "--filter: %s%n  %s"
              .formatted(e.sentence(), e.caret().replace("\n", System.lineSeparator() + "  ")),
          e);
    }
  }
}
