// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

import java.nio.file.Path;
import java.util.List;

/**
 * A lesson as its file tells it.
 *
 * @param id the folder's name
 * @param file its {@code lesson.md}
 * @param minutes how long it takes
 * @param learn what one knows afterwards, a line each
 * @param pages at least one
 */
public record Lesson(
    String id, Path file, String title, int minutes, List<String> learn, List<LessonPage> pages) {
  /** Keeps its own copies. */
  public Lesson {
    learn = List.copyOf(learn);
    pages = List.copyOf(pages);
  }

  /** How many questions it asks. */
  public int questions() {
    return (int) pages.stream().filter(p -> p.question() != null).count();
  }
}
