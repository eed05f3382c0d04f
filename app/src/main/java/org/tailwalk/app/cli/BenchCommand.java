// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.bench.Bench;
import org.tailwalk.app.bench.BenchCapture;
import org.tailwalk.app.capture.CaptureException;
import org.tailwalk.app.platform.UserFolders;
import org.tailwalk.bpf.engine.KernelReplaySession;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.scenario.DatapathSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tailwalk bench}: measures the hot paths here and now, in pairs where there is a limit. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the replay's hot paths on a made-up capture.",
      "The kernel lane and the C loop that runs the same loaded program take turns; medians and"
          + " the",
      "ratio pair by pair are printed."
    })
final class BenchCommand implements Callable<Integer> {
  private static final String C_LOOP = "bpf/src/bench/test_run_loop.c";

  private final Engines engines;

  @Option(
      names = "--packets",
      defaultValue = "100000",
      description = "How many; default ${DEFAULT-VALUE}.")
  private int packets;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Counted rounds; default ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--size",
      defaultValue = "64",
      description = "Bytes of a frame, 54 to 3712; default ${DEFAULT-VALUE}.")
  private int size;

  @Option(
      names = "--c-loop",
      paramLabel = "FILE",
      description = "Source of the C loop; without it, bpf/src/bench/test_run_loop.c of Tailwalk.")
  private @Nullable Path loop;

  @Spec private CommandSpec spec;

  /** The command over these engines. */
  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields before call()
  BenchCommand(Engines engines) {
    this.engines = engines;
  }

  @Override
  public Integer call()
      throws IOException, CaptureException, ReplayException, InputException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Path source = source(loop);
    Path folder = Files.createTempDirectory("tailwalk-bench");
    try {
      Path capture = folder.resolve("bench.pcap");
      Path frames = folder.resolve("bench.frames");
      BenchCapture.write(capture, frames, packets, size);
      out.printf(
          "%d packets of %d bytes, median of %d rounds after one more%n", packets, size, rounds);
      Bench bench = new Bench(capture, frames, packets);
      ReplayEngine kernel = engines.kernel(DatapathSpec.DEFAULT);
      try {
        kernel(bench, kernel, source, folder, out);
        line(out, "model alone", rates(() -> bench.lanes(null, engines.model())));
        line(out, "kernel alone, decoded", rates(() -> bench.lanes(kernel, null)));
        line(out, "both lanes, compared", rates(() -> bench.lanes(kernel, engines.model())));
      } finally {
        if (kernel instanceof AutoCloseable closing) {
          close(closing);
        }
      }
      System.gc();
      Runtime vm = Runtime.getRuntime();
      out.printf(
          Locale.ROOT,
          "%-36s %10.0f MB%n",
          "heap in use at the end",
          (vm.totalMemory() - vm.freeMemory()) / 1e6);
      return 0;
    } finally {
      Bench.delete(folder);
    }
  }

  /** Wherever it is called from; told before anything is measured. */
  private static Path source(@Nullable Path named) throws InputException {
    Path source = named == null ? UserFolders.program().resolve(C_LOOP) : named;
    if (!Files.isReadable(source)) {
      throw new InputException(
          "open C loop: %s: can't be read; name its source: --c-loop FILE".formatted(source));
    }
    return source;
  }

  private void kernel(Bench bench, ReplayEngine kernel, Path source, Path folder, PrintWriter out)
      throws IOException, CaptureException, ReplayException, InterruptedException {
    List<Double> loads = new ArrayList<>();
    for (int i = 0; i <= rounds; i++) {
      // An engine of its own each time: one that is kept open keeps its programs loaded as well.
      ReplayEngine fresh = engines.kernel(DatapathSpec.DEFAULT);
      long begin = System.nanoTime();
      try (KernelReplaySession _ = bench.open(fresh)) {
        loads.add((System.nanoTime() - begin) / 1e6);
      }
      if (fresh instanceof AutoCloseable closing) {
        close(closing);
      }
    }
    out.printf(
        Locale.ROOT,
        "%-36s %10.0f ms%n",
        "load: one endpoint, traced",
        median(loads.subList(1, loads.size())));
    Path binary = Bench.compile(source, folder);
    List<Double> lane = new ArrayList<>();
    List<Double> limit = new ArrayList<>();
    List<Double> ratio = new ArrayList<>();
    try (KernelReplaySession session = bench.open(kernel)) {
      // The C loop takes the session's event slot over, so the lane opens a session of its own.
      for (int i = 0; i <= rounds; i++) {
        double ours;
        try (KernelReplaySession own = bench.open(kernel)) {
          ours = bench.kernelLane(own);
        }
        double theirs = bench.cLoop(session, binary);
        if (i > 0) {
          lane.add(ours);
          limit.add(theirs);
          ratio.add(ours / theirs);
        }
      }
    }
    line(out, "kernel lane: read, run, raw kept", lane);
    line(out, "limit: C loop, same traced object", limit);
    out.printf(Locale.ROOT, "%-36s %10.2f%n", "ratio, median of pairs", median(ratio));
  }

  /** Something that gives packets per second. */
  private interface Rate {
    double once() throws IOException, CaptureException, ReplayException, InterruptedException;
  }

  private List<Double> rates(Rate rate)
      throws IOException, CaptureException, ReplayException, InterruptedException {
    List<Double> found = new ArrayList<>();
    for (int i = 0; i <= rounds; i++) {
      double once = rate.once();
      if (i > 0) {
        found.add(once);
      }
    }
    return found;
  }

  private static void line(PrintWriter out, String what, List<Double> rates) {
    out.printf(
        Locale.ROOT,
        "%-36s %10.0f packets/s (%.0f to %.0f)%n",
        what,
        median(rates),
        rates.stream().mapToDouble(r -> r).min().orElse(0),
        rates.stream().mapToDouble(r -> r).max().orElse(0));
    out.flush();
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static void close(AutoCloseable closing) {
    try {
      closing.close();
    } catch (Exception e) {
      throw new IllegalStateException("close the kernel engine", e);
    }
  }
}
