// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.Step;
import org.tailwalk.event.Verdict;
import org.tailwalk.replay.EventText;
import org.tailwalk.replay.ProgramNames;
import org.tailwalk.replay.Reading;

/** Finds where two packets first differ and says it in a sentence or two. */
final class FirstDifference {
  private final Comparison comparison;
  private final int row;
  private final Look a;
  private final Look b;

  FirstDifference(Comparison comparison, int row, Look a, Look b) {
    this.comparison = comparison;
    this.row = row;
    this.a = a;
    this.b = b;
  }

  /** Null when the two don't differ. */
  @Nullable Difference of(List<PairRow> rows) {
    if (!a.ran() || !b.ran()) {
      return notRun();
    }
    for (PairRow step : rows) {
      if (!step.same()) {
        return tell(step, rows);
      }
    }
    return comparison.grade(row) == Grade.TIMING ? timing() : null;
  }

  private @Nullable Difference notRun() {
    if (a.ran() == b.ran()) {
      String left = a.notRun();
      String right = b.notRun();
      return comparison.grade(row).counts()
          ? new Difference(
              Difference.Kind.NOT_RUN,
              0,
              "Neither was run, for another reason each: A %s; B %s.".formatted(left, right),
              List.of(observed(a, left), observed(b, right)))
          : null;
    }
    Look not = a.ran() ? b : a;
    Look ran = a.ran() ? a : b;
    return new Difference(
        Difference.Kind.NOT_RUN,
        0,
        "In %s it was not run (%s). In %s it ended so: %s."
            .formatted(not.side(), not.notRun(), ran.side(), ran.outcome()),
        List.of(observed(not, not.notRun()), observed(ran, ran.outcome())));
  }

  static Difference.Evidence observed(Look look, String text) {
    return new Difference.Evidence(look.side(), look.number(), text, Reading.Evidence.OBSERVED);
  }

  private Difference timing() {
    return new Difference(
        Difference.Kind.TIMING,
        0,
        ("Only the time differs: in A the packet came %s after the flow's packet before, in B %s."
                + " The path is the same.")
            .formatted(a.pause().orElse("at once"), b.pause().orElse("at once")),
        List.of(
            observed(a, "pause " + a.pause().orElse("none")),
            observed(b, "pause " + b.pause().orElse("none"))));
  }

  private Difference tell(PairRow step, List<PairRow> rows) {
    PathEvent left = event(step.a());
    PathEvent right = event(step.b());
    if (unpoliced(a) != unpoliced(b)) {
      return verdict(step.index());
    }
    Difference.Kind kind = kind(left);
    Difference.Kind other = kind(right);
    if (left == null || right != null && other.ordinal() < kind.ordinal()) {
      kind = other;
    }
    return switch (kind) {
      case CONNTRACK -> new ConntrackDifference(comparison, row, a, b).tell(step.index());
      case POLICY -> policy(step.index());
      case SERVICE -> both(kind, step, "looks the service up", left, right);
      case IDENTITY -> identity(step, left, right);
      case REWRITING -> rewriting(step, rows);
      case PATH -> path(step, left, right);
      case NOTIFICATION -> notification(step, left, right);
      case VERDICT -> verdict(step.index());
      case MAP, TIMING, NOT_RUN, ALONE -> both(Difference.Kind.MAP, step, "does", left, right);
    };
  }

  private static @Nullable PathEvent event(@Nullable Step step) {
    return step == null ? null : step.event();
  }

  private static Difference.Kind kind(@Nullable PathEvent event) {
    return switch (event) {
      case null -> Difference.Kind.ALONE;
      case PathEvent.Returned _ -> Difference.Kind.VERDICT;
      case PathEvent.ProgramEvent _ -> Difference.Kind.PATH;
      case PathEvent.MapEvent m -> kind(m.map().role());
      case PathEvent.Notified(_, Notification.PolicyVerdict _) -> Difference.Kind.POLICY;
      case PathEvent.Notified _ -> Difference.Kind.NOTIFICATION;
      case PathEvent.Rewritten _, PathEvent.ContextChanged _ -> Difference.Kind.REWRITING;
      case PathEvent.RedirectCalled _, PathEvent.VerdictReached _ -> Difference.Kind.VERDICT;
    };
  }

  private static Difference.Kind kind(MapRole role) {
    if (role.conntrack() || role == MapRole.CT_BUFFER4 || role == MapRole.CT_BUFFER6) {
      return Difference.Kind.CONNTRACK;
    }
    return switch (role) {
      case POLICY -> Difference.Kind.POLICY;
      case IPCACHE -> Difference.Kind.IDENTITY;
      case LB4_SERVICES,
          LB6_SERVICES,
          LB4_BACKENDS,
          LB6_BACKENDS,
          LB4_REVERSE_NAT,
          LB6_REVERSE_NAT,
          LB4_AFFINITY,
          LB6_AFFINITY,
          AFFINITY_MATCH ->
          Difference.Kind.SERVICE;
      case METRICS -> Difference.Kind.NOTIFICATION;
      default -> Difference.Kind.MAP;
    };
  }

