// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;

/** Brings the packets of two captures into parallel rows. */
public final class Aligner {
  private final CapturePrints a;
  private final CapturePrints b;

  /** For each packet of A (by number) its mate in B; 0 for none. */
  private final int[] mateOfA;

  private final int[] mateOfB;
  private final byte[] basisOfA;
  private final int[] pairOfA;
  private final int[] pairOfB;

  private Aligner(CapturePrints a, CapturePrints b) {
    this.a = a;
    this.b = b;
    mateOfA = new int[a.size() + 1];
    mateOfB = new int[b.size() + 1];
    basisOfA = new byte[a.size() + 1];
    pairOfA = new int[a.size() + 1];
    pairOfB = new int[b.size() + 1];
    Arrays.fill(basisOfA, (byte) Basis.NONE.ordinal());
    Arrays.fill(pairOfA, -1);
    Arrays.fill(pairOfB, -1);
  }

  /** Aligns two captures. */
  public static Alignment align(CapturePrints a, CapturePrints b, AlignBy by) {
    return align(a, b, by, AlignProgress.NONE);
  }

  /**
   * Aligns two captures.
   *
   * @throws java.util.concurrent.CancellationException when {@code progress} said so
   */
  public static Alignment align(
      CapturePrints a, CapturePrints b, AlignBy by, AlignProgress progress) {
    Aligner aligner = new Aligner(a, b);
    progress.tell(0, 1);
    List<FlowPair> flows = List.of();
    switch (by) {
      case NUMBER -> aligner.byNumber();
      case CONTENT -> aligner.sequences(all(a.size()), all(b.size()));
      case FLOW -> {
        flows = FlowMatcher.match(a, b);
        aligner.byFlow(flows, progress);
      }
    }
    progress.tell(1, 1);
    return aligner.rows(by, flows);
  }

  private static int[] all(int size) {
    int[] numbers = new int[size];
    Arrays.setAll(numbers, i -> i + 1);
    return numbers;
  }

  private void byNumber() {
    for (int n = 1; n <= Math.min(a.size(), b.size()); n++) {
      pair(n, n, Basis.NUMBER);
    }
  }

  private void byFlow(List<FlowPair> flows, AlignProgress progress) {
    long done = 0;
    for (int i = 0; i < flows.size(); i++) {
      FlowPair flow = flows.get(i);
      int[] ours = flow.a() < 0 ? new int[0] : a.packets(flow.a());
      int[] theirs = flow.b() < 0 ? new int[0] : b.packets(flow.b());
      for (int n : ours) {
        pairOfA[n] = i;
      }
      for (int n : theirs) {
        pairOfB[n] = i;
      }
      for (boolean up : new boolean[] {true, false}) {
        sequences(
            Arrays.stream(ours).filter(n -> a.fromClient(n) == up).toArray(),
            Arrays.stream(theirs).filter(n -> b.fromClient(n) == up).toArray());
      }
      done += ours.length + theirs.length;
      progress.tell(done, (long) a.size() + b.size());
    }
  }

  /**
   * Packets that are equal, in order; equal ones out of order; then between those what is alike.
   */
  private void sequences(int[] ours, int[] theirs) {
    match(ours, theirs, a::content, b::content, Basis.CONTENT);
    int[][] fixed = anchors(ours);
    reordered(ours, theirs);
    between(fixed, ours, theirs);
  }

  private void pair(int ours, int theirs, Basis basis) {
    mateOfA[ours] = theirs;
    mateOfB[theirs] = ours;
    boolean identical = basis == Basis.CONTENT && a.identical(ours) == b.identical(theirs);
    basisOfA[ours] = (byte) (identical ? Basis.IDENTICAL : basis).ordinal();
  }

  private void match(
      int[] ours, int[] theirs, IntToLongFunction left, IntToLongFunction right, Basis basis) {
    if (ours.length == 0 || theirs.length == 0) {
      return;
    }
    int[] found =
        SequenceAligner.align(
            Arrays.stream(ours).mapToLong(left).toArray(),
            Arrays.stream(theirs).mapToLong(right).toArray());
    for (int i = 0; i < ours.length; i++) {
      if (found[i] >= 0) {
        pair(ours[i], theirs[found[i]], basis);
      }
    }
  }

  /** The pairs so far, in order. */
  private int[][] anchors(int[] ours) {
    return Arrays.stream(ours)
        .filter(n -> mateOfA[n] > 0)
        .mapToObj(n -> new int[] {n, mateOfA[n]})
        .toArray(int[][]::new);
  }

