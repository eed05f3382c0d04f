// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.concurrent.Callable;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.capture.CaptureException;
import org.tailwalk.app.report.html.ReplayPage;
import org.tailwalk.app.session.Annotations;
import org.tailwalk.app.session.AnnotationsJson;
import org.tailwalk.app.session.file.SessionException;
import org.tailwalk.app.session.file.SessionFile;
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
      names = "--marked",
      description =
          "The packets that are marked in the session, each in full, of those of --packets.")
  private boolean marked;

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
    try (CaptureInput input = source.open(err)) {
      LongPredicate selected = selected(input);
      ReplayRun run =
          input.run(
              services.engines(),
              (out, info) -> new ReplayPage(out, info, selected),
              Selection.of(PacketRange.ALL));
      Path file = output.equals("-") ? null : Path.of(output);
      return CaptureInput.write(file, source.reads(), spec.commandLine().getOut(), run::to).code();
    }
  }

  /** Which packets; null for all. */
  private @Nullable LongPredicate selected(CaptureInput input) throws InputException {
    if (!marked) {
      return packets.equals(PacketRange.ALL) ? null : packets::contains;
    }
    String said = input.opened().origin().session().flatMap(SessionFile::annotations).orElse(null);
    NavigableSet<Integer> marks;
    try {
      marks = said == null ? Annotations.NONE.marks() : AnnotationsJson.read(said).marks();
    } catch (IOException e) {
      throw new InputException("%s: %s".formatted(source.name(), e.getMessage()), e);
    }
    if (marks.isEmpty()) {
      throw new InputException(
          ("%s: no packet is marked in it, and --marked tells marked packets alone. Mark some in"
                  + " the window (Ctrl+M) and save the session, or name packets with --packets.")
              .formatted(source.name()));
    }
    return n -> packets.contains(n) && marks.contains((int) n);
  }
}
