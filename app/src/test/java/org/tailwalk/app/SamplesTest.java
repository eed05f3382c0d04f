// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tailwalk.app.cli.CommandLineInterface;
import org.tailwalk.app.cli.Services;
import org.tailwalk.app.platform.HostChecks;
import org.tailwalk.app.platform.Machine;

/**
 * Replays every sample through the command line and compares what it prints with the sample's
 * golden files; {@code -Dtailwalk.updateGoldens=true} writes them instead.
 */
class SamplesTest {
  private static final Path SAMPLES = Path.of("..", "samples");

  /** What the model alone prints: compared everywhere. */
  private static final String MODEL = "golden-model.txt";

  static List<Path> samples() {
    try (Stream<Path> all = Files.list(SAMPLES)) {
      return all.filter(d -> Files.exists(d.resolve("capture.pcap"))).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void thereAreSamplesAndTheListNamesThem() throws IOException {
    assertThat(samples()).hasSizeGreaterThanOrEqualTo(12);
    String list = Files.readString(SAMPLES.resolve("README.md"));
    for (Path sample : samples()) {
      assertThat(list).contains("[" + sample.getFileName() + "](" + sample.getFileName() + ")");
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void isWhole(Path sample) throws IOException {
    assertThat(sample.resolve("README.md")).isNotEmptyFile();
    assertThat(sample.resolve("scenario.json")).isNotEmptyFile();
    assertThat(Files.size(sample.resolve("capture.pcap"))).isLessThan(64 << 10);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theModelTellsWhatItsGoldenTells(Path sample) throws IOException {
    Run run = replay(sample, "model");
    assertThat(run.code()).as(run.err()).isZero();
    compare(sample.resolve(MODEL), run.out());
  }

  static void compare(Path golden, String printed) throws IOException {
    if (Boolean.getBoolean("tailwalk.updateGoldens")) {
      Files.writeString(golden, printed);
      return;
    }
    assertThat(golden).as("made by -Dtailwalk.updateGoldens=true").exists();
    assertThat(comparable(printed)).isEqualTo(comparable(Files.readString(golden)));
  }

  /**
   * Without what may change while the replay stays the same: source lines, the kernel's version.
   */
  static String comparable(String text) {
    return text.replaceAll("(file \\d+):\\d+", "$1:LINE")
        .replaceAll("(?m)^(lanes: kernel) [^,]+", "$1");
  }

  record Run(int code, String out, String err) {}

  static Run replay(Path sample, String engine) {
    return replayFile(sample.resolve("capture.pcap"), engine);
  }

  static Run replayFile(Path capture, String engine) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Services services =
        new Services(
            new InstalledEngines(),
            _ -> Optional.of("a sample opens no window"),
            false,
            new HostChecks(Machine.local(), Set::of, Optional::empty, () -> "not tried"));
    int code =
        new CommandLineInterface(services, new PrintWriter(out), new PrintWriter(err))
            .run("replay", capture.toString(), "--engine", engine);
    return new Run(code, out.toString(), err.toString());
  }
}
