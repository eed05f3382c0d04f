// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.text.Language;
import org.tailwalk.datapath.ModelReplayEngine;

/** Every shipped lesson, held against the model; in the kernel lane in ShippedLessonsKernelTest. */
class ShippedLessonsTest {
  private static final List<String> LANGUAGES =
      Language.CODES.stream().filter(code -> !code.equals("en")).toList();

  static final Path SHELF = Path.of("..", "samples", "lessons");

  static List<Path> lessons() {
    try {
      return LessonShelf.folders(SHELF);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void thereAreEightOrMoreAndTheOrderNamesThemAll() throws IOException {
    List<String> names = lessons().stream().map(f -> f.getFileName().toString()).toList();
    assertThat(names).hasSizeGreaterThanOrEqualTo(8);
    assertThat(Files.readAllLines(SHELF.resolve(LessonShelf.ORDER)))
        .containsExactlyElementsOf(names);
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void everyLessonAsksBeforeItShowsAndSaysWhatToRemember(Path folder) throws Exception {
    Lesson lesson = LessonReader.read(folder);
    assertThat(lesson.questions()).isGreaterThanOrEqualTo(3);
    assertThat(lesson.learn()).isNotEmpty();
    assertThat(Files.readString(lesson.file())).contains("**Remember:**");
    for (LessonPage page : lesson.pages()) {
      if (page.question() != null) {
        assertThat(page.play()).as(page.title() + " plays after the answer").isNotNull();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void whatALessonSaysHoldsInTheModel(Path folder) throws Exception {
    LessonChecker.Result result = check(folder, Lanes.modelAlone("", new ModelReplayEngine()));
    assertThat(result.problems()).isEmpty();
    assertThat(result.held()).isGreaterThan(20);
  }

  @Test
  void whatDoesNotHoldIsSaidWithItsLine() throws Exception {
    String text = Files.readString(SHELF.resolve("expired/lesson.md"));
    List<String> lines = new ArrayList<>(text.lines().toList());
    int line = lines.indexOf("packet 4 entry.left == 60") + 1;
    lines.set(line - 1, "packet 4 entry.left == 61");
    lines.set(lines.indexOf("= 60"), "= 70");
    Lesson lesson = LessonReader.read(SHELF.resolve("expired/lesson.md"), String.join("\n", lines));
    LessonChecker.Result result =
        new LessonChecker(Lanes.modelAlone("", new ModelReplayEngine()), true, Glossary.read(SHELF))
            .check(lesson);
    assertThat(result.problems()).extracting(LessonChecker.Problem::line).contains(line);
    assertThat(result.problems())
        .extracting(LessonChecker.Problem::text)
        .containsExactly(
            "the answer \"70\" is not what the replay says: 60 in the model lane",
            "does not hold: packet 4 entry.left == 61: is 60 in the model lane");
  }

  @Test
  void aTargetWithBlanksThatIsNoLinkIsTold(@TempDir Path folder) throws Exception {
    Files.copy(Path.of("../samples/http/capture.pcap"), folder.resolve("c.pcap"));
    Files.writeString(
        folder.resolve("lesson.md"),
        """
        ---
        title: Links
        capture: c.pcap
        minutes: 1
        learn:
        - x
        ---
        A [tail call](<term:tail call>), and [another](term:tail call).
        """);
    assertThat(check(folder, Lanes.modelAlone("", new ModelReplayEngine())).problems())
        .singleElement()
        .satisfies(
            p -> assertThat(p.text()).startsWith("is no link: \"").contains("(<term:tail call>)"));
  }

  static List<Path> translations() throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path folder : lessons()) {
      found.addAll(Translations.of(folder));
    }
    return found;
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void everyLessonIsThereInEveryLanguageOfTheWindow(Path folder) {
    for (String language : LANGUAGES) {
      assertThat(Translations.in(folder, language)).as(folder + ", " + language).isPresent();
    }
  }

  @Test
  void everyTermIsToldInEveryLanguageOfTheWindow() throws IOException {
    for (String language : LANGUAGES) {
      assertThat(terms("terms." + language + ".md")).isEqualTo(terms(Glossary.FILE));
    }
  }

  private static List<String> terms(String file) throws IOException {
    return Files.readAllLines(SHELF.resolve(file)).stream()
        .filter(line -> line.startsWith("## "))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("translations")
  void aTranslationIsTheSameLessonAndHoldsInTheModel(Path file) throws Exception {
    Lesson original = LessonReader.read(Path.of(String.valueOf(file.getParent())));
    Lesson translated = LessonReader.read(file);
    assertThat(Translations.strays(original, translated)).isEmpty();
    assertThat(translated.id()).isEqualTo(original.id());
    assertThat(translated.title().codePoints()).anyMatch(c -> c >= 0x2E80);
    for (LessonPage page : translated.pages()) {
      assertThat(page.title().codePoints()).as(page.title()).anyMatch(c -> c >= 0x2E80);
    }
    assertThat(check(file, Lanes.modelAlone("", new ModelReplayEngine())).problems()).isEmpty();
  }

  @Test
  void lessonsSpeakKoreanAndChineseAndOtherLanguagesFallBack() throws Exception {
    for (String language : LANGUAGES) {
      LessonShelf.Content content = LessonShelf.read(SHELF, language);
      assertThat(content.broken()).isEmpty();
      assertThat(content.lessons()).hasSameSizeAs(LessonShelf.read(SHELF).lessons());
      assertThat(content.lessons())
          .extracting(lesson -> lesson.file().getFileName())
          .containsOnly(Path.of("lesson." + language + ".md"));
    }
    assertThat(LessonShelf.read(SHELF, "tlh").lessons().getFirst().file())
        .hasFileName(LessonReader.FILE);
  }

  @Test
  void aTranslationThatStraysIsTold() throws Exception {
    Path folder = SHELF.resolve("nobody-heard");
    Path file = folder.resolve("lesson.ko.md");
    Lesson original = LessonReader.read(folder);
    String text = Files.readString(file);
    assertThat(
            Translations.strays(
                original, LessonReader.read(file, text.replaceFirst("= 133", "= 134"))))
        .singleElement()
        .satisfies(p -> assertThat(p.text()).contains("asks or answers otherwise"));
    assertThat(
            Translations.strays(
                original, LessonReader.read(file, text.replaceFirst("packet: 8\n", "packet: 7\n"))))
        .extracting(LessonChecker.Problem::text)
        .anyMatch(t -> t.contains("shows otherwise"));
  }

  static LessonChecker.Result check(Path folder, Lanes lanes) throws Exception {
    return new LessonChecker(lanes, false, Glossary.read(SHELF)).check(LessonReader.read(folder));
  }
}
