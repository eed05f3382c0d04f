// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tailwalk.app.FxThread;
import org.tailwalk.app.Program;
import org.tailwalk.app.fault.FaultView;
import org.tailwalk.app.lesson.Lesson;
import org.tailwalk.app.lesson.LessonPage;
import org.tailwalk.app.lesson.LessonShelf;
import org.tailwalk.app.lesson.LessonView;
import org.tailwalk.app.session.Openings;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.transport.Position;
import org.tailwalk.replay.PacketReplay;

/**
 * Every page of every lesson in the window, by keys, in each of its languages: a process of its own
 * for each, since a language is chosen before the first text.
 */
@Tag("window")
@Tag("full")
final class LessonsPlayedTest {
  private static final Path SHELF = Path.of("../samples/lessons");
  private static final int PATIENCE_MINUTES = 15;

  @TempDir Path folder;

  /** Plays all lessons; writes down every text that was seen. */
  static final class Learner {
    private final WindowHarness window;
    private final Texts texts = Texts.of(LessonView.class);
    private final String fault = Texts.of(FaultView.class).get("title");
    private final Set<String> said = new TreeSet<>();

    private Learner(WindowHarness window) {
      this.window = window;
    }

    public static void main(String[] args) throws Exception {
      Locale.setDefault(Locale.of(args[0]));
      System.setProperty("tailwalk.home", "..");
      WindowHarness window =
          WindowHarness.open(Setups.services(Openings::forWindow, Setups.modelAlone()));
      window.ui(() -> window.model().transport().speedProperty().set(16));
      Learner learner = new Learner(window);
      int played = 0;
      for (Lesson lesson : LessonShelf.read(SHELF).lessons()) {
        learner.play(lesson);
        played++;
      }
      List<String> lines = new ArrayList<>(List.of(Integer.toString(played)));
      learner.said.forEach(text -> lines.add(text.replace('\n', ' ')));
      Files.write(Path.of(args[1]), lines, StandardCharsets.UTF_8);
      System.exit(0);
    }

    private void play(Lesson lesson) {
      window.ui(() -> window.window().lesson(lesson.file()));
      for (int i = 0; i < lesson.pages().size(); i++) {
        LessonPage page = lesson.pages().get(i);
        String about = lesson.title() + ", page " + (i + 1);
        String number = texts.get("page", i + 1, lesson.pages().size());
        window.until(about + " is open", () -> window.shows(number) && resting());
        stands(page.shot(), about);
        if (page.question() != null) {
          ask(page, about);
        }
        said.addAll(window.texts());
        assertThat(window.ask(() -> window.model().status().errorProperty().get()))
            .as(about)
            .isEmpty();
        assertThat(window.ask(() -> window.shows(fault))).as("no fault: %s", about).isFalse();
        window.press(KeyCode.ALT, KeyCode.RIGHT);
      }
    }

    private boolean resting() {
      return window.quiet() && !window.model().transport().running();
    }

    /** The window stands where a page points. */
    private void stands(LessonPage.Shot shot, String about) {
      if (shot == null) {
        return;
      }
      window.until(
          about + " points at packet " + shot.packet(),
          () -> {
            PacketReplay packet = window.model().focus().packet().orElse(null);
            Position at = window.position();
            return packet != null
                && packet.number() == shot.packet()
                && at.packet() == shot.packet()
                && at.row() == shot.step().row(packet).orElse(0);
          });
    }

    /** It is asked first, and nothing tells the answer; then it is given up, and told. */
    private void ask(LessonPage page, String about) {
      window.until(about + " asks", () -> window.shows(texts.get("answer")));
      said.addAll(window.texts());
      if (page.shot() != null) {
        assertThat(window.ask(() -> window.model().focus().veiledFromProperty().get()))
            .as("veiled: %s", about)
            .isBetween(1, page.shot().packet());
      }
      window.press(KeyCode.ALT, KeyCode.A);
      window.until(about + " answers", () -> !window.shows(texts.get("answer")) && resting());
      assertThat(window.ask(() -> window.model().focus().veiledFromProperty().get()))
          .as("unveiled: %s", about)
          .isZero();
      stands(page.play(), about + ", answered,");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ko", "zh"})
  void everyPageIsShownAskedAndAnswered(String language) throws Exception {
    FxThread.needDisplay();
    Path texts = folder.resolve("texts");
    Path log = folder.resolve("log");
    Files.createDirectories(folder.resolve("state"));
    ProcessBuilder learner =
        new ProcessBuilder(Program.java(Learner.class, language, texts.toString()));
    learner.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
    Process process = learner.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    List<String> said = Files.readAllLines(texts);
    assertThat(said.getFirst()).isEqualTo("8");
    if (!language.equals("en")) {
      Set<String> translated = LanguageTexts.words(language);
      assertThat(translated).contains("Packets");
      // Lessons are written in English, and their words may be terms of ours.
      StringBuilder lessons = new StringBuilder();
      for (Path lesson : LessonShelf.folders(SHELF)) {
        lessons.append(Files.readString(lesson.resolve("lesson.md")));
      }
      assertThat(said)
          .filteredOn(text -> translated.contains(text) && lessons.indexOf(text) < 0)
          .isEmpty();
    }
  }
}
