// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.compare;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.packets.NumberList;
import org.tailwalk.compare.Alignment;
import org.tailwalk.compare.Comparison;
import org.tailwalk.compare.Grade;

/** The rows that are shown: numbers in an array, so that a million cost what a few do. */
public final class PairRows extends NumberList {
  /** None. */
  public static final PairRows NONE = new PairRows(new int[0]);

  private final int[] rows;

  private PairRows(int[] rows) {
    this.rows = rows;
  }

  /**
   * The rows of a comparison.
   *
   * @param differencesOnly without those that are the same
   * @param passes the numbers of A's and B's packets that a filter lets pass, of which one is
   *     enough; null for all
   */
  static PairRows of(Comparison comparison, boolean differencesOnly, @Nullable Passes passes) {
    Alignment alignment = comparison.alignment();
    int size = alignment.size();
    int[] rows = new int[size];
    int count = 0;
    for (int row = 0; row < size; row++) {
      Grade grade = comparison.grade(row);
      boolean told = !differencesOnly || grade.counts() || grade == Grade.TIMING;
      if (told && (passes == null || passes.row(alignment, row))) {
        rows[count++] = row;
      }
    }
    return new PairRows(count == size ? rows : Arrays.copyOf(rows, count));
  }

  /**
   * What a filter lets pass of both sides.
   *
   * @param a numbers of A's packets
   * @param b numbers of B's packets
   */
  record Passes(BitSet a, BitSet b) {
    private boolean row(Alignment alignment, int row) {
      return a.get(alignment.a(row)) || b.get(alignment.b(row));
    }
  }

  @Override
  public Integer get(int index) {
    return rows[index];
  }

  @Override
  public int size() {
    return rows.length;
  }

  /** Where a row stands, or would stand: as {@link Arrays#binarySearch}. */
  int position(int row) {
    return Arrays.binarySearch(rows, row);
  }

  @Override
  public int indexOf(Object row) {
    return row instanceof Integer r ? Math.max(-1, position(r)) : -1;
  }
}
