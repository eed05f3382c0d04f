// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.capture.Capture;
import org.tailwalk.app.capture.CaptureException;
import org.tailwalk.app.capture.CaptureFrames;
import org.tailwalk.app.compare.core.ComparedPair;
import org.tailwalk.app.report.CompareReport;
import org.tailwalk.app.report.html.ComparePage;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.session.OpenCapture;
import org.tailwalk.app.session.Openings;
import org.tailwalk.app.session.ReplayProgress;
import org.tailwalk.compare.AlignBy;
import org.tailwalk.compare.Comparison;
import org.tailwalk.engine.EngineUnavailableException;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Scenario;

/** Two replays, from open captures to the exit code. */
final class CompareRun {
  private static final ReplayProgress ON = (_, _) -> true;

  private final Engines engines;
  private final EngineChoice choice;
  private final boolean live;
  private final @Nullable AlignBy align;
  private final boolean all;
  private final int limit;
  private final @Nullable Path page;
  private final PrintWriter err;

  CompareRun(
      Engines engines,
      EngineChoice choice,
      boolean live,
      @Nullable AlignBy align,
      boolean all,
      int limit,
      @Nullable Path page,
      PrintWriter err) {
    this.engines = engines;
    this.choice = choice;
    this.live = live;
    this.align = align;
    this.all = all;
    this.limit = limit;
    this.page = page;
    this.err = err;
  }

  ExitCode compare(
      Openings.Opened a,
      Scenario scenarioA,
      Openings.Opened b,
      Scenario scenarioB,
      CompareReport report)
      throws ReplayException, CaptureException, InputException, InterruptedException {
    try (ComparedPair pair = open(a, scenarioA, b, scenarioB)) {
      report.begin(pair);
      Comparison comparison = pair.comparison();
      int told = 0;
      int left = 0;
      for (int row = 0; row < comparison.alignment().size(); row++) {
        boolean counts = comparison.grade(row).counts();
        if (!counts && !all) {
          continue;
        }
        if (told == limit) {
          left += counts ? 1 : 0;
          continue;
        }
        report.row(pair, pair.scene(row, ON));
        told++;
      }
      report.end(pair, left);
      Path file = page;
      if (file != null) {
        write(file, ComparePage.of(pair, ON));
      }
      return comparison.counts().differ() ? ExitCode.DIFFERENT : ExitCode.OK;
    } catch (IOException e) {
      if (e.getCause() instanceof CaptureException cause) {
        throw cause;
      }
      throw new CaptureException("compare captures: " + e.getMessage(), e);
    }
  }

  private static void write(Path file, String text) throws InputException {
    try (OutputFile page = new OutputFile(file)) {
      page.write(text);
      page.finish();
    } catch (IOException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }

  private ComparedPair open(
      Openings.Opened a, Scenario scenarioA, Openings.Opened b, Scenario scenarioB)
      throws ReplayException, IOException, InputException, InterruptedException {
    OpenCapture left = opened(a, scenarioA);
    OpenCapture right = a == b ? left : opened(b, scenarioB);
    boolean named = a == b || left.name().equals(right.name());
    try {
      ComparedPair pair =
          ComparedPair.run(
              new ComparedPair.Source(
                  name(left, scenarioA, named), left, scenarioA, lanes(a, scenarioA)),
              new ComparedPair.Source(
                  name(right, scenarioB, named), right, scenarioB, lanes(b, scenarioB)),
              align,
              ON,
              () -> {});
      fallback(pair);
      return pair;
    } catch (EngineUnavailableException e) {
      throw e;
    } catch (ReplayException e) {
      if (choice.kernel() && (isObject(scenarioA) || isObject(scenarioB))) {
        throw new InputException(String.valueOf(e.getMessage()), e);
      }
      throw e;
    }
  }

  private Lanes lanes(Openings.Opened opened, Scenario scenario) {
    Engines its = RecordedEngines.of(engines, opened.origin(), scenario, live);
    return new Lanes(
        choice.kernel() ? its::kernel : null, "", "Kernel", choice.model() ? its.model() : null);
  }

  private void fallback(ComparedPair pair) throws EngineUnavailableException {
    if (!choice.kernel() || pair.a().record().kernelLane()) {
      return;
    }
    String why =
        pair.a().replay().kernelRefusal().isEmpty()
            ? pair.b().replay().kernelRefusal()
            : pair.a().replay().kernelRefusal();
    if (pair.comparison().alignment().size() > 0 && !choice.mayFallBack()) {
      pair.close();
      throw new EngineUnavailableException(why);
    }
    if (!why.isEmpty()) {
      err.println(
          "tailwalk: warning: the kernel engine can't run here, the model runs alone: " + why);
    }
  }

  private static boolean isObject(Scenario scenario) {
    return scenario.datapath().source() instanceof DatapathSpec.ObjectFile;
  }

  private static String name(OpenCapture capture, Scenario scenario, boolean withDatapath) {
    return withDatapath ? capture.name() + " on " + label(scenario) : capture.name();
  }

  /** What a replay ran against, where that is what tells two of them apart. */
  static String label(Scenario scenario) {
    return scenario.datapath()
        + (scenario.model() == null ? "" : ", model " + scenario.model().label());
  }

  private static OpenCapture opened(Openings.Opened from, Scenario scenario) {
    Capture capture = from.capture();
    return new OpenCapture(
        capture.name(),
        (int) Math.min(capture.size(), Integer.MAX_VALUE - 2),
        () -> new CaptureFrames(capture),
        scenario,
        List.of(),
        Openings.said(capture),
        () -> {});
  }
}
