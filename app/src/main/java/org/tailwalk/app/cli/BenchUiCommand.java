// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.tailwalk.app.bench.Bench;
import org.tailwalk.app.bench.BenchCapture;
import org.tailwalk.app.bench.BusyCapture;
import org.tailwalk.app.bench.UiBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tailwalk bench ui}: measures how smooth the window is, here and now. */
@Command(
    name = "ui",
    mixinStandardHelpOptions = true,
    description = {
      "Opens a window of 1440x900 on a made-up capture and an object of 28 programs, plays it with"
          + " both",
      "tokens and jumps about in the list; prints frames a second, our own work on the UI thread,"
          + " stalls",
      "and how long jumps take, each beside its target."
    })
final class BenchUiCommand implements Callable<Integer> {
  private static final int FRAME = 64;

  /** What the issue of time travel speaks of. */
  private static final int SCRUBBED = 100_000;

  /** Every so manieth packet is missing from B. */
  private static final int HOLE = 997;

  /** What is measured. */
  enum Part {
    ALL,
    PLAY,
    SCRUB,
    COMPARE;

    boolean has(Part other) {
      return this == ALL || this == other;
    }
  }

  private final Services services;

  @Option(
      names = "--part",
      defaultValue = "all",
      description =
          "all (default), play, scrub: the strip of 100,000 packets with the maps shown, or"
              + " compare: two captures of so many rows beside each other.")
  private Part part = Part.ALL;

  @Option(
      names = "--rows",
      defaultValue = "1000000",
      description = "Packets of the capture; default ${DEFAULT-VALUE}.")
  private int rows;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "Of playing, at each speed; default ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(
      names = "--jumps",
      defaultValue = "30",
      description = "To rows anywhere in the list; default ${DEFAULT-VALUE}.")
  private int jumps;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields before call()
  BenchUiCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, InputException {
    if (!services.display()) {
      throw new InputException("no display: start it as ./tailwalk, which gives it an Xvfb");
    }
    Path folder = Files.createTempDirectory("tailwalk-bench");
    try {
      Path capture = folder.resolve("bench.pcap");
      Path scenario = folder.resolve("scenario.json");
      BenchCapture.write(capture, folder.resolve("bench.frames"), rows, FRAME);
      try (InputStream in =
          Objects.requireNonNull(Bench.class.getResourceAsStream("scenario.json"))) {
        Files.copy(in, scenario);
      }
      Path other = folder.resolve("other.pcap");
      if (part.has(Part.COMPARE)) {
        BenchCapture.write(other, folder.resolve("other.frames"), rows, FRAME, HOLE);
      }
      Path busy = folder.resolve("busy.pcap");
      Path busyScenario = folder.resolve("busy.json");
      if (part.has(Part.SCRUB)) {
        BusyCapture.write(busy, busyScenario, Math.min(rows, SCRUBBED));
      }
      services
          .window()
          .bench(
              new UiBench.Plan(
                  capture.toString(),
                  scenario.toString(),
                  seconds,
                  jumps,
                  part.has(Part.COMPARE) ? other.toString() : null,
                  part.has(Part.PLAY),
                  part.has(Part.SCRUB)
                      ? new UiBench.Source(busy.toString(), busyScenario.toString())
                      : null),
              spec.commandLine().getOut());
      return ExitCode.OK.code();
    } finally {
      Bench.delete(folder);
    }
  }
}
