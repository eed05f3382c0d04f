// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.tailwalk.app.platform.Check;
import org.tailwalk.app.platform.HostChecks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tailwalk doctor}. */
@Command(
    name = "doctor",
    description = "Tells what this machine can do, what is missing and what mends it.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private final HostChecks checks;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields before call()
  DoctorCommand(HostChecks checks) {
    this.checks = checks;
  }

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    List<Check> all = checks.all();
    for (Check check : all) {
      out.printf("%-8s %-17s %s%n", word(check.status()), check.subject(), check.finding());
      if (!check.mend().isEmpty()) {
        out.printf("%-8s %-17s mend: %s%n", "", "", check.mend());
      }
    }
    out.flush();
    return ExitCode.OK.code();
  }

  private static String word(Check.Status status) {
    return switch (status) {
      case OK -> "ok";
      case MISSING -> "missing";
      case INFO -> "info";
    };
  }
}
