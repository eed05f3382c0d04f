// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tailwalk.app.cli.CommandLineInterface;
import org.tailwalk.app.cli.Services;
import org.tailwalk.app.platform.HostChecks;
import org.tailwalk.app.platform.Machine;

/** {@code tailwalk lesson check}, with the loaded programs beside the model. */
@Tag("kernel")
@ExtendWith(KernelPrivilege.class)
class LessonsInBothLanesTest {
  @Test
  void everyShippedLessonHoldsInBothLanes() {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Services services =
        new Services(
            new InstalledEngines(),
            _ -> Optional.of("a check opens no window"),
            false,
            new HostChecks(Machine.local(), Set::of, Optional::empty, () -> "not tried"));
    int code =
        new CommandLineInterface(services, new PrintWriter(out), new PrintWriter(err))
            .run("lesson", "check", "../samples/lessons", "--engine", "both");
    assertThat(out + "" + err).contains("nobody-heard: ").doesNotContain("(model)");
    assertThat(code).as(out + "" + err).isZero();
  }
}
