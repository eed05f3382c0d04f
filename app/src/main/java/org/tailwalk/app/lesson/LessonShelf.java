// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The lessons of a folder, in the order of its {@code order.txt} where it has one (a folder's name
 * a line), the others behind by name.
 */
public final class LessonShelf {
  /** Says in which order lessons stand. */
  public static final String ORDER = "order.txt";

  private LessonShelf() {}

  /**
   * A lesson that could not be read.
   *
   * @param message says where and why
   */
  public record Broken(Path folder, String message) {}

  /** What a folder holds. */
  public record Content(List<Lesson> lessons, List<Broken> broken, Glossary glossary) {
    /** Keeps its own copies. */
    public Content {
      lessons = List.copyOf(lessons);
      broken = List.copyOf(broken);
    }
  }

  /** The folders with a lesson, in order. */
  public static List<Path> folders(Path shelf) throws IOException {
    List<Path> found = new ArrayList<>();
    List<String> order = List.of();
    try {
      order = Files.readAllLines(shelf.resolve(ORDER)).stream().map(String::strip).toList();
    } catch (NoSuchFileException e) {
      // By name, then.
    }
    try (Stream<Path> all = Files.list(shelf)) {
      all.filter(f -> Files.isRegularFile(f.resolve(LessonReader.FILE)))
          .sorted()
          .forEach(found::add);
    }
    List<String> places = order;
    found.sort((a, b) -> {
      int x = places.indexOf(String.valueOf(a.getFileName()));
      int y = places.indexOf(String.valueOf(b.getFileName()));
      return Integer.compare(x < 0 ? Integer.MAX_VALUE : x, y < 0 ? Integer.MAX_VALUE : y);
    });
    return found;
  }

  /** Reads all in English; one that can't be read does not hide the others. */
  public static Content read(Path shelf) throws IOException {
    return read(shelf, "en");
  }

  /**
   * The same in a language where a lesson has it, else in its own.
   *
   * @param language a code such as {@code ko}
   */
  public static Content read(Path shelf, String language) throws IOException {
    return read(shelf, folders(shelf), language);
  }

  /**
   * The same of what somebody names: a lesson's folder, its file, or a folder of lessons.
   *
   * @param language of the lessons, where they have it; a file is read as it is
   * @throws IOException also when there is no lesson
   */
  public static Content open(Path named, String language) throws IOException {
    Path path = named.toAbsolutePath().normalize();
    boolean folder = Files.isDirectory(path);
    if (folder && !Files.exists(path.resolve(LessonReader.FILE))) {
      Content content = read(path, language);
      if (content.lessons().isEmpty() && content.broken().isEmpty()) {
        throw new IOException(
            "no %s in it, nor in a folder of it; docs/lessons.md tells how to write one"
                .formatted(LessonReader.FILE));
      }
      return content;
    }
    Path lesson = folder ? path : path.getParent();
    Path shelf = lesson == null ? null : lesson.getParent();
    return read(shelf == null ? path : shelf, List.of(path), language);
  }

  private static Content read(Path shelf, List<Path> folders, String language) throws IOException {
    List<Lesson> lessons = new ArrayList<>();
    List<Broken> broken = new ArrayList<>();
    for (Path folder : folders) {
      // One that is translated badly can still be read in its own language.
      Path translated = Translations.in(folder, language).orElse(null);
      if (translated != null) {
        try {
          lessons.add(LessonReader.read(translated));
          continue;
        } catch (LessonException e) {
          broken.add(new Broken(folder, String.valueOf(e.getMessage())));
        }
      }
      try {
        lessons.add(LessonReader.read(folder));
      } catch (LessonException e) {
        broken.add(new Broken(folder, String.valueOf(e.getMessage())));
      }
    }
    return new Content(lessons, broken, Glossary.read(shelf, language));
  }
}
