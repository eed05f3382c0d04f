// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.event.Step;
import org.tailwalk.event.Verdict;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.text.Message;

/**
 * Lays two traces of one packet side by side and finds where they first disagree. Only what can be
 * observed is compared ({@link Observables}): never source references, source lines, or the order
 * of stores.
 */
public final class TraceDiff {
  /**
   * What comparing gave.
   *
   * @param divergence null when the traces agree
   */
  public record Comparison(List<AlignedStep> rows, @Nullable Divergence divergence) {
    /** Keeps its own copy. */
    public Comparison {
      rows = List.copyOf(rows);
    }
  }

  private final Explainer explainer;

  /** A comparison of lanes that run these builds. */
  public TraceDiff(DatapathConfig kernel, DatapathConfig model) {
    this(kernel, model, "");
  }

  /**
   * The same where somebody's object is loaded, of which one knows no era.
   *
   * @param object what to call it; empty for a bundled build
   */
  public TraceDiff(DatapathConfig kernel, DatapathConfig model, String object) {
    this.explainer = new Explainer(kernel, model, object);
  }

  /** One lane alone: its steps as rows. */
  public static List<AlignedStep> single(PathTrace trace, boolean kernel) {
    List<AlignedStep> rows = new ArrayList<>(trace.steps().size());
    for (Step step : trace.steps()) {
      rows.add(
          kernel
              ? new AlignedStep(rows.size() + 1, step, null, true)
              : new AlignedStep(rows.size() + 1, null, step, true));
    }
    return rows;
  }

  /** Compares what both lanes say of one packet. */
  public Comparison compare(PathTrace kernel, PathTrace model) {
    Observables observables = new Observables(kernel, model);
    if (kernel.steps().size() == model.steps().size()) {
      List<AlignedStep> rows = pairs(kernel, model, observables);
      if (rows != null) {
        return new Comparison(rows, null);
      }
    }
    List<AlignedStep> rows = align(kernel, model, observables);
    boolean kernelRan = !(kernel.verdict() instanceof Verdict.NotRun);
    boolean modelRan = !(model.verdict() instanceof Verdict.NotRun);
    if (!kernelRan || !modelRan) {
      return new Comparison(rows, kernelRan == modelRan ? null : notRun(kernel, model));
    }
    for (AlignedStep row : rows) {
      if (!row.same()) {
        return new Comparison(rows, explainer.explain(row, kernel, model));
      }
    }
    return new Comparison(rows, null);
  }

  private static Divergence notRun(PathTrace kernel, PathTrace model) {
    boolean kernelMissing = kernel.verdict() instanceof Verdict.NotRun;
    Verdict verdict = kernelMissing ? kernel.verdict() : model.verdict();
    String detail = verdict instanceof Verdict.NotRun(_, String words) ? words : "";
    return new Divergence(
        0,
        Divergence.Kind.INCOMPARABLE,
        kernelMissing ? "kernel-not-run" : "model-not-run",
        Message.of(kernelMissing ? "differ.kernel-not-run" : "differ.model-not-run", detail));
  }

  /** The usual case, quickly: equal step by step; null when it is not so. */
  private static @Nullable List<AlignedStep> pairs(
      PathTrace kernel, PathTrace model, Observables observables) {
    List<AlignedStep> rows = new ArrayList<>(kernel.steps().size());
    for (int i = 0; i < kernel.steps().size(); i++) {
      Step a = kernel.steps().get(i);
      Step b = model.steps().get(i);
      if (!observables.same(a.event(), b.event())) {
        return null;
      }
      rows.add(new AlignedStep(i + 1, a, b, true));
    }
    return rows;
  }

  private static List<AlignedStep> align(
      PathTrace kernel, PathTrace model, Observables observables) {
    List<List<Step>> left = segments(kernel);
    List<List<Step>> right = segments(model);
    List<AlignedStep> rows = new ArrayList<>();
    List<int[]> matched = common(left, right, TraceDiff::sameProgram);
    int i = 0;
    int j = 0;
    for (int[] pair : matched) {
      rest(left.subList(i, pair[0]), right.subList(j, pair[1]), rows);
      inside(left.get(pair[0]), right.get(pair[1]), rows, observables);
      i = pair[0] + 1;
      j = pair[1] + 1;
    }
    rest(left.subList(i, left.size()), right.subList(j, right.size()), rows);
    return rows;
  }

