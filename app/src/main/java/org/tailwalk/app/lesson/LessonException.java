// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

/** A lesson can't be read. The message names file, line, cause and what to do. */
public final class LessonException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;

  /**
   * About a line.
   *
   * @param line 1-based; 0 when the whole file is meant
   */
  public LessonException(String file, int line, String cause) {
    super("read lesson: " + file + (line == 0 ? "" : ":" + line) + ": " + cause);
    this.line = line;
  }

  /** The line, from 1; 0 for the whole file. */
  public int line() {
    return line;
  }
}
