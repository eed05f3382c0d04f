// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

import java.util.List;
import java.util.OptionalInt;
import org.tailwalk.event.Step;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.EventText;
import org.tailwalk.replay.PacketReplay;

/**
 * Which step of a packet is meant: the first, the last, one by its number, or the first whose line
 * has some words in it. Words hold where numbers move: another lane beside, another build.
 */
public sealed interface StepPointer {
  /** Before anything happened: the first step. */
  record Start() implements StepPointer {}

  /** The last step. */
  record End() implements StepPointer {}

  /**
   * By number.
   *
   * @param index 1-based: the S of {@code P6.S4}
   */
  record Numbered(int index) implements StepPointer {}

  /** The first step with these words in its line, in either lane. */
  record Worded(String words) implements StepPointer {}

  /** Reads {@code start}, {@code end}, a number from 1 on, or words. */
  static StepPointer parse(String text) {
    String word = text.strip();
    if (word.equals("start") || word.isEmpty()) {
      return new Start();
    }
    if (word.equals("end")) {
      return new End();
    }
    if (word.length() < 7 && word.chars().allMatch(c -> c >= '0' && c <= '9')) {
      int number = Integer.parseInt(word);
      if (number > 0) {
        return new Numbered(number);
      }
    }
    return new Worded(word);
  }

  /** The row in a packet, from 0 on; empty when it has no such step. */
  default OptionalInt row(PacketReplay packet) {
    List<AlignedStep> rows = packet.rows();
    int size = rows.size();
    return switch (this) {
      case Start _ -> OptionalInt.of(0);
      case End _ -> OptionalInt.of(Math.max(0, size - 1));
      case Numbered(int index) -> index <= size ? OptionalInt.of(index - 1) : OptionalInt.empty();
      case Worded(String words) -> {
        for (int i = 0; i < size; i++) {
          if (says(rows.get(i).kernel(), words) || says(rows.get(i).model(), words)) {
            yield OptionalInt.of(i);
          }
        }
        yield OptionalInt.empty();
      }
    };
  }

  private static boolean says(@org.jspecify.annotations.Nullable Step step, String words) {
    return step != null && plain(EventText.line(step.event())).contains(plain(words));
  }

  /** Arrows may be written with signs that every keyboard has. */
  static String plain(String text) {
    return text.replace("→", "->").replace("←", "<-");
  }

  /** As an author writes it. */
  default String text() {
    return switch (this) {
      case Start _ -> "start";
      case End _ -> "end";
      case Numbered(int index) -> Integer.toString(index);
      case Worded(String words) -> words;
    };
  }
}
