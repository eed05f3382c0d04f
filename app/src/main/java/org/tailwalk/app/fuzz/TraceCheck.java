// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fuzz;

import java.util.List;
import java.util.Optional;
import org.tailwalk.event.ContextState;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.event.Verdict;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.Divergence;
import org.tailwalk.replay.TraceDiff;
import org.tailwalk.scenario.DatapathConfig;

/** What two traces of one packet have to fulfil. */
public interface TraceCheck {
  /** What is wrong with them, if anything. */
  Optional<Problem> check(PathTrace first, PathTrace second);

  /** Whether metrics may differ at the end of a sequence. */
  default boolean sameMetrics() {
    return true;
  }

  /**
   * What is wrong.
   *
   * @param signature as in {@link Finding#signature}
   */
  record Problem(String signature, String text) {}

  /** Both tell the same of everything that can be observed. */
  static TraceCheck equal(DatapathConfig config) {
    TraceDiff diff = new TraceDiff(config, config);
    return (first, second) -> {
      TraceDiff.Comparison comparison = diff.compare(first, second);
      if (comparison.divergence() instanceof Divergence divergence) {
        return Optional.of(
            new Problem(
                divergence.kind().label() + " " + divergence.code() + " " + kind(comparison),
                divergence.code() + ": " + divergence.explanation() + row(comparison)));
      }
      return ends(first, second);
    };
  }

  private static String row(TraceDiff.Comparison comparison) {
    return differing(comparison)
        .map(r -> "\n  first:  " + r.kernel() + "\n  second: " + r.model())
        .orElse("");
  }

  private static Optional<AlignedStep> differing(TraceDiff.Comparison comparison) {
    return comparison.rows().stream().filter(r -> !r.same()).findFirst();
  }

  /** What kind of event differs, and of which map or program. */
  private static String kind(TraceDiff.Comparison comparison) {
    return differing(comparison)
        .map(row -> {
          PathEvent event = row.either().event();
          String of =
              switch (event) {
                case PathEvent.MapEvent e -> " " + e.map().role();
                case PathEvent.ProgramEvent e -> " " + e.program().id();
                case PathEvent.Notified e -> " " + e.notification().getClass().getSimpleName();
                case PathEvent.Rewritten e -> " " + e.field();
                case PathEvent.ContextChanged e -> " " + e.field();
                case PathEvent.RedirectCalled _, PathEvent.VerdictReached _ -> "";
              };
          return event.getClass().getSimpleName() + of;
        })
        .orElse("");
  }

  /** What a run leaves behind, compared outright: the steps may have told it, or not. */
  private static Optional<Problem> ends(PathTrace first, PathTrace second) {
    if (first.verdict() instanceof Verdict.NotRun || second.verdict() instanceof Verdict.NotRun) {
      return Optional.empty();
    }
    if (first.returnCode() != second.returnCode()) {
      return Optional.of(
          new Problem(
              "end return", "returns " + first.returnCode() + " and " + second.returnCode()));
    }
    if (!first.frame().equals(second.frame())) {
      return Optional.of(new Problem("end frame", first.frame() + "\n" + second.frame()));
    }
    if (!visible(first.context()).equals(visible(second.context()))) {
      return Optional.of(new Problem("end context", first.context() + "\n" + second.context()));
    }
    return Optional.empty();
  }

  /** All of it, without the source line in the upper half of cb[4]. */
  private static List<Long> visible(ContextState c) {
    return List.of(
        c.mark(),
        c.cb().get(0),
        c.cb().get(1),
        c.cb().get(2),
        c.cb().get(3),
        c.cb().get(4) & 0xffff,
        c.tcIndex(),
        c.queueMapping(),
        c.packetType());
  }
}
