// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import java.util.Collection;
import java.util.Locale;

/** Finds what a mistyped word was meant to be. */
final class Nearest {
  private static final int LONGEST = 40;

  private Nearest() {}

  /** The word that is fewest changes away, at most a third of its letters; empty when none is. */
  static String of(String typed, Collection<String> words) {
    if (typed.length() > LONGEST) {
      return "";
    }
    String lower = typed.toLowerCase(Locale.ROOT);
    String best = "";
    int least = Integer.MAX_VALUE;
    for (String word : words) {
      String other = word.toLowerCase(Locale.ROOT);
      int distance = distance(lower, other);
      // The end of a dotted name is what people remember: "srcport" for "tcp.srcport".
      if (lower.length() >= 3 && other.endsWith("." + lower)) {
        distance = Math.min(distance, 1);
      }
      int allowed = Math.max(1, Math.max(lower.length(), other.length()) / 3);
      if (distance <= allowed && distance < least) {
        least = distance;
        best = word;
      }
    }
    return best;
  }

  /** Insertions, deletions, substitutions and swaps of neighbours. */
  static int distance(String a, String b) {
    int[] two = new int[b.length() + 1];
    int[] one = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      one[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], one[j]) + 1, one[j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], two[j - 2] + 1);
        }
      }
      two = one;
      one = row;
    }
    return one[b.length()];
  }
}
