// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.Program;

/** Pictures by the real program: each action finds what the one before began. */
@Tag("window")
final class ScreenshotTest {
  private static final int PATIENCE_SECONDS = 180;

  @TempDir Path folder;

  @Test
  void aLessonIsThereBeforeItsPageIsTurned() throws Exception {
    Setups.needDisplay();
    Path picture = folder.resolve("lesson.png");
    ProcessBuilder program =
        new ProcessBuilder(
            Program.command(
                "../samples/http/capture.pcap",
                "--lesson",
                "../samples/lessons/nobody-heard",
                "--do",
                "lesson.next,lesson.next,present.enter",
                "--screenshot",
                picture.toString()));
    program.environment().put("XDG_STATE_HOME", folder.toString());
    program.environment().put("XDG_CONFIG_HOME", folder.toString());
    Process process = program.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(picture).isNotEmptyFile();
    // The place that a learner is at is kept: two pages on from the first.
    assertThat(Files.readString(folder.resolve("tailwalk/lessons.properties")))
        .contains("nobody-heard.page=2");
  }
}
