// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

import java.lang.Character.UnicodeBlock;
import java.lang.Character.UnicodeScript;

/**
 * What a line's end within a paragraph becomes: a blank, but nothing where Chinese goes on, which
 * sets no blanks between its characters. Korean has blanks between words and keeps them.
 */
final class SoftBreak {
  private SoftBreak() {}

  /** The lines' text as one. */
  static String join(CharSequence before, String after) {
    return before + between(before, after) + after;
  }

  /** What stands between the end of one line and the beginning of the next. */
  static String between(CharSequence before, CharSequence after) {
    if (before.isEmpty() || after.isEmpty()) {
      return "";
    }
    int last = Character.codePointBefore(before, before.length());
    int next = Character.codePointAt(after, 0);
    return wide(last) || wide(next) || (han(last) && han(next)) ? "" : " ";
  }

  private static boolean han(int c) {
    return UnicodeScript.of(c) == UnicodeScript.HAN;
  }

  /** Punctuation that brings its own room. */
  private static boolean wide(int c) {
    UnicodeBlock block = UnicodeBlock.of(c);
    return block == UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION
        || block == UnicodeBlock.HALFWIDTH_AND_FULLWIDTH_FORMS;
  }
}
