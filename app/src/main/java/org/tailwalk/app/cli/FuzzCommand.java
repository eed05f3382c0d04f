// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.fuzz.Campaign;
import org.tailwalk.app.fuzz.CaseFiles;
import org.tailwalk.app.fuzz.Dice;
import org.tailwalk.app.fuzz.TraceCheck;
import org.tailwalk.app.fuzz.World;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.scenario.DatapathConstants;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Era;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ScenarioException;
import org.tailwalk.scenario.ScenarioJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tailwalk fuzz}. */
@Command(
    name = "fuzz",
    description = {
      "Runs generated scenarios and packets through the loaded programs and the model, and makes"
          + " small and saves what they disagree on.",
      "Without --datapath or --scenario: builds of the seed",
      "commit and of the last fix, options chosen pairwise, and builds with something broken.",
      "Exits with 2 when anything differs."
    },
    mixinStandardHelpOptions = true)
final class FuzzCommand implements Callable<Integer> {
  private static final long DEFAULT_PACKETS = 20_000;
  private static final int MOST_FINDINGS = 20;
  private static final long TOLD_WITHIN_MS = 500;

  private final Engines engines;

  @Spec private CommandSpec spec;

  @Option(names = "--minutes", paramLabel = "N", description = "Goes on for so long.")
  private @Nullable Double minutes;

