// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.steps;

import org.jspecify.annotations.Nullable;
import org.tailwalk.app.text.Texts;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.Step;
import org.tailwalk.event.Verdict;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.EventText;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.MonitorText;
import org.tailwalk.replay.PacketReplay;

/**
 * A row of the steps.
 *
 * @param index 0-based
 * @param kernel its text; empty where this lane has nothing
 * @param model likewise
 * @param node the program it happened in, as in {@link org.tailwalk.event.ProgramRef#id}; empty for
 *     rows of none
 * @param parts whether this is where the engines first differ
 * @param after whether the engines have parted before this row
 * @param same whether both sides are equal
 */
public record StepRow(
    int index,
    Kind kind,
    String kernel,
    String model,
    String node,
    boolean parts,
    boolean after,
    boolean same) {
  /** What it is, as far as the icon goes. */
  public enum Kind {
    ENTER,
    CALL,
    MISSED,
    RETURN,
    LOOKUP,
    WRITE,
    LETTER,
    DROP_LETTER,
    REDIRECT,
    REWRITE,
    FORWARDED,
    DROPPED,
    NOT_RUN
  }

  /** Whether it happened inside a program that an earlier row entered. */
  boolean inside() {
    return switch (kind) {
      case LOOKUP, WRITE, LETTER, DROP_LETTER, REDIRECT, REWRITE -> true;
      case ENTER, CALL, MISSED, RETURN, FORWARDED, DROPPED, NOT_RUN -> false;
    };
  }

  /**
   * Of an aligned step of a packet.
   *
   * @param parting 1-based row where the engines first differ, 0 for none
   */
  static StepRow of(PacketReplay packet, AlignedStep step, String node, int parting) {
    return new StepRow(
        step.index() - 1,
        kind(step.either().event()),
        text(packet.kernel(), step.kernel()),
        text(packet.model(), step.model()),
        node,
        parting > 0 && step.index() == parting,
        parting > 0 && step.index() > parting,
        step.same());
  }

  private static String text(@Nullable LaneTrace lane, @Nullable Step step) {
    if (lane == null || step == null) {
      return "";
    }
    // A drop has the number of its file alone, which says little: the lane's steps tell its name.
    return step.event() instanceof PathEvent.Notified told
        ? MonitorText.line(lane.trace(), told)
        : Texts.say(EventText.message(step.event()));
  }

  private static Kind kind(PathEvent event) {
    return switch (event) {
      case PathEvent.Entered _ -> Kind.ENTER;
      case PathEvent.TailCallTaken _ -> Kind.CALL;
      case PathEvent.TailCallMissed _ -> Kind.MISSED;
      case PathEvent.Returned _ -> Kind.RETURN;
      case PathEvent.LookedUp _ -> Kind.LOOKUP;
      case PathEvent.Updated _, PathEvent.Deleted _, PathEvent.Changed _ -> Kind.WRITE;
      case PathEvent.Notified n ->
          n.notification() instanceof Notification.Drop ? Kind.DROP_LETTER : Kind.LETTER;
      case PathEvent.RedirectCalled _ -> Kind.REDIRECT;
      case PathEvent.Rewritten _, PathEvent.ContextChanged _ -> Kind.REWRITE;
      case PathEvent.VerdictReached v ->
          switch (v.verdict()) {
            case Verdict.Dropped _, Verdict.PassedUnpoliced _ -> Kind.DROPPED;
            case Verdict.NotRun _ -> Kind.NOT_RUN;
            case Verdict.ToStack _, Verdict.ToPod _, Verdict.ToProxy _, Verdict.Redirected _ ->
                Kind.FORWARDED;
          };
    };
  }
}
