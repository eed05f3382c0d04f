// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.lesson.LessonPage.LinkedShot;
import org.tailwalk.app.lesson.LessonPage.Shot;

/**
 * A lesson in other languages: {@code lesson.ko.md} beside {@code lesson.md} is the same lesson
 * with other words. Whole files, so that each can be read and checked by itself; what must not
 * differ (scenes, pointers, questions' answers, checks) is held against the original.
 */
public final class Translations {
  private static final String NAME = "lesson\\.[a-z]{2,3}\\.md";

  private Translations() {}

  /** The file of a lesson's folder in a language; empty where the lesson lacks it. */
  static Optional<Path> in(Path folder, String language) {
    return Optional.of(folder.resolve("lesson." + language + ".md")).filter(Files::isRegularFile);
  }

  /** All translations of a folder, by their names. */
  public static List<Path> of(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.getFileName().toString().matches(NAME)).sorted().toList();
    }
  }

  /** The language that a file's name says; empty for an original. */
  public static String language(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.matches(NAME) ? name.substring(7, name.length() - 3) : "";
  }

  /** Where a translation shows, asks or checks something else than its original. */
  public static List<LessonChecker.Problem> strays(Lesson original, Lesson translation) {
    List<LessonChecker.Problem> found = new ArrayList<>();
    int pages = Math.min(original.pages().size(), translation.pages().size());
    if (original.pages().size() != translation.pages().size()) {
      found.add(
          new LessonChecker.Problem(
              1,
              "has %d pages, the original %d"
                  .formatted(translation.pages().size(), original.pages().size())));
    }
    for (int i = 0; i < pages; i++) {
      LessonPage page = translation.pages().get(i);
      compare(
          original.pages().get(i),
          page,
          (line, what) ->
              found.add(
                  new LessonChecker.Problem(
                      line == 0 ? page.line() : line,
                      "the page \"%s\" %s otherwise than the original"
                          .formatted(page.title(), what))));
    }
    return found;
  }

  private static void compare(LessonPage one, LessonPage other, BiConsumer<Integer, String> stray) {
    if (!one.scene().equals(other.scene())) {
      stray.accept(line(other.shot()), "has its scene");
    }
    if (!place(one.shot()).equals(place(other.shot()))) {
      stray.accept(line(other.shot()), "shows");
    }
    if (!place(one.play()).equals(place(other.play()))) {
      stray.accept(line(other.play()), "plays");
    }
    if (!asked(one.question()).equals(asked(other.question()))) {
      stray.accept(0, "asks or answers");
    }
    if (!one.checks().stream()
        .map(Check::text)
        .toList()
        .equals(other.checks().stream().map(Check::text).toList())) {
      stray.accept(other.checks().isEmpty() ? 0 : other.checks().getFirst().line(), "checks");
    }
    if (!links(one).equals(links(other))) {
      stray.accept(0, "links to packets");
    }
  }

  private static int line(@Nullable Shot shot) {
    return shot == null ? 0 : shot.line();
  }

  private static List<Object> place(@Nullable Shot shot) {
    return shot == null ? List.of() : List.of(shot.packet(), shot.step());
  }

  private static List<List<Object>> links(LessonPage page) {
    return page.links().stream().map(LinkedShot::shot).map(Translations::place).toList();
  }

  /** What a question asks without its words: its kind, its right answer, its proof. */
  private static List<Object> asked(@Nullable Question question) {
    if (question == null) {
      return List.of();
    }
    Check check = question.proof().check();
    Question.Path path = question.proof().path();
    String proof =
        check != null
            ? check.text()
            : path == null ? "" : path.lane() + " " + path.packet() + " " + path.path();
    return switch (question) {
      case Question.Choice choice ->
          List.of("choice", choice.options().size(), choice.right(), proof);
      case Question.Numeric number -> List.of("number", number.accepted(), proof);
      // Words are answered in the reader's language; the proof says whether they are right.
      case Question.Words _ -> List.of("words", proof);
    };
  }
}
