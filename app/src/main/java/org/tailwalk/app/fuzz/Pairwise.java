// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fuzz;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Few combinations of many switches, such that any two switches have met in each of their
 * positions.
 */
final class Pairwise {
  private static final int CANDIDATES = 40;

  /**
   * A pair of positions: switch {@code a} at {@code x} together with switch {@code b} at {@code y},
   * a below b.
   */
  private record Pair(int a, int x, int b, int y) {}

  private Pairwise() {}

  /**
   * Combinations that cover all pairs, greedily chosen.
   *
   * @param levels how many positions each switch has
   * @return one position for each switch, each
   */
  static List<int[]> cover(int[] levels, Dice dice) {
    Set<Pair> open = new HashSet<>();
    for (int a = 0; a < levels.length; a++) {
      for (int b = a + 1; b < levels.length; b++) {
        for (int x = 0; x < levels[a]; x++) {
          for (int y = 0; y < levels[b]; y++) {
            open.add(new Pair(a, x, b, y));
          }
        }
      }
    }
    List<int[]> rows = new ArrayList<>();
    while (!open.isEmpty()) {
      Pair wanted = open.stream().min(Pairwise::order).orElseThrow();
      int[] best = new int[0];
      int most = -1;
      for (int i = 0; i < CANDIDATES; i++) {
        int[] row = candidate(levels, wanted, dice);
        int gain = (int) pairs(row).stream().filter(open::contains).count();
        if (gain > most) {
          most = gain;
          best = row;
        }
      }
      pairs(best).forEach(open::remove);
      rows.add(best);
    }
    return rows;
  }

  private static int order(Pair p, Pair q) {
    return List.of(p.a, p.x, p.b, p.y).toString().compareTo(List.of(q.a, q.x, q.b, q.y).toString());
  }

  private static int[] candidate(int[] levels, Pair wanted, Dice dice) {
    int[] row = new int[levels.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = dice.below(levels[i]);
    }
    row[wanted.a()] = wanted.x();
    row[wanted.b()] = wanted.y();
    return row;
  }

  private static List<Pair> pairs(int[] row) {
    List<Pair> pairs = new ArrayList<>();
    for (int a = 0; a < row.length; a++) {
      for (int b = a + 1; b < row.length; b++) {
        pairs.add(new Pair(a, row[a], b, row[b]));
      }
    }
    return pairs;
  }
}
