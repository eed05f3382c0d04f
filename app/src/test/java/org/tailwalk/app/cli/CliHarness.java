// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.tailwalk.app.platform.HostChecks;
import org.tailwalk.app.platform.Machine;
import org.tailwalk.replay.FrameSource;
import org.tailwalk.replay.ReplayEngine;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ScenarioException;
import org.tailwalk.scenario.ScenarioJson;

/** The command line in this process. */
final class CliHarness {
  private final ReplayEngine kernel;
  private final ReplayEngine model;

  CliHarness(ScriptedEngine.Mood kernel, ScriptedEngine.Mood model) {
    this.kernel = new ScriptedEngine("kernel", kernel);
    this.model = new ScriptedEngine("model", model);
  }

  record Result(int code, String out, String err) {}

  Result run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    int code =
        new CommandLineInterface(services(), new PrintWriter(out), new PrintWriter(err)).run(words);
    return new Result(code, out.toString(), err.toString());
  }

  private Services services() {
    Engines engines =
        new Engines() {
          @Override
          public ReplayEngine kernel(DatapathSpec datapath) {
            return kernel;
          }

          @Override
          public ReplayEngine model() {
            return model;
          }
        };
    return new Services(
        engines,
        new GivenOrTwoPods(),
        new HostChecks(Machine.local(), Set::of, Optional::empty, () -> "not tried"));
  }

  private static final class GivenOrTwoPods implements Scenarios {
    @Override
    public Scenario read(Path file) throws java.io.IOException, ScenarioException {
      return ScenarioJson.read(file);
    }

    @Override
    public Scenario infer(String capture, FrameSource frames) {
      try {
        return ScenarioJson.parse(
            "inferred",
            org.tailwalk.scenario.Scenarios.TWO_PODS.replace(
                "\"name\": \"two pods\"", "\"inferred\": true"));
      } catch (ScenarioException e) {
        throw new AssertionError(e);
      }
    }
  }
}
