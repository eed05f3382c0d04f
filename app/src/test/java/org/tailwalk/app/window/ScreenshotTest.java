// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tailwalk.app.FxThread;
import org.tailwalk.app.Program;
import org.tailwalk.app.platform.StartClock;
import org.tailwalk.app.session.Openings;
import org.tailwalk.app.theme.Theme;

/** Pictures and films: each action finds what the one before began, and nothing else changes. */
@Tag("window")
final class ScreenshotTest {
  private static final String CAPTURE = "../samples/http/capture.pcap";
  private static final Path LESSON = Path.of("../samples/lessons/nobody-heard");
  private static final int PATIENCE_SECONDS = 180;

  @TempDir Path folder;

  @BeforeAll
  static void needsADisplay() {
    FxThread.needDisplay();
  }

  private Process start(String... arguments) throws IOException {
    ProcessBuilder program = new ProcessBuilder(Program.command(arguments));
    program.environment().put("XDG_STATE_HOME", folder.toString());
    program.environment().put("XDG_CONFIG_HOME", folder.toString());
    return program.redirectErrorStream(true).start();
  }

  private static List<String> below(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(f -> "" + folder.relativize(f)).toList();
    }
  }

  @Test
  void aLessonIsThereBeforeItsPageIsTurned() throws Exception {
    Path picture = folder.resolve("lesson.png");
    WindowOptions usual = WindowOptions.of(CAPTURE, null);
    WindowOptions options =
        new WindowOptions(
            CAPTURE,
            null,
            picture,
            usual.width(),
            usual.height(),
            Theme.Mode.LIGHT,
            0,
            0,
            false,
            null,
            List.of("lesson.next", "lesson.next", "present.enter"),
            LESSON,
            null);
    AppServices services = Setups.services(Openings::forWindow, Setups.modelAlone(), folder);
    assertThat(new Desktop(() -> services, StartClock.ofThisProcess()).run(options)).isEmpty();
    assertThat(picture).isNotEmptyFile();
    // The place that a learner is at is kept: two pages on from the first.
    assertThat(Files.readString(folder.resolve("lessons.properties")))
        .contains("nobody-heard.page=2");
  }

  @Test
  void aPictureLeavesWhatIsTheUsersAlone() throws Exception {
    Path progress = folder.resolve("tailwalk/lessons.properties");
    Files.createDirectories(progress.getParent());
    Files.writeString(progress, "nobody-heard.page=1\n");
    Path picture = folder.resolve("lesson.png");
    Process process =
        start(
            CAPTURE,
            "--lesson",
            LESSON.toString(),
            "--do",
            "lesson.next,lesson.next",
            "--screenshot",
            picture.toString());
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(picture).isNotEmptyFile();
    assertThat(progress).hasContent("nobody-heard.page=1");
    List<String> there = new ArrayList<>(below(folder));
    there.removeIf(file -> file.startsWith("tailwalk/tailwalk.log"));
    assertThat(there).containsExactlyInAnyOrder("lesson.png", "tailwalk/lessons.properties");
  }

  @ParameterizedTest
  @Tag("full")
  @ValueSource(strings = {"film.gif", "film"})
  void aFilmThatIsEndedMidwayLeavesNothing(String name) throws Exception {
    Path out = Files.createDirectory(folder.resolve("out"));
    Process process =
        start("animate", CAPTURE, "--packets", "1-10", "--output", out.resolve(name).toString());
    try {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (below(out).isEmpty()) {
        assertThat(System.nanoTime()).isLessThan(end);
        assertThat(process.isAlive()).isTrue();
        Thread.sleep(20);
      }
      process.toHandle().destroy();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(said).isEqualTo(143);
      assertThat(said).doesNotContain("fault of Tailwalk");
    } finally {
      process.destroyForcibly();
    }
    assertThat(below(out)).isEmpty();
  }
}
