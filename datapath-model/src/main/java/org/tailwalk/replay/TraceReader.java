// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.CtStatus;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.event.Verdict;
import org.tailwalk.scenario.Era;

/** Derives a {@link Reading} from one trace; used once. */
final class TraceReader {
  private final PathTrace trace;
  private final boolean reopens;
  private final List<PathEvent> events;

  TraceReader(PathTrace trace, Era era) {
    this.trace = trace;
    this.reopens = era != Era.WALKTHROUGH2020;
    this.events = trace.events();
  }

  Reading read() {
    Verdict verdict = trace.verdict();
    int code = trace.returnCode();
    boolean raw = verdict instanceof Verdict.PassedUnpoliced;
    boolean wrong = raw || verdict instanceof Verdict.Dropped;
    // What the datapath itself said: the drop event before the metric.
    Integer told = null;
    Integer metric = null;
    for (PathEvent event : events) {
      if (event instanceof PathEvent.Notified(_, Notification.Drop drop)) {
        told = told == null ? (Integer) drop.reason() : told;
      } else if (errorMetric(event) instanceof Integer counted) {
        metric = metric == null ? counted : metric;
      }
    }
    boolean emitted = told != null;
    boolean counted = metric != null;
    wrong |= emitted || counted;
    Integer reported = told != null ? told : metric;
    Reading.Reason reason = null;
    if (reported != null) {
      reason = Reading.Reason.of(reported);
    } else if (raw && code < 0) {
      reason = Reading.Reason.of(-code & 0xff);
    }
    return new Reading(
        verdict,
        code,
        reason,
        wrong ? emitted : null,
        counted,
        new CtReader(events, reopens).read(),
        policy());
  }

  /**
   * The reason of a metric that counts something gone wrong: drops, kernel error numbers, and the
   * low bytes that the unsigned argument of 2023 left of them; not forwarded, interface, service or
   * fragment counters (0, 3 to 10).
   */
  private static @Nullable Integer errorMetric(PathEvent event) {
    if (event instanceof PathEvent.Changed changed
        && changed.map().role() == MapRole.METRICS
        && changed.key() instanceof MapKey.MetricsKey key
        && (key.reason() == 2 || key.reason() >= 11)) {
      return key.reason();
    }
    return null;
  }

  private List<Reading.PolicyDecision> policy() {
    List<Reading.PolicyDecision> decisions = new ArrayList<>();
    List<MapKey.PolicyKey> tried = new ArrayList<>();
    MapKey.PolicyKey winner = null;
    ProgramRef program = null;
    for (PathEvent event : events) {
      if (event instanceof PathEvent.LookedUp look
          && look.map().role() == MapRole.POLICY
          && look.key() instanceof MapKey.PolicyKey key) {
        if (winner != null || (program != null && !program.equals(look.program()))) {
          decisions.add(decision(program, tried, winner));
          tried.clear();
          winner = null;
        }
        program = look.program();
        tried.add(key);
        if (look.hit()) {
          winner = key;
        }
      } else if (event
          instanceof PathEvent.Notified(ProgramRef by, Notification.PolicyVerdict verdict)) {
        Reading.PolicyDecision base =
            program == null ? decision(by, List.of(), null) : decision(program, tried, winner);
        decisions.add(observed(base, verdict));
        tried.clear();
        winner = null;
        program = null;
      }
    }
    if (program != null) {
      decisions.add(decision(program, tried, winner));
    }
    return decisions;
  }

  private static Reading.PolicyDecision observed(
      Reading.PolicyDecision base, Notification.PolicyVerdict verdict) {
    Reading.PolicyMatch[] matches = Reading.PolicyMatch.values();
    return new Reading.PolicyDecision(
        base.endpoint(),
        verdict.direction() == 2 ? Reading.Direction.EGRESS : Reading.Direction.INGRESS,
        base.tried(),
        base.winner(),
        verdict.matchType() < matches.length ? matches[verdict.matchType()] : base.match(),
        verdict.verdict(),
        Reading.Evidence.OBSERVED);
  }

  private static Reading.PolicyDecision decision(
      @Nullable ProgramRef program,
      List<MapKey.PolicyKey> tried,
      MapKey.@Nullable PolicyKey winner) {
    boolean egress = !tried.isEmpty() && tried.getFirst().egress();
    return new Reading.PolicyDecision(
        program == null ? 0 : program.endpoint(),
        egress ? Reading.Direction.EGRESS : Reading.Direction.INGRESS,
        tried,
        winner,
        match(winner),
        null,
        Reading.Evidence.INFERRED);
  }

  private static Reading.PolicyMatch match(MapKey.@Nullable PolicyKey winner) {
    if (winner == null) {
      return Reading.PolicyMatch.NONE;
    }
    boolean l3 = winner.identity() != 0;
    boolean l4 = winner.dport() != 0 || winner.protocol() != 0;
    if (l3) {
      return l4 ? Reading.PolicyMatch.L3_L4 : Reading.PolicyMatch.L3_ONLY;
    }
    return l4 ? Reading.PolicyMatch.L4_ONLY : Reading.PolicyMatch.ALL;
  }

