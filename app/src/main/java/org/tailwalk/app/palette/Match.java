// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.palette;

import java.util.Locale;

/** How well a few letters fit a name. */
final class Match {
  /** They don't. */
  static final int NONE = -1;

  private static final int WORD_START = 8;
  private static final int IN_A_ROW = 4;

  private Match() {}

  /**
   * A score; more is better. The letters must occur in their order; they count more at the
   * beginning of words and one behind the other, less in long names.
   *
   * @param letters what was typed; blanks are passed over
   * @return {@link #NONE} when they don't occur
   */
  static int score(String letters, String name) {
    String wanted = letters.toLowerCase(Locale.ROOT).replace(" ", "");
    String text = name.toLowerCase(Locale.ROOT);
    int best = NONE;
    if (wanted.isEmpty()) {
      return 0;
    }
    for (int start = text.indexOf(wanted.charAt(0));
        start >= 0;
        start = text.indexOf(wanted.charAt(0), start + 1)) {
      best = Math.max(best, from(wanted, text, start));
    }
    return best;
  }

  private static int from(String wanted, String text, int start) {
    int score = 0;
    int last = -2;
    int at = start;
    for (int i = 0; i < wanted.length(); i++) {
      at = text.indexOf(wanted.charAt(i), at);
      if (at < 0) {
        return NONE;
      }
      boolean wordStart = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
      score += 1 + (wordStart ? WORD_START : 0) + (at == last + 1 ? IN_A_ROW : 0);
      last = at++;
    }
    // A tie goes to the shorter name.
    return score * 64 - Math.min(63, text.length());
  }
}
