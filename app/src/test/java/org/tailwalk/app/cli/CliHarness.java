// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.Set;
import org.tailwalk.app.platform.HostChecks;
import org.tailwalk.app.platform.Machine;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.scenario.DatapathSpec;

/** The command line in this process. */
final class CliHarness {
  private final ReplayEngine kernel;
  private final ReplayEngine model;
  private final boolean display;

  CliHarness(ScriptedEngine.Mood kernel, ScriptedEngine.Mood model) {
    this(kernel, model, false);
  }

  CliHarness(ScriptedEngine.Mood kernel, ScriptedEngine.Mood model, boolean display) {
    this(new ScriptedEngine("kernel", kernel), new ScriptedEngine("model", model), display);
  }

  private CliHarness(ReplayEngine kernel, ReplayEngine model, boolean display) {
    this.kernel = kernel;
    this.model = model;
    this.display = display;
  }

  /** With the real model, and no kernel engine. */
  static CliHarness ofTheModel() {
    return new CliHarness(
        new ScriptedEngine("kernel", ScriptedEngine.Mood.UNAVAILABLE),
        new ModelReplayEngine(),
        false);
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

  picocli.CommandLine commands() {
    return new CommandLineInterface(
            services(), new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()))
        .commands();
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
        request -> {
          throw new IllegalArgumentException("opened " + request);
        },
        display,
        new HostChecks(Machine.local(), Set::of, Optional::empty, () -> "not tried"));
  }
}