  /** Finds the conntrack lookups: one or two map lookups each, and the status behind them. */
  private static final class CtReader {
    private final List<PathEvent> events;
    private final boolean reopens;
    private final List<Reading.CtLookup> found = new ArrayList<>();

    /** Where the result of the lookup at the same index may be improved by what follows. */
    private PathEvent.@Nullable LookedUp pending;

    CtReader(List<PathEvent> events, boolean reopens) {
      this.events = events;
      this.reopens = reopens;
    }

    List<Reading.CtLookup> read() {
      for (PathEvent event : events) {
        if (event instanceof PathEvent.LookedUp look) {
          if (look.map().role().conntrack()) {
            lookup(look);
          }
        } else if (event instanceof PathEvent.Updated update) {
          if (buffer(update.map())) {
            status(update.program(), update.value());
          }
        } else if (event instanceof PathEvent.Changed change && buffer(change.map())) {
          status(change.program(), change.after());
        }
      }
      flush();
      return found;
    }

    private static boolean buffer(MapRef map) {
      return map.role() == MapRole.CT_BUFFER4 || map.role() == MapRole.CT_BUFFER6;
    }

    private void lookup(PathEvent.LookedUp look) {
      if (!(look.key() instanceof MapKey.CtTuple tuple)) {
        return;
      }
      PathEvent.LookedUp first = pending;
      if (first != null
          && first.program().equals(look.program())
          && first.map().equals(look.map())
          && first.key() instanceof MapKey.CtTuple before
          && before.reversed().equals(tuple)) {
        pending = null;
        found.add(lookup(first, before, look.hit() ? tuple : null, forward(look)));
        return;
      }
      flush();
      if ((tuple.flags() & MapKey.CtTuple.SERVICE) != 0) {
        found.add(lookup(look, tuple, look.hit() ? tuple : null, forward(look)));
      } else if (look.hit()) {
        boolean related = (tuple.flags() & MapKey.CtTuple.RELATED) != 0;
        found.add(lookup(look, tuple, tuple, related ? CtStatus.RELATED : CtStatus.REPLY));
      } else {
        pending = look;
      }
    }

    /** RELATED is a status of the reverse direction alone: section 3.4 of the datapath facts. */
    private CtStatus forward(PathEvent.LookedUp look) {
      if (!look.hit()) {
        return CtStatus.NEW;
      }
      return reopens && reopened(look) ? CtStatus.REOPENED : CtStatus.ESTABLISHED;
    }

    /** A closing bit that is gone afterwards was cleared by this lookup: nothing else clears it. */
    private boolean reopened(PathEvent.LookedUp look) {
      int closing = MapValue.CtEntry.RX_CLOSING | MapValue.CtEntry.TX_CLOSING;
      for (PathEvent event : events) {
        if (event instanceof PathEvent.Changed change
            && change.map().equals(look.map())
            && change.key().equals(look.key())
            && change.before() instanceof MapValue.CtEntry before
            && change.after() instanceof MapValue.CtEntry after) {
          return before.has(closing) && !after.has(closing);
        }
      }
      return false;
    }

    /** A first lookup that missed and was not followed by the second: the run ended between. */
    private void flush() {
      PathEvent.LookedUp first = pending;
      if (first != null && first.key() instanceof MapKey.CtTuple tuple) {
        found.add(
            new Reading.CtLookup(
                first.program().endpoint(),
                direction(tuple),
                first.map().role(),
                tuple,
                null,
                null,
                Reading.Evidence.UNKNOWN));
      }
      pending = null;
    }

    private static Reading.CtLookup lookup(
        PathEvent.LookedUp look,
        MapKey.CtTuple tuple,
        MapKey.@Nullable CtTuple hit,
        CtStatus status) {
      return new Reading.CtLookup(
          look.program().endpoint(),
          direction(tuple),
          look.map().role(),
          tuple,
          hit,
          status,
          Reading.Evidence.INFERRED);
    }

    private static Reading.Direction direction(MapKey.CtTuple tuple) {
      if ((tuple.flags() & MapKey.CtTuple.SERVICE) != 0) {
        return Reading.Direction.SERVICE;
      }
      return (tuple.flags() & MapKey.CtTuple.IN) != 0
          ? Reading.Direction.EGRESS
          : Reading.Direction.INGRESS;
    }

    /** The hand-over buffer carries the status itself: the last lookup's. */
    private void status(ProgramRef program, @Nullable MapValue value) {
      if (!(value instanceof MapValue.CtBuffer buffer) || found.isEmpty() || pending != null) {
        return;
      }
      Reading.CtLookup last = found.getLast();
      CtStatus status = CtStatus.ofCode(buffer.ret()).orElse(null);
      if (status != null
          && last.direction() != Reading.Direction.SERVICE
          && last.endpoint() == program.endpoint()) {
        found.set(
            found.size() - 1,
            new Reading.CtLookup(
                last.endpoint(),
                last.direction(),
                last.map(),
                last.tuple(),
                last.found(),
                status,
                Reading.Evidence.OBSERVED));
      }
    }
  }
}