  private void reordered(int[] ours, int[] theirs) {
    Map<Long, Deque<Integer>> left = new HashMap<>();
    for (int n : theirs) {
      if (mateOfB[n] == 0) {
        left.computeIfAbsent(b.content(n), _ -> new ArrayDeque<>()).add(n);
      }
    }
    if (left.isEmpty()) {
      return;
    }
    for (int n : ours) {
      if (mateOfA[n] == 0) {
        Deque<Integer> same = left.get(a.content(n));
        Integer mate = same == null ? null : same.poll();
        if (mate != null) {
          pair(n, mate, Basis.REORDERED);
        }
      }
    }
  }

  private void between(int[][] fixed, int[] ours, int[] theirs) {
    int i = 0;
    int j = 0;
    for (int k = 0; k <= fixed.length; k++) {
      int aTo = k < fixed.length ? fixed[k][0] : Integer.MAX_VALUE;
      int bTo = k < fixed.length ? fixed[k][1] : Integer.MAX_VALUE;
      int aFrom = i;
      int bFrom = j;
      while (i < ours.length && ours[i] < aTo) {
        i++;
      }
      while (j < theirs.length && theirs[j] < bTo) {
        j++;
      }
      gap(alone(ours, aFrom, i, mateOfA), alone(theirs, bFrom, j, mateOfB));
    }
  }

  private static int[] alone(int[] row, int from, int to, int[] mates) {
    return from == to
        ? row.length == 0 ? row : new int[0]
        : Arrays.stream(row, from, to).filter(n -> mates[n] == 0).toArray();
  }

  private void gap(int[] ours, int[] theirs) {
    if (ours.length == 0 || theirs.length == 0) {
      return;
    }
    match(ours, theirs, a::shape, b::shape, Basis.SHAPE);
    int i = 0;
    int j = 0;
    int[][] fixed = anchors(ours);
    for (int k = 0; k <= fixed.length; k++) {
      int aFrom = i;
      int bFrom = j;
      while (i < ours.length && (k == fixed.length || ours[i] < fixed[k][0])) {
        i++;
      }
      while (j < theirs.length && (k == fixed.length || theirs[j] < fixed[k][1])) {
        j++;
      }
      match(
          alone(ours, aFrom, i, mateOfA),
          alone(theirs, bFrom, j, mateOfB),
          a::kind,
          b::kind,
          Basis.KIND);
    }
  }

  private Alignment rows(AlignBy by, List<FlowPair> flows) {
    int sizeA = a.size();
    int sizeB = b.size();
    // Behind which packet of A each packet of B stands that has no mate; 0 for before the first.
    int[] behind = new int[sizeB + 1];
    int[] count = new int[sizeA + 2];
    int anchor = 0;
    for (int n = 1; n <= sizeB; n++) {
      if (mateOfB[n] > 0) {
        anchor = mateOfB[n];
        continue;
      }
      while (anchor < sizeA
          && mateOfA[anchor + 1] == 0
          && (pairOfA[anchor + 1] == pairOfB[n]
              || a.sinceFirstNanos(anchor + 1) <= b.sinceFirstNanos(n))) {
        anchor++;
      }
      behind[n] = anchor;
      count[anchor + 1]++;
    }
    int[] start = new int[sizeA + 2];
    for (int n = 0; n <= sizeA; n++) {
      start[n + 1] = start[n] + count[n + 1];
    }
    int[] alone = new int[start[sizeA + 1]];
    int[] at = start.clone();
    for (int n = 1; n <= sizeB; n++) {
      if (mateOfB[n] == 0) {
        alone[at[behind[n]]++] = n;
      }
    }
    int size = sizeA + alone.length;
    int[] rowA = new int[size];
    int[] rowB = new int[size];
    byte[] basis = new byte[size];
    int[] pair = new int[size];
    int row = 0;
    for (int n = 0; n <= sizeA; n++) {
      if (n > 0) {
        rowA[row] = n;
        rowB[row] = mateOfA[n];
        basis[row] = basisOfA[n];
        pair[row] = pairOfA[n];
        row++;
      }
      for (int k = start[n]; k < start[n + 1]; k++) {
        rowB[row] = alone[k];
        basis[row] = (byte) Basis.NONE.ordinal();
        pair[row] = pairOfB[alone[k]];
        row++;
      }
    }
    return new Alignment(by, rowA, rowB, basis, pair, flows, sizeA, sizeB);
  }
}
