// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.why;

import java.util.ArrayList;
import java.util.List;
import org.tailwalk.text.Message;

/**
 * Why a packet ended as it did.
 *
 * @param lines at most ten
 * @param chain from the outcome back to who wrote the entry it hung on
 */
public record Explanation(List<Line> lines, List<Cause> chain) {
  /** The most lines there are. */
  public static final int MOST = 10;

  /**
   * A line.
   *
   * @param label what it tells, a word: {@code verdict}, {@code nearest}, {@code next}, …
   */
  public record Line(String label, Message message) {
    /** The line in English. */
    public String text() {
      return message.english();
    }

    /** What the line tells of, in a word or two. */
    public Message title() {
      return Message.of("why.line." + label.replace(' ', '-'));
    }

    @Override
    public String toString() {
      return "%-9s %s".formatted(label, text());
    }
  }

  /** Keeps its own copies. */
  public Explanation {
    lines = List.copyOf(lines);
    chain = List.copyOf(chain);
    if (lines.size() > MOST) {
      throw new IllegalArgumentException("more than " + MOST + " lines: " + lines);
    }
  }

  /** The text of a label's line in English; empty when there is none. */
  public String text(String label) {
    return message(label).english();
  }

  /** The message of a label's line; an empty one when there is none. */
  public Message message(String label) {
    return lines.stream()
        .filter(l -> l.label().equals(label))
        .findFirst()
        .map(Line::message)
        .orElse(Message.plain());
  }

  /** Collects lines and causes. */
  static final class Builder {
    private final List<Line> lines = new ArrayList<>();
    private final List<Cause> chain = new ArrayList<>();

    /** Adds a line unless its text is empty. */
    Builder line(String label, Message message) {
      if (!message.english().isEmpty()) {
        lines.add(new Line(label, message));
      }
      return this;
    }

    Builder cause(Cause cause) {
      chain.add(cause);
      return this;
    }

    /** Ten lines; what stands right above the last one gives way first. */
    Explanation done() {
      while (lines.size() > MOST) {
        lines.remove(lines.size() - 2);
      }
      return new Explanation(lines, chain);
    }
  }
}
