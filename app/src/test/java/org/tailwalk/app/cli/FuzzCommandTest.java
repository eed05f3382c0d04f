// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tailwalk.app.cli.ScriptedEngine.Mood.BROKEN;
import static org.tailwalk.app.cli.ScriptedEngine.Mood.NOTIFIES;
import static org.tailwalk.app.cli.ScriptedEngine.Mood.SILENT;
import static org.tailwalk.app.cli.ScriptedEngine.Mood.UNAVAILABLE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tailwalk.app.cli.CliHarness.Result;

/**
 * The command with engines that agree or differ as they are told; the real ones: campaign tests.
 */
final class FuzzCommandTest {
  @TempDir Path folder;

  private List<Path> cases(Path output) throws IOException {
    try (Stream<Path> all = Files.list(output)) {
      return all.sorted().toList();
    }
  }

  @Test
  void agreementIsZeroAndLeavesNothing() {
    Path output = folder.resolve("none");
    Result result =
        new CliHarness(NOTIFIES, NOTIFIES)
            .run("fuzz", "--packets", 500, "--seed", 7, "--datapath", "bundled:seed", "-o", output);
    assertThat(result.err()).contains("seed 7").contains("packets in bundled:seed");
    assertThat(result.out()).containsPattern("^5\\d\\d packets in \\d+ cases, 1 builds: 0 differ");
    assertThat(result.code()).isZero();
    assertThat(output).doesNotExist();
  }

  @Test
  void differenceIsMadeSmallSavedAndReplayed() throws IOException {
    CliHarness harness = new CliHarness(SILENT, NOTIFIES);
    Result result =
        harness.run(
            "fuzz", "--packets", 5000, "--seed", 7, "--datapath", "bundled:seed", "-o", folder);
    assertThat(result.code()).isEqualTo(2);
    Path saved = cases(folder).getFirst();
    assertThat(result.out()).contains(saved + ": ");
    assertThat(saved)
        .isDirectoryContaining("glob:**/capture.pcap")
        .isDirectoryContaining("glob:**/scenario.json")
        .isDirectoryContaining("glob:**/finding.txt");
    Result again =
        harness.run(
            "replay", saved.resolve("capture.pcap"), "--format", "json", "--engine", "both");
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.out().lines()).hasSize(2); // one packet and the summary
  }

  @Test
  void theSameSeedRunsTheSame() {
    CliHarness harness = new CliHarness(NOTIFIES, NOTIFIES);
    Object[] arguments = {"fuzz", "--packets", 300, "--seed", 3, "-o", folder.resolve("none")};
    assertThat(harness.run(arguments)).isEqualTo(harness.run(arguments));
  }

  @Test
  void aFewSecondsAreAFewSeconds() {
    Result result =
        new CliHarness(NOTIFIES, NOTIFIES)
            .run("fuzz", "--minutes", 0.01, "--datapath", "bundled:seed", "-o", folder);
    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("0 differ");
  }

  @Test
  void noKernelIsThreeAndAFaultIsFour() {
    assertThat(new CliHarness(UNAVAILABLE, NOTIFIES).run("fuzz", "--packets", 10).code())
        .isEqualTo(3);
    assertThat(new CliHarness(BROKEN, NOTIFIES).run("fuzz", "--packets", 10).code()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--packets 0",
        "--packets x",
        "--minutes 0",
        "--minutes -1",
        "--datapath bundled:nosuch",
        "--datapath nosuch.o",
        "--scenario nosuch.json",
        "--output pom.xml"
      })
  void badInputIsOne(String arguments) {
    Object[] words = ("fuzz " + arguments).split(" ");
    Result result = new CliHarness(NOTIFIES, NOTIFIES).run(words);
    assertThat(result.code()).as(result.err()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).isNotBlank();
  }
}