  @Option(
      names = "--packets",
      paramLabel = "N",
      description = "Runs so many packets; 20000 if neither this nor --minutes is given.")
  private @Nullable Long packets;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "The same seed and the same number of packets run the same. Default: any.")
  private @Nullable Long seed;

  @Option(
      names = "--datapath",
      paramLabel = "NAME|FILE.o",
      description =
          "This build alone: bundled:ERA[/dual|v4|v6][,+option,-option], or an object file with the"
              + " options it was compiled with.",
      converter = NodeOptions.DatapathConverter.class)
  private @Nullable DatapathSpec datapath;

  @Option(
      names = "--scenario",
      paramLabel = "FILE",
      description = "Takes datapath and constants from this scenario, and nothing else.")
  private @Nullable Path scenario;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "fuzz-findings",
      description =
          "Each case that differs becomes a folder in here: capture, scenario, and what differs."
              + " Default: ${DEFAULT-VALUE}.")
  private Path output;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields before call()
  FuzzCommand(Engines engines) {
    this.engines = engines;
  }

  @Override
  public Integer call() throws InputException, ScenarioException, ReplayException, IOException {
    check();
    PrintWriter err = spec.commandLine().getErr();
    long start = seed == null ? ThreadLocalRandom.current().nextInt(1, 1_000_000) : seed;
    err.println("tailwalk: seed " + start);
    List<World> worlds = worlds(start);
    CountDownLatch stop = new CountDownLatch(1);
    ReplayEngine kernel = engines.kernel(worlds.getFirst().datapath());
    Tally tally = new Tally();
    try (Closing _ = new Closing(kernel);
        Interruption _ = new Interruption(stop::countDown)) {
      try {
        run(kernel, worlds, start, stop, tally);
      } catch (ReplayException e) {
        if (!interrupted(stop)) {
          throw e;
        }
        spec.commandLine().getErr().println("tailwalk: interrupted while a build was made");
        return ExitCode.INTERRUPTED.code();
      } catch (UncheckedIOException e) {
        throw new IOException("fuzz: save what was found: " + e.getMessage(), e.getCause());
      }
      spec.commandLine()
          .getOut()
          .printf(
              "%d packets in %d cases, %d builds: %d differ%n",
              tally.packets, tally.cases, worlds.size(), tally.signatures.size());
      spec.commandLine().getOut().flush();
    }
    if (stop.getCount() == 0) {
      return ExitCode.INTERRUPTED.code();
    }
    return (tally.signatures.isEmpty() ? ExitCode.OK : ExitCode.DIFFERENT).code();
  }

  /** Ctrl-C ends a compiler that runs for us, too, and perhaps before we are told. */
  private static boolean interrupted(CountDownLatch stop) {
    try {
      return stop.await(TOLD_WITHIN_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static final class Tally {
    long packets;
    long cases;
    final Set<String> signatures = new LinkedHashSet<>();
  }

  private void check() throws InputException {
    if (minutes != null && !(minutes > 0)) {
      throw new InputException("fuzz: --minutes " + minutes + ": must be more than 0");
    }
    if (packets != null && packets < 1) {
      throw new InputException("fuzz: --packets " + packets + ": must be at least 1");
    }
    if (datapath != null) {
      NodeOptions.checkObject(datapath);
    }
    if (Files.exists(output) && !Files.isDirectory(output)) {
      throw new InputException("fuzz: --output " + output + ": there, and not a folder");
    }
  }

  private List<World> worlds(long start) throws ScenarioException, InputException {
    DatapathConstants constants = DatapathConstants.AGENT_DEFAULTS;
    DatapathSpec named = datapath;
    if (scenario != null) {
      Scenario given = read(scenario);
      constants = given.constants();
      named = named == null ? given.datapath() : named;
    }
    if (named != null) {
      return List.of(World.of(named, constants));
    }
    List<World> all = new ArrayList<>(World.pairwise(Era.SEED, null, new Dice(start)));
    all.addAll(World.pairwise(Era.PR33551, null, new Dice(start + 1)));
    all.addAll(World.broken(Era.SEED, new Dice(start + 2)));
    return all;
  }

  private static Scenario read(Path file) throws ScenarioException, InputException {
    try {
      return ScenarioJson.read(file);
    } catch (IOException e) {
      throw new InputException("read scenario: " + file + ": " + e.getMessage(), e);
    }
  }

  /** With a number of packets one round; with a time as many as fit, each from the next seed. */
  private void run(
      ReplayEngine kernel, List<World> worlds, long start, CountDownLatch stop, Tally tally)
      throws ReplayException {
    PrintWriter err = spec.commandLine().getErr();
    long deadline =
        minutes == null
            ? Long.MAX_VALUE
            : System.nanoTime() + Duration.ofMillis((long) (minutes * 60_000)).toNanos();
    BooleanSupplier goOn =
        () -> stop.getCount() > 0 && (minutes == null || System.nanoTime() - deadline < 0);
    long wanted = packets != null ? packets : minutes == null ? DEFAULT_PACKETS : Long.MAX_VALUE;
    for (long round = 0; goOn.getAsBoolean() && tally.packets < wanted; round++) {
      long share = minutes == null ? wanted : Math.min(wanted - tally.packets, DEFAULT_PACKETS);
      long from = start + round;
      Campaign.Result result =
          new Campaign(kernel, engines.model(), worlds, FuzzCommand::equal, MOST_FINDINGS)
              .run(
                  from,
                  share,
                  goOn,
                  line -> err.println("tailwalk: " + line),
                  failure -> {
                    if (tally.signatures.add(failure.finding().signature())) {
                      save(failure, from);
                    }
                  });
      tally.packets += result.packets();
      tally.cases += result.cases();
      if (result.packets() == 0 || tally.signatures.size() >= MOST_FINDINGS) {
        return;
      }
    }
  }

  private static TraceCheck equal(World world) {
    return TraceCheck.equal(world.datapath().config(world.constants()));
  }

  private void save(Campaign.Failure failure, long from) {
    String name = failure.finding().signature().replaceAll("[^A-Za-z0-9]+", "-");
    Path folder = output.resolve(from + "-" + name);
    try {
      CaseFiles.write(folder, failure);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(folder + ": " + failure.finding().text().lines().findFirst().orElse(""));
    out.flush();
    spec.commandLine()
        .getErr()
        .println("tailwalk: see it: ./tailwalk replay " + folder.resolve("capture.pcap"));
  }
}