  private Difference policy(int index) {
    String left = Aspects.policy(a);
    String right = Aspects.policy(b);
    return new Difference(
        Difference.Kind.POLICY,
        index,
        "In A the policy says: %s. In B: %s.%s".formatted(left, right, outcomes(a, b)),
        List.of(observed(a, left), observed(b, right)));
  }

  /** How both ended, where that differs. */
  static String outcomes(Look a, Look b) {
    return a.outcome().equals(b.outcome())
        ? " Both end the same way: %s.".formatted(a.outcome())
        : " A ends so: %s; B: %s.".formatted(a.outcome(), b.outcome());
  }

  private Difference identity(PairRow step, @Nullable PathEvent left, @Nullable PathEvent right) {
    String ours = peer(left);
    String theirs = peer(right);
    return new Difference(
        Difference.Kind.IDENTITY,
        step.index(),
        "The other end is taken for another one: in A %s, in B %s.%s"
            .formatted(ours, theirs, outcomes(a, b)),
        List.of(observed(a, ours), observed(b, theirs)));
  }

  private static String peer(@Nullable PathEvent event) {
    if (!(event instanceof PathEvent.LookedUp l)) {
      return "it is not looked up";
    }
    String key = EventText.key(l.key());
    return l.value() instanceof MapValue.IpcacheEntry e
        ? key + " has identity " + e.identity()
        : key + (l.hit() ? " is known" : " is unknown");
  }

  private Difference rewriting(PairRow step, List<PairRow> rows) {
    String left = Aspects.rewriting(a);
    String right = Aspects.rewriting(b);
    return new Difference(
        Difference.Kind.REWRITING,
        step.index(),
        "The path is the same as far as it can be seen, but what it changed is not. A: %s. B: %s."
                .formatted(left, right)
            + (rows.isEmpty() ? "" : outcomes(a, b)),
        List.of(observed(a, left), observed(b, right)));
  }

  private Difference path(PairRow step, @Nullable PathEvent left, @Nullable PathEvent right) {
    String ours = went(left);
    String theirs = went(right);
    return new Difference(
        Difference.Kind.PATH,
        step.index(),
        "Here A %s, while B %s.%s".formatted(ours, theirs, outcomes(a, b)),
        List.of(observed(a, ours), observed(b, theirs)));
  }

  private static String went(@Nullable PathEvent event) {
    return switch (event) {
      case null -> "goes on without it";
      case PathEvent.Entered e ->
          "enters "
              + ProgramNames.function(e.program())
              + (e.context() == null ? "" : " with mark 0x%x".formatted(e.context().mark()));
      case PathEvent.TailCallTaken t -> "calls " + EventText.line(t).replaceFirst("tail call ", "");
      case PathEvent.TailCallMissed t ->
          "finds no program in slot "
              + t.slot()
              + " for its tail call from "
              + ProgramNames.function(t.program());
      case PathEvent.Returned r ->
          "returns " + r.code() + " from " + ProgramNames.function(r.program());
      default -> "goes on: " + EventText.line(event);
    };
  }

  private Difference notification(
      PairRow step, @Nullable PathEvent left, @Nullable PathEvent right) {
    String ours = said(left);
    String theirs = said(right);
    return new Difference(
        Difference.Kind.NOTIFICATION,
        step.index(),
        "What the node tells of it differs: A %s, B %s.%s".formatted(ours, theirs, outcomes(a, b)),
        List.of(observed(a, Aspects.notification(a)), observed(b, Aspects.notification(b))));
  }

  private static String said(@Nullable PathEvent event) {
    return switch (event) {
      case null -> "says nothing here";
      case PathEvent.Notified n -> "sends \"" + EventText.line(n) + "\"";
      case PathEvent.Changed c -> "counts " + EventText.key(c.key());
      default -> "does something else: " + EventText.line(event);
    };
  }

  private static boolean unpoliced(Look look) {
    return look.lane() != null && look.lane().trace().verdict() instanceof Verdict.PassedUnpoliced;
  }

  private Difference verdict(int index) {
    String left = Aspects.verdict(a);
    String right = Aspects.verdict(b);
    Look raw = unpoliced(a) ? a : unpoliced(b) ? b : null;
    String unheard = "";
    if (raw != null) {
      Look other = raw == a ? b : a;
      unheard =
          (" In %s the error is returned as it is: TC takes it for \"no verdict\" and lets the"
                  + " packet through, and nobody hears of it%s.")
              .formatted(
                  raw.side(),
                  other.dropped() ? "; in " + other.side() + " the packet is dropped" : "");
    }
    return new Difference(
        Difference.Kind.VERDICT,
        index,
        "A returns %s; B returns %s.%s".formatted(left, right, unheard),
        List.of(observed(a, left), observed(b, right)));
  }

  private Difference both(
      Difference.Kind kind,
      PairRow step,
      String verb,
      @Nullable PathEvent left,
      @Nullable PathEvent right) {
    List<Difference.Evidence> evidence = new ArrayList<>();
    String ours = left == null ? "nothing" : EventText.line(left);
    String theirs = right == null ? "nothing" : EventText.line(right);
    evidence.add(observed(a, ours));
    evidence.add(observed(b, theirs));
    return new Difference(
        kind,
        step.index(),
        "Here A %s: %s. B: %s.%s"
            .formatted(verb, ours, Objects.requireNonNull(theirs), outcomes(a, b)),
        evidence);
  }
}
