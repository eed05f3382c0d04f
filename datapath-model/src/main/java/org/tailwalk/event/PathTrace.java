// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.event;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tailwalk.packet.Bytes;

/**
 * What one engine says of one packet, from its entry program to its verdict.
 *
 * @param steps in order; the first is the entry program's {@link PathEvent.Entered}, the last the
 *     only {@link PathEvent.VerdictReached}; a packet that was not run has the verdict alone
 * @param returnCode signed; 0 when the packet was not run
 * @param frame the frame afterwards
 * @param context the context afterwards
 * @param notes what this run could not reproduce or did differently, stable words ({@code
 *     trimmed-by-wrapper})
 */
public record PathTrace(
    List<Step> steps, int returnCode, Bytes frame, ContextState context, List<String> notes) {
  /** Checks the rules of a whole trace. */
  public PathTrace {
    steps = List.copyOf(steps);
    notes = List.copyOf(notes);
    int verdicts = 0;
    for (Step step : steps) {
      verdicts += step.event() instanceof PathEvent.VerdictReached ? 1 : 0;
    }
    if (verdicts != 1 || !(steps.getLast().event() instanceof PathEvent.VerdictReached last)) {
      throw new IllegalArgumentException("a trace ends with its only verdict: " + steps);
    }
    boolean run = !(last.verdict() instanceof Verdict.NotRun);
    if (run && !(steps.getFirst().event() instanceof PathEvent.Entered)) {
      throw new IllegalArgumentException("a trace opens with its entry program: " + steps);
    }
    if (!run && steps.size() != 1) {
      throw new IllegalArgumentException("a packet that was not run has no steps: " + steps);
    }
  }

  /** The trace of a packet that was not run. */
  public static PathTrace notRun(String reason, String detail, Bytes frame, ContextState context) {
    Step step = new Step(new PathEvent.VerdictReached(new Verdict.NotRun(reason, detail)), null);
    return new PathTrace(List.of(step), 0, frame, context, List.of());
  }

  /** The verdict that closes the trace. */
  public Verdict verdict() {
    return ((PathEvent.VerdictReached) steps.getLast().event()).verdict();
  }

  /** The events alone. */
  public List<PathEvent> events() {
    List<PathEvent> events = new ArrayList<>(steps.size());
    for (Step step : steps) {
      events.add(step.event());
    }
    return Collections.unmodifiableList(events);
  }
}
