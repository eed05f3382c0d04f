// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.Step;
import org.tailwalk.replay.PacketReplay;

/** Compares the two packets of one row, step by step and in words. */
public final class PairComparer {
  /**
   * What comparing two packets gave.
   *
   * @param rows the steps of both, side by side
   * @param difference where they first differ; null when they don't
   * @param aspects what differs, line by line
   * @param a the programs that A's packet went through
   * @param b the programs that B's packet went through
   */
  public record Result(
      List<PairRow> rows,
      @Nullable Difference difference,
      List<Aspect> aspects,
      List<PathBox> a,
      List<PathBox> b) {
    /** Keeps its own copies. */
    public Result {
      rows = List.copyOf(rows);
      aspects = List.copyOf(aspects);
      a = List.copyOf(a);
      b = List.copyOf(b);
    }
  }

  private final Comparison comparison;

  /** Of this comparison's rows. */
  public PairComparer(Comparison comparison) {
    this.comparison = comparison;
  }

  /**
   * Compares a row.
   *
   * @param row 0-based
   * @param a A's packet; null where A has none
   * @param b B's packet; null where B has none
   */
  public Result compare(int row, @Nullable PacketReplay a, @Nullable PacketReplay b) {
    Look left = a == null ? null : Look.of("A", comparison.a(), a);
    Look right = b == null ? null : Look.of("B", comparison.b(), b);
    List<PairRow> rows = rows(left, right);
    Difference difference;
    List<Aspect> aspects = List.of();
    if (left != null && right != null) {
      aspects = Aspects.of(left, right);
      difference = new FirstDifference(comparison, row, left, right).of(rows);
    } else {
      difference = Alone.tell(comparison, row, left != null ? left : Objects.requireNonNull(right));
    }
    return new Result(
        rows,
        difference,
        aspects,
        left == null ? List.of() : PathBox.of(left, rows, true, right != null),
        right == null ? List.of() : PathBox.of(right, rows, false, left != null));
  }

  private static List<PairRow> rows(@Nullable Look a, @Nullable Look b) {
    List<Step> left = a == null ? List.of() : a.steps();
    List<Step> right = b == null ? List.of() : b.steps();
    List<String> ours = a == null ? List.of() : words(a);
    List<String> theirs = b == null ? List.of() : words(b);
    int[] mate = SequenceAligner.align(numbers(ours), numbers(theirs));
    List<PairRow> rows = new ArrayList<>();
    int j = 0;
    int i = 0;
    for (int k = 0; k <= left.size(); k++) {
      int other = k == left.size() ? right.size() : mate[k];
      if (other < 0) {
        continue;
      }
      gap(left, i, k, ours, right, j, other, theirs, rows);
      if (k < left.size()) {
        rows.add(new PairRow(rows.size() + 1, left.get(k), right.get(other), true));
      }
      i = k + 1;
      j = other + 1;
    }
    return rows;
  }

  /** What has no counterpart stands side by side as far as it is of the same kind. */
  private static void gap(
      List<Step> left,
      int i,
      int iTo,
      List<String> ours,
      List<Step> right,
      int j,
      int jTo,
      List<String> theirs,
      List<PairRow> rows) {
    while (i < iTo || j < jTo) {
      Step a = i < iTo ? left.get(i) : null;
      Step b = j < jTo ? right.get(j) : null;
      if (a != null && b != null && a.event().getClass() != b.event().getClass()) {
        if (find(left, i, iTo, b.event()) < 0) {
          a = null;
        } else if (find(right, j, jTo, a.event()) < 0) {
          b = null;
        }
      }
      boolean silentA = a == null || ours.get(i).startsWith("~");
      boolean silentB = b == null || theirs.get(j).startsWith("~");
      rows.add(new PairRow(rows.size() + 1, a, b, silentA && silentB));
      i += a == null ? 0 : 1;
      j += b == null ? 0 : 1;
    }
  }

  private static int find(List<Step> steps, int from, int to, PathEvent like) {
    for (int i = from; i < to; i++) {
      if (steps.get(i).event().getClass() == like.getClass()) {
        return i;
      }
    }
    return -1;
  }

  /** A word for each step; those with nothing to compare say only what they are. */
  private static List<String> words(Look look) {
    Canon canon = look.canon();
    List<String> words = new ArrayList<>();
    for (PathEvent event : look.events()) {
      String line = canon.line(event);
      words.add(
          line != null
              ? line
              : "~"
                  + event.getClass().getSimpleName()
                  + switch (event) {
                    case PathEvent.MapEvent m -> m.map().role();
                    case PathEvent.Rewritten r -> r.field();
                    case PathEvent.ContextChanged c -> c.field();
                    default -> "";
                  });
    }
    return words;
  }

  private static long[] numbers(List<String> words) {
    long[] numbers = new long[words.size()];
    for (int i = 0; i < numbers.length; i++) {
      long h = 3;
      for (int c = 0; c < words.get(i).length(); c++) {
        h = h * 0x100000001b3L + words.get(i).charAt(c);
      }
      numbers[i] = h;
    }
    return numbers;
  }
}
