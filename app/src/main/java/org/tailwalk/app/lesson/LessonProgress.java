// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far a learner has come in each lesson, in one small file. Used by one thread at a time.
 *
 * @param file where it is kept
 */
public record LessonProgress(Path file) {
  /**
   * In one lesson.
   *
   * @param page the one that was looked at last, from 0
   * @param furthest the furthest one
   * @param answered pages whose question was answered or given up
   * @param right those whose first answer was right
   */
  public record Mark(int page, int furthest, Set<Integer> answered, Set<Integer> right) {
    /** Nothing yet. */
    public static final Mark NONE = new Mark(0, -1, Set.of(), Set.of());

    /** Keeps its own copies. */
    public Mark {
      answered = Set.copyOf(answered);
      right = Set.copyOf(right);
    }

    /** After looking at a page. */
    Mark at(int now) {
      return new Mark(now, Math.max(furthest, now), answered, right);
    }

    /** After a page's question. */
    Mark with(int asked, boolean firstWasRight) {
      Set<Integer> more = new TreeSet<>(answered);
      Set<Integer> good = new TreeSet<>(right);
      if (more.add(asked) && firstWasRight) {
        good.add(asked);
      }
      return new Mark(page, furthest, more, good);
    }
  }

  /** What is kept; empty when there is no such file, or not one of ours. */
  public Map<String, Mark> load() throws IOException {
    Properties kept = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      kept.load(reader);
    } catch (NoSuchFileException e) {
      return Map.of();
    } catch (IllegalArgumentException e) {
      throw new IOException("read progress of lessons: " + file + ": " + e.getMessage(), e);
    }
    Map<String, Mark> marks = new HashMap<>();
    for (String key : kept.stringPropertyNames()) {
      if (key.endsWith(".page")) {
        String id = key.substring(0, key.length() - 5);
        marks.put(
            id,
            new Mark(
                number(kept.getProperty(key)),
                number(kept.getProperty(id + ".furthest", "0")),
                numbers(kept.getProperty(id + ".answered", "")),
                numbers(kept.getProperty(id + ".right", ""))));
      }
    }
    return marks;
  }

  /** Keeps it. */
  public void save(Map<String, Mark> marks) throws IOException {
    Properties kept = new Properties();
    marks.forEach((id, mark) -> {
      kept.setProperty(id + ".page", Integer.toString(mark.page()));
      kept.setProperty(id + ".furthest", Integer.toString(mark.furthest()));
      kept.setProperty(id + ".answered", text(mark.answered()));
      kept.setProperty(id + ".right", text(mark.right()));
    });
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (Writer writer = Files.newBufferedWriter(fresh)) {
      kept.store(writer, "How far the lessons were read");
    }
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String text(Set<Integer> numbers) {
    return String.join(" ", new TreeSet<>(numbers).stream().map(n -> Integer.toString(n)).toList());
  }

  private static int number(String text) {
    return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
  }

  private static Set<Integer> numbers(String text) {
    Set<Integer> found = new TreeSet<>();
    for (String each : text.strip().split("\\s+")) {
      if (each.matches("\\d{1,6}")) {
        found.add(Integer.parseInt(each));
      }
    }
    return found;
  }
}
