// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** As {@link SamplesTest}, with the loaded programs beside the model. */
@Tag("kernel")
@ExtendWith(KernelPrivilege.class)
class SamplesInBothLanesTest {
  static final String GOLDEN = "golden.txt";

  /** Samples in which the engines are meant to differ. */
  private static final Set<String> DIFFERENT = Set.of("nobody-heard", "gre");

  static List<Path> samples() {
    return SamplesTest.samples();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void bothLanesTellWhatTheirGoldenTells(Path sample) throws IOException {
    SamplesTest.Run run = SamplesTest.replay(sample, "both");
    int expected = DIFFERENT.contains(sample.getFileName().toString()) ? 2 : 0;
    assertThat(run.code()).as(run.err()).isEqualTo(expected);
    SamplesTest.compare(sample.resolve(GOLDEN), run.out());
  }
}
