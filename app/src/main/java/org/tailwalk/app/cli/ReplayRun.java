// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.capture.Capture;
import org.tailwalk.app.capture.CaptureException;
import org.tailwalk.app.capture.CaptureFrames;
import org.tailwalk.app.report.HubbleReport;
import org.tailwalk.app.report.JsonReport;
import org.tailwalk.app.report.MonitorReport;
import org.tailwalk.app.report.ReplayReport;
import org.tailwalk.app.report.RunEnd;
import org.tailwalk.app.report.RunInfo;
import org.tailwalk.app.report.TextReport;
import org.tailwalk.app.session.Openings;
import org.tailwalk.engine.EngineUnavailableException;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.ReplaySummary;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Scenario;

/** One replay from open lanes to its exit code. */
final class ReplayRun {
  private final Engines engines;
  private final EngineChoice choice;
  private final Capture capture;
  private final Scenario scenario;
  private final ReportMaker reports;
  private final Selection shown;
  private final PrintWriter err;

  /** Makes the report that a run writes. */
  @FunctionalInterface
  interface ReportMaker {
    ReplayReport report(PrintWriter out, RunInfo info);
  }

  /** The words of {@code --format}. */
  enum Format implements ReportMaker {
    TEXT,
    JSON,
    MONITOR,
    HUBBLE;

    @Override
    public ReplayReport report(PrintWriter out, RunInfo info) {
      return switch (this) {
        case TEXT -> new TextReport(out, info);
        case JSON -> new JsonReport(out, info);
        case MONITOR -> new MonitorReport(out);
        case HUBBLE -> new HubbleReport(out, info);
      };
    }
  }

  ReplayRun(
      Engines engines,
      EngineChoice choice,
      Capture capture,
      Scenario scenario,
      ReportMaker reports,
      Selection shown,
      PrintWriter err) {
    this.engines = engines;
    this.choice = choice;
    this.capture = capture;
    this.scenario = scenario;
    this.reports = reports;
    this.shown = shown;
    this.err = err;
  }

  ExitCode to(PrintWriter out)
      throws ReplayException, CaptureException, InterruptedException, InputException {
    ReplayEngine kernel = choice.kernel() ? engines.kernel(scenario.datapath()) : null;
    try (Closing _ = new Closing(kernel);
        CaptureReplay replay = open(kernel)) {
      return run(replay, out);
    }
  }

  private CaptureReplay open(@Nullable ReplayEngine kernel) throws ReplayException, InputException {
    try {
      return CaptureReplay.open(scenario, kernel, choice.model() ? engines.model() : null);
    } catch (EngineUnavailableException e) {
      if (!choice.mayFallBack()) {
        throw e;
      }
      err.println(
          "tailwalk: warning: the kernel engine can't run here, the model runs alone: "
              + e.getMessage());
      return CaptureReplay.open(scenario, null, engines.model());
    } catch (ReplayException e) {
      if (kernel != null && scenario.datapath().source() instanceof DatapathSpec.ObjectFile) {
        // The object is the user's: that it can't be read or loaded is about the input.
        throw new InputException(String.valueOf(e.getMessage()), e);
      }
      throw e;
    }
  }

  private ExitCode run(CaptureReplay replay, PrintWriter out)
      throws ReplayException, CaptureException, InterruptedException {
    RunInfo info =
        new RunInfo(
            capture.name(),
            scenario,
            replay.kernelSession().map(ReplaySession::description).orElse(null),
            replay.modelSession().map(ReplaySession::description).orElse(null));
    ReplayReport report = reports.report(out, info);
    ReplaySummary.Counter counter = new ReplaySummary.Counter();
    PacketFilter filter = new PacketFilter(shown.filter(), scenario);
    CaptureFrames frames = new CaptureFrames(capture);
    boolean whole = false;
    // Until the summary is written: once it is let go, an interrupted process ends.
    try (Interruption _ = new Interruption(replay::cancel)) {
      try {
        replay.run(
            frames,
            packet -> {
              counter.add(packet);
              if (packet.number() == 1) {
                report.begins(packet);
              }
              if (filter.passes(packet) && shown.range().contains(packet.number())) {
                report.packet(packet);
              }
              // A reader that went away (head, a closed pager) ends the replay.
              return !report.done() && ((packet.number() & 0xff) != 0 || !out.checkError());
            });
        whole = !replay.cancelled();
      } catch (IOException e) {
        if (e.getCause() instanceof CaptureException cause) {
          throw cause;
        }
        throw new CaptureException("read capture: " + capture.name() + ": " + e.getMessage(), e);
      } finally {
        List<String> warnings = new ArrayList<>(Openings.said(capture));
        for (String note : frames.notes()) {
          err.println("tailwalk: warning: " + note);
          warnings.add(note);
        }
        replay
            .full()
            .ifPresent(full -> {
              err.println("tailwalk: warning: " + full.english());
              warnings.add(full.english());
            });
        if (info.kernel() != null
            && info.model() != null
            && counter.summary().compared() == 0
            && whole
            && !report.done()) {
          String text = "nothing was compared: no packet ran in both engines, so none can differ";
          err.println("tailwalk: warning: " + text);
          warnings.add(text);
        }
        long seen = counter.summary().packets();
        if (whole && !report.done() && shown.range().from() > Math.max(1, seen)) {
          err.println(
              "tailwalk: warning: --packets begins at %d, the capture ends at %d: none is printed"
                  .formatted(shown.range().from(), seen));
        }
        report.end(counter.summary(), new RunEnd(warnings, !whole, replay.full().isEmpty()));
        out.flush();
      }
    }
    if (replay.cancelled()) {
      return ExitCode.INTERRUPTED;
    }
    return counter.summary().agreed() ? ExitCode.OK : ExitCode.DIFFERENT;
  }
}
