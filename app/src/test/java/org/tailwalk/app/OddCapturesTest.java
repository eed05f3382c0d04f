// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Captures that other programs stumbled over, in both lanes: each is replayed without a crash and
 * without a divergence, or refused in words. {@code -Dtailwalk.captures=FOLDER} takes another
 * folder.
 */
@Tag("kernel")
@ExtendWith(KernelPrivilege.class)
class OddCapturesTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("tailwalk.captures", "../samples/odd"));

  static List<Path> captures() {
    try (Stream<Path> all = Files.list(FOLDER)) {
      return all.filter(f -> f.getFileName().toString().contains(".pcap")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void thereAreSixtyOfThem() {
    assertThat(captures()).hasSizeGreaterThanOrEqualTo(60);
  }

  static List<Path> some() {
    List<Path> all = captures();
    return IntStream.range(0, all.size()).filter(i -> i % 5 == 0).mapToObj(all::get).toList();
  }

  @ParameterizedTest
  @MethodSource("some")
  void theEnginesAgreeOnWhateverItHolds(Path capture) {
    inBothLanes(capture);
  }

  @Tag("full")
  @ParameterizedTest
  @MethodSource("captures")
  void theEnginesAgreeOnAllOfThem(Path capture) {
    inBothLanes(capture);
  }

  @ParameterizedTest
  @MethodSource("captures")
  void theModelTakesWhateverItHolds(Path capture) {
    SamplesTest.Run run = SamplesTest.replayFile(capture, "model");
    assertThat(run.code()).as(run.err()).isIn(0, 1);
    assertThat(run.err()).doesNotContain("Exception");
  }

  private static void inBothLanes(Path capture) {
    SamplesTest.Run run = SamplesTest.replayFile(capture, "both");
    if (run.code() == 1) {
      // A file that holds no Ethernet, or none that can be read: told with the file's name.
      assertThat(run.err()).contains(capture.getFileName().toString()).doesNotContain("Exception");
    } else {
      assertThat(run.code()).as(run.err() + last(run.out())).isZero();
    }
  }

  private static String last(String out) {
    return out.substring(Math.max(0, out.length() - 2000));
  }
}
