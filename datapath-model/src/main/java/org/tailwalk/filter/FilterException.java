// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import org.tailwalk.text.Message;

/** A text that is no filter: what is wrong, where, and what may have been meant. */
public final class FilterException extends Exception {
  private static final long serialVersionUID = 1;

  private final String text;
  private final transient Message problem;
  private final int from;
  private final int to;
  private final String suggestion;

  FilterException(String text, Span at, Message problem, String suggestion) {
    super(problem.english());
    this.problem = problem;
    this.text = text;
    this.from = Math.clamp(at.from(), 0, text.length());
    this.to = Math.clamp(at.to(), this.from, text.length());
    this.suggestion = suggestion;
  }

  /** The first character that is wrong, 0-based; the text's length when something is missing. */
  public int from() {
    return from;
  }

  /** The character behind the last that is wrong. */
  public int to() {
    return to;
  }

  /** What could stand there instead; empty when nothing suggests itself. */
  public String suggestion() {
    return suggestion;
  }

  /** What is wrong, with what may have been meant. */
  public Message told() {
    return suggestion.isEmpty() ? problem : Message.of("filter.meant", problem, suggestion);
  }

  /** The same in English, for commands. */
  public String sentence() {
    return told().english();
  }

  /** The text with the suggestion in the place of what is wrong; empty without a suggestion. */
  public String mended() {
    return suggestion.isEmpty() ? "" : text.substring(0, from) + suggestion + text.substring(to);
  }

  /** The text, and below it carets under what is wrong: two lines for a fixed-width font. */
  public String caret() {
    StringBuilder under = new StringBuilder();
    for (int i = 0; i < from; i++) {
      under.append(text.charAt(i) == '\t' ? '\t' : ' ');
    }
    return text.replace('\n', ' ') + "\n" + under + "^".repeat(Math.max(1, to - from));
  }
}
