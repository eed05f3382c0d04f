// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tailwalk.app.capture.Capture;
import org.tailwalk.app.capture.CaptureException;
import org.tailwalk.app.capture.CaptureProgress;
import org.tailwalk.app.capture.CaptureReader;
import org.tailwalk.app.platform.StartClock;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.session.OpenCapture;
import org.tailwalk.app.session.Openings;
import org.tailwalk.app.session.ReplayProgress;
import org.tailwalk.app.theme.Theme;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.replay.FrameSource;
import org.tailwalk.scenario.Era;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ScenarioJson;

/** Opens the window on a capture with the model in both lanes: for looking at it by hand. */
public final class Demo {
  private Demo() {}

  /**
   * Arguments: capture (made-up:N for one of N packets), picture, WIDTHxHEIGHT, light or dark,
   * packet, step.
   */
  public static void main(String[] args) throws Exception {
    Lanes lanes =
        new Lanes(_ -> new ModelReplayEngine(), "", "Kernel 6.18", new ModelReplayEngine());
    AppServices services = new AppServices(Demo::open, lanes, List.of(Era.SEED, Era.PR33551));
    int[] size = WindowOptions.parseSize(args[2]);
    WindowOptions options =
        new WindowOptions(
            args[0].equals("-") ? null : args[0],
            null,
            args[1].equals("-") ? null : Path.of(args[1]),
            size[0],
            size[1],
            args[3].equals("dark") ? Theme.Mode.DARK : Theme.Mode.LIGHT,
            Integer.parseInt(args[4]),
            Integer.parseInt(args[5]),
            true,
            null,
            List.of(),
            null,
            null);
    new Desktop(() -> services, StartClock.ofThisProcess())
        .run(options)
        .ifPresent(System.err::println);
    System.exit(0);
  }

  /** Opens a capture with the scenario that lies beside it. */
  static OpenCapture open(String file, String scenarioFile, ReplayProgress progress)
      throws Exception {
    if (file.startsWith("made-up:")) {
      return Synthetic.capture(Integer.parseInt(file.substring(8)));
    }
    Capture capture = Capture.open(file, CaptureProgress.NONE);
    Path beside = Path.of(file).resolveSibling("scenario.json");
    Path from =
        scenarioFile != null
            ? Path.of(scenarioFile)
            : Files.exists(beside) ? beside : Path.of("samples/http/scenario.json");
    Scenario scenario = ScenarioJson.read(from);
    return new OpenCapture(
        Path.of(file).getFileName().toString(),
        (int) capture.size(),
        () -> frames(capture),
        scenario,
        List.of(new OpenCapture.ScenarioChoice(scenario.name(), () -> ScenarioJson.read(from))),
        Openings.said(capture),
        capture::close);
  }

  private static FrameSource frames(Capture capture) {
    CaptureReader reader = capture.reader();
    long[] next = {1};
    return () -> {
      try {
        return next[0] > capture.size() ? null : reader.packet(next[0]++).frame();
      } catch (CaptureException e) {
        throw new IOException(e.getMessage(), e);
      }
    };
  }
}
