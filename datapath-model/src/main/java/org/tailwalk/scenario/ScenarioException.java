// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import org.tailwalk.text.Message;
import org.tailwalk.text.Told;

/**
 * A scenario can't be read. The message reads {@code FILE:LINE: PATH: what is wrong and what to
 * do}.
 */
public final class ScenarioException extends Exception implements Told {
  private static final long serialVersionUID = 1L;

  private final transient Message told;
  private final int line;
  private final String path;

  /** At a place in a file. */
  public ScenarioException(String file, int line, String path, String message) {
    this(file, line, path, Message.plain(message));
  }

  /** At a place in a file, in the reader's language. */
  public ScenarioException(String file, int line, String path, Message what) {
    this(Message.plain(file, ":", line, ": ", path, ": ", what), line, path);
  }

  private ScenarioException(Message told, int line, String path) {
    super(told.english());
    this.told = told;
    this.line = line;
    this.path = path;
  }

  @Override
  public Message told() {
    return told;
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
