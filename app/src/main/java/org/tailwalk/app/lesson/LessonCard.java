// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

/**
 * A lesson as the list of lessons shows it.
 *
 * @param read how many of its pages were looked at
 * @param answered how many of its questions were answered or given up
 * @param right how many at the first try
 */
public record LessonCard(Lesson lesson, int read, int answered, int right) {
  /** Whether all pages were looked at and all questions answered. */
  public boolean done() {
    return read >= lesson.pages().size() && answered >= lesson.questions();
  }

  /** From 0 to 1. */
  public double share() {
    return (double) read / lesson.pages().size();
  }
}
