// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.tailwalk.engine.EngineUnavailableException;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.vector.Gap;
import org.tailwalk.vector.Outcome;
import org.tailwalk.vector.VectorException;
import org.tailwalk.vector.VectorFile;
import org.tailwalk.vector.VectorSession;
import org.tailwalk.vector.Verifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tailwalk verify}. */
@Command(
    name = "verify",
    description =
        "Runs recorded vectors through the engines and prints each field that differs. "
            + "A session ends at its first packet that differs.",
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  private final Engines engines;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "VECTORS",
      description = "JSON Lines, one session a line, gzip-compressed or not.")
  private List<Path> files;

  @Option(
      names = "--engine",
      defaultValue = "auto",
      description = "kernel, model or both; auto (default): both where possible.")
  private EngineChoice engine;

  @Option(
      names = "--session",
      paramLabel = "ID",
      description = "Only sessions whose id contains this.")
  private String session = "";

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields before call()
  VerifyCommand(Engines engines) {
    this.engines = engines;
  }

  private static final class Tally {
    int passed;
    long packets;
    int differing;
    int failed;
    final Map<String, Integer> skipped = new TreeMap<>();
  }

  @Override
  public Integer call() throws VectorException, EngineUnavailableException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    ExitCode code = ExitCode.OK;
    Map<String, Tally> tallies = new LinkedHashMap<>();
    // Every file is read before anything runs: a wrong one is told at once.
    List<VectorSession> sessions = new ArrayList<>();
    for (Path file : files) {
      VectorFile.read(file).stream().filter(s -> s.id().contains(session)).forEach(sessions::add);
    }
    if (engine.kernel()) {
      try {
        tallies.put("kernel", run(engines.kernel(DatapathSpec.DEFAULT), sessions, out));
      } catch (EngineUnavailableException e) {
        if (!engine.mayFallBack()) {
          throw e;
        }
        err.println(
            "tailwalk: warning: the kernel engine can't run here, the model runs alone: "
                + e.getMessage());
      }
    }
    if (engine.model()) {
      tallies.put("model", run(engines.model(), sessions, out));
    }
    for (Map.Entry<String, Tally> entry : tallies.entrySet()) {
      Tally tally = entry.getValue();
      out.printf(
          "%s: %d sessions with %d packets as recorded, %d differ, %d failed, %d skipped%n",
          entry.getKey(),
          tally.passed,
          tally.packets,
          tally.differing,
          tally.failed,
          tally.skipped.values().stream().mapToInt(n -> n).sum());
      tally.skipped.forEach((reason, n) -> out.printf("  skipped %d: %s%n", n, reason));
      if (tally.differing > 0) {
        code = code.and(ExitCode.DIFFERENT);
      }
      if (tally.failed > 0) {
        code = code.and(ExitCode.FAULT);
      }
    }
    return code.code();
  }

  private Tally run(ReplayEngine each, List<VectorSession> sessions, PrintWriter out)
      throws EngineUnavailableException {
    Tally tally = new Tally();
    try (Closing _ = new Closing(each);
        Verifier verifier = new Verifier(each, Gap.ALL)) {
      verifier.run(sessions, result -> report(out, each.name(), result, tally));
    }
    return tally;
  }

  private static void report(PrintWriter out, String engine, Verifier.Result result, Tally tally) {
    switch (result) {
      case Verifier.Passed(VectorSession s) -> {
        tally.passed++;
        tally.packets += s.packets();
      }
      case Verifier.Skipped(_, String reason) -> tally.skipped.merge(reason, 1, Integer::sum);
      case Verifier.Differs(VectorSession s, int step, String words, var differences) -> {
        tally.differing++;
        out.printf("%s: %s step %d: %s%n", engine, name(s), step, words);
        for (Outcome.Difference difference : differences) {
          out.println("    " + difference);
        }
      }
      case Verifier.Failed(VectorSession s, int step, String message) -> {
        tally.failed++;
        out.printf("%s: %s step %d: could not be run: %s%n", engine, name(s), step, message);
      }
    }
  }

  private static String name(VectorSession session) {
    return "%s (%s, %s)"
        .formatted(session.id(), session.config().era().label(), session.configName());
  }
}
