// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ExitCodeTest {
  @Test
  void badInputBeforeUnavailableBeforeFaultBeforeDifference() {
    ExitCode worst =
        Stream.of(ExitCode.OK, ExitCode.DIFFERENT, ExitCode.FAULT, ExitCode.UNAVAILABLE)
            .reduce(ExitCode.OK, ExitCode::and);
    assertThat(worst).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(worst.and(ExitCode.BAD_INPUT).code()).isEqualTo(1);
    assertThat(ExitCode.DIFFERENT.and(ExitCode.FAULT).code()).isEqualTo(4);
    assertThat(ExitCode.OK.and(ExitCode.DIFFERENT).code()).isEqualTo(2);
  }
}
