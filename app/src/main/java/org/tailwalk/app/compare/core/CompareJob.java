// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.compare.core;

import java.nio.file.Path;
import java.util.Objects;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.session.OpenCapture;
import org.tailwalk.app.session.ReplayProgress;
import org.tailwalk.scenario.Scenario;

/** Opens what a request names, replays and aligns it. */
public final class CompareJob {
  private final CaptureSource captures;
  private final Lanes lanes;

  /** With what opens captures and what they run in. */
  public CompareJob(CaptureSource captures, Lanes lanes) {
    this.captures = captures;
    this.lanes = lanes;
  }

  /**
   * Does it.
   *
   * @throws Exception with a message for people; {@link java.util.concurrent.CancellationException}
   *     when {@code progress} said so
   */
  public ComparedPair run(CompareRequest request, ReplayProgress progress) throws Exception {
    ReplayProgress opening = (_, _) -> progress.at(0, 0);
    OpenCapture a = captures.open(request.a().file(), request.a().scenarioFile(), opening);
    boolean done = false;
    OpenCapture other = null;
    try {
      boolean shared =
          request.oneCapture()
              && Objects.equals(request.a().scenarioFile(), request.b().scenarioFile());
      OpenCapture b =
          shared ? a : captures.open(request.b().file(), request.b().scenarioFile(), opening);
      other = shared ? null : b;
      Scenario left = request.changed(request.a().apply(a.scenario()));
      Scenario found = b.scenario();
      Scenario known =
          request.b().scenarioFile() == null ? CompareRequest.forB(left, found) : found;
      Scenario right = request.changed(request.b().apply(known));
      ComparedPair pair =
          ComparedPair.run(
              new ComparedPair.Source(name(request, request.a(), a, left), a, left, lanes),
              new ComparedPair.Source(name(request, request.b(), b, right), b, right, lanes),
              request.align() == null && request.oneCapture()
                  ? org.tailwalk.compare.AlignBy.NUMBER
                  : request.align(),
              progress,
              () -> {
                a.close().run();
                if (!shared) {
                  b.close().run();
                }
              });
      done = true;
      return pair;
    } finally {
      if (!done) {
        a.close().run();
        if (other != null) {
          other.close().run();
        }
      }
    }
  }

  /** The file's name; with its folder, or what it runs on, where the name tells nothing. */
  private static String name(
      CompareRequest request, CompareRequest.Side side, OpenCapture capture, Scenario scenario) {
    if (request.oneCapture()) {
      boolean datapaths = request.a().scenarioFile() == null && request.b().scenarioFile() == null;
      return capture.name()
          + (datapaths || request.b().datapath() != null
              ? " on " + scenario.datapath()
              : ", \"" + scenario.name() + "\"");
    }
    Path a = Path.of(request.a().file());
    Path b = Path.of(request.b().file());
    Path folder = Path.of(side.file()).toAbsolutePath().getParent();
    boolean same = Objects.equals(a.getFileName(), b.getFileName());
    return same && folder != null && folder.getFileName() != null
        ? folder.getFileName() + "/" + capture.name()
        : capture.name();
  }
}
