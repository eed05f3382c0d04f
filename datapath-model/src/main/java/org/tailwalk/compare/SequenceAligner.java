// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A long common subsequence of two rows of tokens: the longest one in small stretches, in large
 * ones that of the tokens which occur once in both (as patience sorting finds it), then again
 * between those. Time grows with n log n, never with the product of both lengths.
 */
final class SequenceAligner {
  /** Below this product of lengths the table of all prefixes is filled. */
  private static final long SMALL = 160_000;

  private static final int DEEPEST = 40;

  private final long[] a;
  private final long[] b;
  private final int[] mate;

  private SequenceAligner(long[] a, long[] b) {
    this.a = a;
    this.b = b;
    this.mate = new int[a.length];
    Arrays.fill(mate, -1);
  }

  /** For each index of {@code a} the one of {@code b} it belongs to, ascending; -1 for none. */
  static int[] align(long[] a, long[] b) {
    SequenceAligner aligner = new SequenceAligner(a, b);
    aligner.align(0, a.length, 0, b.length, 0);
    return aligner.mate;
  }

  private void align(int aFrom, int aTo, int bFrom, int bTo, int depth) {
    while (aFrom < aTo && bFrom < bTo && a[aFrom] == b[bFrom]) {
      mate[aFrom++] = bFrom++;
    }
    while (aFrom < aTo && bFrom < bTo && a[aTo - 1] == b[bTo - 1]) {
      mate[--aTo] = --bTo;
    }
    if (aFrom == aTo || bFrom == bTo) {
      return;
    }
    if ((long) (aTo - aFrom) * (bTo - bFrom) <= SMALL) {
      table(aFrom, aTo, bFrom, bTo);
      return;
    }
    List<int[]> anchors = depth < DEEPEST ? anchors(aFrom, aTo, bFrom, bTo, true) : List.of();
    if (anchors.isEmpty()) {
      // Many that look the same: the first goes with the first, the second with the second.
      for (int[] pair : anchors(aFrom, aTo, bFrom, bTo, false)) {
        mate[pair[0]] = pair[1];
      }
      return;
    }
    int i = aFrom;
    int j = bFrom;
    for (int[] pair : anchors) {
      align(i, pair[0], j, pair[1], depth + 1);
      mate[pair[0]] = pair[1];
      i = pair[0] + 1;
      j = pair[1] + 1;
    }
    align(i, aTo, j, bTo, depth + 1);
  }

  private void table(int aFrom, int aTo, int bFrom, int bTo) {
    int n = aTo - aFrom;
    int m = bTo - bFrom;
    int[][] length = new int[n + 1][m + 1];
    for (int i = n - 1; i >= 0; i--) {
      for (int j = m - 1; j >= 0; j--) {
        length[i][j] =
            a[aFrom + i] == b[bFrom + j]
                ? length[i + 1][j + 1] + 1
                : Math.max(length[i + 1][j], length[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < n && j < m) {
      if (a[aFrom + i] == b[bFrom + j]) {
        mate[aFrom + i++] = bFrom + j++;
      } else if (length[i + 1][j] >= length[i][j + 1]) {
        i++;
      } else {
        j++;
      }
    }
  }

  /** Index pairs that ascend on both sides. */
  private List<int[]> anchors(int aFrom, int aTo, int bFrom, int bTo, boolean uniqueOnly) {
    Map<Long, int[]> left = occurrences(a, aFrom, aTo);
    Map<Long, int[]> right = occurrences(b, bFrom, bTo);
    List<int[]> pairs = new ArrayList<>();
    Map<Long, Integer> seen = new HashMap<>();
    for (int i = aFrom; i < aTo; i++) {
      int[] there = right.get(a[i]);
      if (there == null) {
        continue;
      }
      if (uniqueOnly) {
        int[] here = left.get(a[i]);
        if (there.length == 1 && here != null && here.length == 1) {
          pairs.add(new int[] {i, there[0]});
        }
      } else {
        int k = seen.merge(a[i], 1, Integer::sum) - 1;
        if (k < there.length) {
          pairs.add(new int[] {i, there[k]});
        }
      }
    }
    return ascending(pairs);
  }

  private static Map<Long, int[]> occurrences(long[] row, int from, int to) {
    Map<Long, int[]> found = new HashMap<>();
    Map<Long, Integer> counts = new HashMap<>();
    for (int i = from; i < to; i++) {
      counts.merge(row[i], 1, Integer::sum);
    }
    for (int i = to - 1; i >= from; i--) {
      long token = row[i];
      int[] at =
          found.computeIfAbsent(
              token, t -> new int[java.util.Objects.requireNonNull(counts.get(t))]);
      int left = counts.merge(token, -1, Integer::sum);
      at[left] = i;
    }
    return found;
  }

  /** The longest run of pairs whose second members ascend; the first ones do already. */
  private static List<int[]> ascending(List<int[]> pairs) {
    int n = pairs.size();
    int[] tails = new int[n];
    int[] before = new int[n];
    int length = 0;
    for (int i = 0; i < n; i++) {
      int value = pairs.get(i)[1];
      int low = 0;
      int high = length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (pairs.get(tails[middle])[1] < value) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      before[i] = low > 0 ? tails[low - 1] : -1;
      tails[low] = i;
      length = Math.max(length, low + 1);
    }
    List<int[]> run = new ArrayList<>();
    for (int i = length == 0 ? -1 : tails[length - 1]; i >= 0; i = before[i]) {
      run.add(pairs.get(i));
    }
    return run.reversed();
  }
}
