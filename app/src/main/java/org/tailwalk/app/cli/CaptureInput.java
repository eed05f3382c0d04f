// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.io.BufferedWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.capture.Capture;
import org.tailwalk.app.capture.CaptureException;
import org.tailwalk.app.session.Openings;
import org.tailwalk.app.session.file.SessionException;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ScenarioException;

/** What a command works on: a capture or a session, opened, and its warnings told. */
record CaptureInput(Openings.Opened opened, NodeOptions node, PrintWriter err)
    implements AutoCloseable {
  /** Opens what was named and tells its warnings. */
  static CaptureInput open(String name, NodeOptions node, PrintWriter err)
      throws CaptureException, SessionException {
    Openings.Opened opened = Openings.open(name, (_, _) -> true);
    opened.warnings().forEach(w -> err.println("tailwalk: warning: " + w));
    return new CaptureInput(opened, node, err);
  }

  Capture capture() {
    return opened.capture();
  }

  /** The node it is replayed against; tells where that came from. */
  Scenario scenario() throws CaptureException, ScenarioException, InputException {
    return node.scenario(
        capture(), opened.scenario().orElse(null), w -> err.println("tailwalk: " + w));
  }

  /** A replay of it, with the engines that it brings or the machine's. */
  ReplayRun run(Engines engines, ReplayRun.ReportMaker reports, Selection shown)
      throws CaptureException, ScenarioException, InputException {
    Scenario scenario = scenario();
    return new ReplayRun(
        RecordedEngines.of(engines, opened.origin(), scenario, node.live()),
        node.engine(),
        capture(),
        scenario,
        reports,
        shown,
        err);
  }

  /** Something that writes a result and says how it went. */
  @FunctionalInterface
  interface Writing {
    ExitCode to(PrintWriter out)
        throws CaptureException,
            ScenarioException,
            InputException,
            ReplayException,
            SessionException,
            InterruptedException;
  }

  /**
   * Writes to a file, or to standard output where none was named. The file is put in its place when
   * it is whole: what fails before that leaves what stood there.
   *
   * @param inputs what is read; none of these is written over
   * @throws InputException when the file can't be written whole
   */
  static ExitCode write(
      @Nullable Path file, List<String> inputs, PrintWriter standard, Writing writing)
      throws CaptureException,
          ScenarioException,
          InputException,
          ReplayException,
          SessionException,
          InterruptedException {
    if (file == null) {
      return writing.to(standard);
    }
    OutputFile.check(file, inputs);
    try (OutputFile output = new OutputFile(file);
        PrintWriter out = new PrintWriter(new BufferedWriter(output))) {
      ExitCode code = writing.to(out);
      out.flush();
      output.finish();
      return code;
    }
  }

  @Override
  public void close() {
    opened.close();
  }
}
