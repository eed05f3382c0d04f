// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.capture.Capture;
import org.tailwalk.app.capture.CaptureException;
import org.tailwalk.app.capture.CaptureProgress;
import org.tailwalk.app.capture.CaptureReader;
import org.tailwalk.bpf.engine.KernelReplaySession;
import org.tailwalk.bpf.host.KernelIds;
import org.tailwalk.bpf.host.LoadPlan;
import org.tailwalk.bpf.host.RawRun;
import org.tailwalk.bpf.load.LoadException;
import org.tailwalk.controlplane.NodeCompiler;
import org.tailwalk.engine.Injection;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.FrameSource;
import org.tailwalk.replay.InjectionPlanner;
import org.tailwalk.replay.Placement;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ScenarioException;
import org.tailwalk.scenario.ScenarioJson;

/** What is timed; each method does the work once and returns packets per second or seconds. */
public final class Bench {
  private static final double NANOS = 1e9;

  private final Scenario scenario;
  private final Path capture;
  private final Path frames;
  private final int packets;

  /** Over a capture and the same frames for the C loop. */
  public Bench(Path capture, Path frames, int packets) throws IOException {
    this.capture = capture;
    this.frames = frames;
    this.packets = packets;
    try (InputStream in = Bench.class.getResourceAsStream("scenario.json")) {
      if (in == null) {
        throw new IllegalStateException("scenario.json is not beside " + Bench.class.getName());
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      scenario = ScenarioJson.parse("bench/scenario.json", text);
    } catch (ScenarioException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Seconds from nothing to an open session; the caller closes what it keeps. */
  public KernelReplaySession open(ReplayEngine kernel) throws ReplayException {
    return (KernelReplaySession)
        kernel.open(NodeCompiler.compile(scenario, scenario.kernelConfig()));
  }

  /** The kernel lane: read the capture, run, keep the raw records. */
  public double kernelLane(KernelReplaySession session)
      throws CaptureException, ReplayException, InterruptedException {
    List<RawRun> kept = new ArrayList<>(packets);
    long begin = System.nanoTime();
    try (Capture open = Capture.open(capture.toString(), CaptureProgress.NONE)) {
      session.sendRaw(injections(open), kept::add);
    }
    return rate(kept.size(), begin);
  }

  private Iterator<Injection> injections(Capture open) {
    CaptureReader reader = open.reader();
    InjectionPlanner planner = new InjectionPlanner(scenario);
    return new Iterator<>() {
      private long number;

      @Override
      public boolean hasNext() {
        return number < open.size();
      }

      @Override
      public Injection next() {
        number++;
        try {
          Placement placement = planner.plan(number, reader.packet(number).frame());
          if (placement instanceof Placement.Run run) {
            return run.injection();
          }
          throw new NoSuchElementException("packet " + number + " is not run: " + placement);
        } catch (CaptureException e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }

  /** The same frames through the same loaded program in C. */
  public double cLoop(KernelReplaySession session, Path binary)
      throws IOException, LoadException, InterruptedException {
    KernelIds ids = session.raw().ids(new LoadPlan.ProgramId(0, "cil_from_container"));
    Process process =
        new ProcessBuilder(
                binary.toString(),
                String.valueOf(ids.program()),
                String.valueOf(ids.log()),
                String.valueOf(ids.events()),
                String.valueOf(session.raw().cpu()),
                "1",
                frames.toString())
            .redirectErrorStream(true)
            .start();
    String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("C loop: " + line.strip());
    }
    String[] words = line.strip().split(" ");
    return Double.parseDouble(words[7]);
  }

  /** Whole lanes: plan, run, decode, compare; either engine may be left out. */
  public double lanes(@Nullable ReplayEngine kernel, @Nullable ReplayEngine model)
      throws CaptureException, ReplayException, IOException, InterruptedException {
    try (CaptureReplay replay = CaptureReplay.open(scenario, kernel, model);
        Capture open = Capture.open(capture.toString(), CaptureProgress.NONE)) {
      CaptureReader reader = open.reader();
      long[] number = {0};
      FrameSource source =
          () -> {
            try {
              return number[0] == open.size() ? null : reader.packet(++number[0]).frame();
            } catch (CaptureException e) {
              throw new IOException(e);
            }
          };
      long begin = System.nanoTime();
      long done = replay.run(source, _ -> true);
      return rate(done, begin);
    }
  }

  /** Compiles the C loop with the machine's compiler. */
  public static Path compile(Path source, Path folder) throws IOException, InterruptedException {
    Path binary = folder.resolve("test_run_loop");
    Process process =
        new ProcessBuilder("cc", "-O2", "-o", binary.toString(), source.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new IOException("compile " + source + ": " + said.strip());
    }
    return binary;
  }

  /** Deletes what a bench left in its folder. */
  public static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static double rate(long done, long begin) {
    return done * NANOS / (System.nanoTime() - begin);
  }
}
