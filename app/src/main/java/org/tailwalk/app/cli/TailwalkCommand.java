// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tailwalk} without a command. */
@Command(
    name = "tailwalk",
    description =
        "Walks the packets of a capture through Cilium's eBPF datapath: through the loaded programs"
            + " and through a model, side by side.",
    versionProvider = TailwalkCommand.Version.class,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "tailwalk test [--full] builds and runs the tests.",
      "Exit codes: 0 done, and the engines agree; 1 bad usage or input; 2 engines differ; "
          + "3 an engine asked for is not available; 4 a fault of ours; 130 interrupted."
    })
final class TailwalkCommand implements Callable<Integer> {
  private final Services services;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields before call()
  TailwalkCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return ExitCode.OK.code();
  }

  /** The version, from the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = TailwalkCommand.class.getPackage().getImplementationVersion();
      return new String[] {
        "tailwalk " + (version == null ? "(built from classes)" : version),
        "Java " + Runtime.version()
      };
    }
  }
}
