// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import java.util.ArrayList;
import java.util.List;
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
import org.tailwalk.text.Message;

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
      Message left = a.notRun();
      Message right = b.notRun();
      return comparison.grade(row).counts()
          ? new Difference(
              Difference.Kind.NOT_RUN,
              0,
              Message.of("compare.neither", left, right),
              List.of(observed(a, left), observed(b, right)))
          : null;
    }
    Look not = a.ran() ? b : a;
    Look ran = a.ran() ? a : b;
    return new Difference(
        Difference.Kind.NOT_RUN,
        0,
        Message.of("compare.one-run", not.side(), not.notRun(), ran.side(), ran.outcome()),
        List.of(observed(not, not.notRun()), observed(ran, ran.outcome())));
  }

  static Difference.Evidence observed(Look look, Message text) {
    return new Difference.Evidence(look.side(), look.number(), text, Reading.Evidence.OBSERVED);
  }

  private Difference timing() {
    return new Difference(
        Difference.Kind.TIMING,
        0,
        Message.of("compare.timing", came(a), came(b)),
        List.of(observed(a, pause(a)), observed(b, pause(b))));
  }

  private static Message came(Look look) {
    return look.pause().orElse(Message.of("compare.at-once"));
  }

  private static Message pause(Look look) {
    return Message.of("compare.pause", look.pause().orElse(Message.of("compare.none")));
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
      case SERVICE -> both(kind, step, "compare.both.service", left, right);
      case IDENTITY -> identity(step, left, right);
      case REWRITING -> rewriting(step, rows);
      case PATH -> path(step, left, right);
      case NOTIFICATION -> notification(step, left, right);
      case VERDICT -> verdict(step.index());
      case MAP, TIMING, NOT_RUN, ALONE ->
          both(Difference.Kind.MAP, step, "compare.both.map", left, right);
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
    Message left = Aspects.policy(a);
    Message right = Aspects.policy(b);
    return new Difference(
        Difference.Kind.POLICY,
        index,
        Message.of("compare.policy", left, right, outcomes(a, b)),
        List.of(observed(a, left), observed(b, right)));
  }

  /** How both ended, where that differs. */
  static Message outcomes(Look a, Look b) {
    return a.outcome().equals(b.outcome())
        ? Message.of("compare.end.same", a.outcome())
        : Message.of("compare.end", a.outcome(), b.outcome());
  }

  private Difference identity(PairRow step, @Nullable PathEvent left, @Nullable PathEvent right) {
    Message ours = peer(left);
    Message theirs = peer(right);
    return new Difference(
        Difference.Kind.IDENTITY,
        step.index(),
        Message.of("compare.identity", ours, theirs, outcomes(a, b)),
        List.of(observed(a, ours), observed(b, theirs)));
  }

  private static Message peer(@Nullable PathEvent event) {
    if (!(event instanceof PathEvent.LookedUp l)) {
      return Message.of("compare.peer.unasked");
    }
    String key = EventText.key(l.key());
    return l.value() instanceof MapValue.IpcacheEntry e
        ? Message.of("compare.peer.identity", key, e.identity())
        : Message.of(l.hit() ? "compare.peer.known" : "compare.peer.unknown", key);
  }

  private Difference rewriting(PairRow step, List<PairRow> rows) {
    Message left = Aspects.rewriting(a);
    Message right = Aspects.rewriting(b);
    return new Difference(
        Difference.Kind.REWRITING,
        step.index(),
        Message.of(
            "compare.rewriting", left, right, rows.isEmpty() ? Message.plain() : outcomes(a, b)),
        List.of(observed(a, left), observed(b, right)));
  }

  private Difference path(PairRow step, @Nullable PathEvent left, @Nullable PathEvent right) {
    Message ours = went(left);
    Message theirs = went(right);
    return new Difference(
        Difference.Kind.PATH,
        step.index(),
        Message.of("compare.path", ours, theirs, outcomes(a, b)),
        List.of(observed(a, ours), observed(b, theirs)));
  }

  private static Message went(@Nullable PathEvent event) {
    return switch (event) {
      case null -> Message.of("compare.went.without");
      case PathEvent.Entered e ->
          e.context() == null
              ? Message.of("compare.went.enters", ProgramNames.function(e.program()))
              : Message.of(
                  "compare.went.enters.mark",
                  ProgramNames.function(e.program()),
                  "0x%x".formatted(e.context().mark()));
      case PathEvent.TailCallTaken t -> Message.of("compare.went.calls", EventText.target(t));
      case PathEvent.TailCallMissed t ->
          Message.of("compare.went.missed", t.slot(), ProgramNames.function(t.program()));
      case PathEvent.Returned r ->
          Message.of("compare.went.returns", r.code(), ProgramNames.function(r.program()));
      default -> Message.of("compare.went.on", EventText.message(event));
    };
  }

  private Difference notification(
      PairRow step, @Nullable PathEvent left, @Nullable PathEvent right) {
    Message ours = said(left);
    Message theirs = said(right);
    return new Difference(
        Difference.Kind.NOTIFICATION,
        step.index(),
        Message.of("compare.told", ours, theirs, outcomes(a, b)),
        List.of(observed(a, Aspects.notification(a)), observed(b, Aspects.notification(b))));
  }

  private static Message said(@Nullable PathEvent event) {
    return switch (event) {
      case null -> Message.of("compare.said.nothing");
      case PathEvent.Notified n -> Message.of("compare.said.sends", EventText.message(n));
      case PathEvent.Changed c -> Message.of("compare.said.counts", EventText.key(c.key()));
      default -> Message.of("compare.said.other", EventText.message(event));
    };
  }

  private static boolean unpoliced(Look look) {
    return look.lane() != null && look.lane().trace().verdict() instanceof Verdict.PassedUnpoliced;
  }

  private Difference verdict(int index) {
    Message left = Aspects.verdict(a);
    Message right = Aspects.verdict(b);
    Look raw = unpoliced(a) ? a : unpoliced(b) ? b : null;
    Message unheard = Message.plain();
    if (raw != null) {
      Look other = raw == a ? b : a;
      unheard =
          other.dropped()
              ? Message.of("compare.unheard.dropped", raw.side(), other.side())
              : Message.of("compare.unheard", raw.side());
    }
    return new Difference(
        Difference.Kind.VERDICT,
        index,
        Message.of("compare.verdict", left, right, unheard),
        List.of(observed(a, left), observed(b, right)));
  }

  private Difference both(
      Difference.Kind kind,
      PairRow step,
      String key,
      @Nullable PathEvent left,
      @Nullable PathEvent right) {
    List<Difference.Evidence> evidence = new ArrayList<>();
    Message ours = line(left);
    Message theirs = line(right);
    evidence.add(observed(a, ours));
    evidence.add(observed(b, theirs));
    return new Difference(
        kind, step.index(), Message.of(key, ours, theirs, outcomes(a, b)), evidence);
  }

  private static Message line(@Nullable PathEvent event) {
    return event == null ? Message.of("compare.nothing") : EventText.message(event);
  }
}
