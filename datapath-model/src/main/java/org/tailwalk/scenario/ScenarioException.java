// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

/**
 * A scenario can't be read. The message reads {@code FILE:LINE: PATH: what is wrong and what to
 * do}.
 */
public final class ScenarioException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final String path;

  /** At a place in a file. */
  public ScenarioException(String file, int line, String path, String message) {
    super(file + ":" + line + ": " + path + ": " + message);
    this.line = line;
    this.path = path;
  }

  /** 1-based line; 0 when it is about the whole file. */
  public int line() {
    return line;
  }

  /** Where in the document, such as {@code $.endpoints[0].ipv4}. */
  public String path() {
    return path;
  }
}
