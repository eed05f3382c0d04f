// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.platform.WholeFile;

/** How far a learner has come in each lesson, in one small file. */
public final class LessonProgress {
  private final @Nullable Path file;
  private volatile Map<String, Mark> newest = Map.of();

  private LessonProgress(@Nullable Path file) {
    this.file = file;
  }

  /** Kept in a file. */
  public static LessonProgress in(Path file) {
    return new LessonProgress(file);
  }

  /** Kept nowhere: for pictures. */
  public static LessonProgress none() {
    return new LessonProgress(null);
  }

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
    Path from = file;
    if (from == null) {
      return Map.of();
    }
    Properties kept = new Properties();
    try (Reader reader = Files.newBufferedReader(from)) {
      kept.load(reader);
    } catch (NoSuchFileException e) {
      return Map.of();
    } catch (IllegalArgumentException e) {
      throw new IOException("read progress of lessons: " + from + ": " + e.getMessage(), e);
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

  /** What is to be kept from now on; {@link #save} writes it. */
  public void set(Map<String, Mark> marks) {
    newest = Map.copyOf(marks);
  }

  /**
   * Writes the newest of what was set. Two threads may: whichever comes last, what stands there is
   * the newest.
   */
  public synchronized void save() throws IOException {
    Path to = file;
    if (to == null) {
      return;
    }
    Properties kept = new Properties();
    newest.forEach((id, mark) -> {
      kept.setProperty(id + ".page", Integer.toString(mark.page()));
      kept.setProperty(id + ".furthest", Integer.toString(mark.furthest()));
      kept.setProperty(id + ".answered", text(mark.answered()));
      kept.setProperty(id + ".right", text(mark.right()));
    });
    Path folder = to.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    try (WholeFile whole = WholeFile.create(to)) {
      kept.store(whole.out(), "How far the lessons were read");
      whole.finish();
    }
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
