// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

/** Two replays in parallel rows, each row with what it comes to. Immutable. */
public final class Comparison {
  private static final long SECOND = 1_000_000_000L;
  private static final Grade[] GRADES = Grade.values();

  private final SideRecord a;
  private final SideRecord b;
  private final Alignment alignment;
  private final byte[] grades;
  private final Counts counts;

  /**
   * Sums.
   *
   * @param pairs rows with both sides
   * @param differing pairs that differ
   * @param timing pairs that differ in their pause alone
   * @param onlyA packets that only A has
   * @param onlyB packets that only B has
   */
  public record Counts(int pairs, int differing, int timing, int onlyA, int onlyB) {
    /** Whether the captures differ. */
    public boolean differ() {
      return differing + onlyA + onlyB > 0;
    }
  }

  private Comparison(SideRecord a, SideRecord b, Alignment alignment) {
    this.a = a;
    this.b = b;
    this.alignment = alignment;
    this.grades = new byte[alignment.size()];
    int[] sums = new int[GRADES.length];
    for (int row = 0; row < grades.length; row++) {
      Grade grade = judge(row);
      grades[row] = (byte) grade.ordinal();
      sums[grade.ordinal()]++;
    }
    this.counts =
        new Counts(
            sums[0] + sums[1] + sums[2],
            sums[Grade.DIFFERS.ordinal()],
            sums[Grade.TIMING.ordinal()],
            sums[Grade.ONLY_A.ordinal()],
            sums[Grade.ONLY_B.ordinal()]);
  }

  /** Compares two replays, aligned in this way. */
  public static Comparison of(SideRecord a, SideRecord b, AlignBy by) {
    return of(a, b, by, AlignProgress.NONE);
  }

  /**
   * The same, with somebody who hears how far it is.
   *
   * @throws java.util.concurrent.CancellationException when {@code progress} said so
   */
  public static Comparison of(SideRecord a, SideRecord b, AlignBy by, AlignProgress progress) {
    return new Comparison(a, b, Aligner.align(a.prints(), b.prints(), by, progress));
  }

  /** The same with A and B in each other's place. */
  public Comparison swapped(AlignProgress progress) {
    return of(b, a, alignment.by(), progress);
  }

  private Grade judge(int row) {
    int left = alignment.a(row);
    int right = alignment.b(row);
    if (right == 0) {
      return a.seenBefore(left) ? Grade.DUPLICATE : Grade.ONLY_A;
    }
    if (left == 0) {
      return b.seenBefore(right) ? Grade.DUPLICATE : Grade.ONLY_B;
    }
    if (a.digest(left) != b.digest(right)) {
      return Grade.DIFFERS;
    }
    return pausesDiffer(row) ? Grade.TIMING : Grade.SAME;
  }

  /** More than a second apart, and the longer pause more than ten times the shorter one. */
  private boolean pausesDiffer(int row) {
    if (alignment.by() != AlignBy.FLOW) {
      return false;
    }
    long left = a.pauseNanos(alignment.a(row));
    long right = b.pauseNanos(alignment.b(row));
    long longer = Math.max(left, right);
    long shorter = Math.min(left, right);
    return shorter >= 0 && longer - shorter > SECOND && longer / 10 > shorter;
  }

  /** One side. */
  public SideRecord a() {
    return a;
  }

  /** The other side. */
  public SideRecord b() {
    return b;
  }

  /** The rows. */
  public Alignment alignment() {
    return alignment;
  }

  /** What a 0-based row comes to. */
  public Grade grade(int row) {
    return GRADES[grades[row]];
  }

  /** Sums. */
  public Counts counts() {
    return counts;
  }

  /** The first row behind {@code row} that counts as a difference; -1 when there is none. */
  public int nextDifference(int row) {
    for (int r = Math.max(0, row + 1); r < grades.length; r++) {
      if (grade(r).counts()) {
        return r;
      }
    }
    return -1;
  }

  /** The last row before {@code row} that counts as a difference; -1 when there is none. */
  public int previousDifference(int row) {
    for (int r = Math.min(grades.length, row) - 1; r >= 0; r--) {
      if (grade(r).counts()) {
        return r;
      }
    }
    return -1;
  }
}