  /** A program's run each; the last one holds what is known at the end of the whole run. */
  private static List<List<Step>> segments(PathTrace trace) {
    List<List<Step>> segments = new ArrayList<>();
    List<Step> current = new ArrayList<>();
    boolean closing = false;
    for (Step step : trace.steps()) {
      boolean atEnd =
          switch (step.event()) {
            case PathEvent.Rewritten _, PathEvent.ContextChanged _, PathEvent.VerdictReached _ ->
                true;
            default -> false;
          };
      if (step.event() instanceof PathEvent.Entered || (atEnd && !closing)) {
        if (!current.isEmpty()) {
          segments.add(current);
        }
        current = new ArrayList<>();
        closing = atEnd;
      }
      current.add(step);
    }
    segments.add(current);
    return segments;
  }

  private static boolean sameProgram(List<Step> a, List<Step> b) {
    PathEvent first = a.getFirst().event();
    PathEvent second = b.getFirst().event();
    if (first instanceof PathEvent.Entered x && second instanceof PathEvent.Entered y) {
      return x.program().equals(y.program());
    }
    return !(first instanceof PathEvent.Entered) && !(second instanceof PathEvent.Entered);
  }

  /** Segments without a counterpart, one after the other. */
  private static void rest(List<List<Step>> left, List<List<Step>> right, List<AlignedStep> rows) {
    for (List<Step> segment : left) {
      for (Step step : segment) {
        rows.add(new AlignedStep(rows.size() + 1, step, null, false));
      }
    }
    for (List<Step> segment : right) {
      for (Step step : segment) {
        rows.add(new AlignedStep(rows.size() + 1, null, step, false));
      }
    }
  }

  private static void inside(
      List<Step> left, List<Step> right, List<AlignedStep> rows, Observables observables) {
    List<int[]> matched =
        common(left, right, (a, b) -> observables.counterparts(a.event(), b.event()));
    int i = 0;
    int j = 0;
    for (int[] pair : matched) {
      gap(left.subList(i, pair[0]), right.subList(j, pair[1]), rows, observables);
      Step a = left.get(pair[0]);
      Step b = right.get(pair[1]);
      rows.add(new AlignedStep(rows.size() + 1, a, b, observables.same(a.event(), b.event())));
      i = pair[0] + 1;
      j = pair[1] + 1;
    }
    gap(left.subList(i, left.size()), right.subList(j, right.size()), rows, observables);
  }

  /** Steps without a counterpart stand beside each other as far as there are two. */
  private static void gap(
      List<Step> left, List<Step> right, List<AlignedStep> rows, Observables observables) {
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      Step a = i < left.size() ? left.get(i) : null;
      Step b = i < right.size() ? right.get(i) : null;
      boolean hidden =
          (a == null || observables.hidden(a.event()))
              && (b == null || observables.hidden(b.event()));
      rows.add(new AlignedStep(rows.size() + 1, a, b, hidden));
    }
  }

  private interface Matcher<T> {
    boolean match(T a, T b);
  }

  /** Index pairs of a longest common subsequence. */
  private static <T> List<int[]> common(List<T> left, List<T> right, Matcher<T> matcher) {
    int n = left.size();
    int m = right.size();
    int[][] length = new int[n + 1][m + 1];
    for (int i = n - 1; i >= 0; i--) {
      for (int j = m - 1; j >= 0; j--) {
        length[i][j] =
            matcher.match(left.get(i), right.get(j))
                ? length[i + 1][j + 1] + 1
                : Math.max(length[i + 1][j], length[i][j + 1]);
      }
    }
    List<int[]> pairs = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < n && j < m) {
      if (matcher.match(left.get(i), right.get(j)) && length[i][j] == length[i + 1][j + 1] + 1) {
        pairs.add(new int[] {i++, j++});
      } else if (length[i + 1][j] >= length[i][j + 1]) {
        i++;
      } else {
        j++;
      }
    }
    return pairs;
  }
}
