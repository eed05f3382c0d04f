// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.differential;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tailwalk.app.fuzz.TraceCheck;
import org.tailwalk.app.fuzz.Universe;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.MetricDirection;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.event.Verdict;
import org.tailwalk.packet.Bytes;
import org.tailwalk.replay.TraceDiff;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.EndpointConfig;

/**
 * Where the seed code and the code of {@code pr33551} have to differ, and how; everywhere else they
 * must agree. Derived from sections 12.2 and 12.3 of the datapath facts, from the first trace
 * alone:
 *
 * <ul>
 *   <li>a conntrack program (or, with one family, handle_policy into which it is inlined) leaves
 *       with a negative code: silent at the seed commit; a drop with the right reason, counted and
 *       notified, in pr33551;
 *   <li>in builds without a drop program, or with its slot empty, code that is inlined counts a
 *       drop again with reason 2, once for every function it returns through, and pr33551 returns
 *       through more of them.
 * </ul>
 */
final class NotifiedOracle implements TraceCheck {
  private static final Set<String> CT_PROGRAMS =
      Set.of("2/27", "2/28", "2/29", "2/30", "2/31", "2/32");
  private static final Set<String> CT_EGRESS = Set.of("2/29", "2/32");
  private static final Set<String> HANDLERS = Set.of("2/7", "2/10");
  private static final int SHOT = 2;
  private static final int ICMPV6 = 58;

  private final DatapathConfig config;
  private final TraceDiff diff;
  private final TraceCheck equal;
  private int silent;
  private int recounted;

  NotifiedOracle(DatapathConfig seed, DatapathConfig notified) {
    this.config = seed;
    this.diff = new TraceDiff(seed, notified);
    this.equal = TraceCheck.equal(seed);
  }

  /** How many packets left silently at the seed commit so far. */
  int silent() {
    return silent;
  }

  /** How many packets were counted again so far. */
  int recounted() {
    return recounted;
  }

  @Override
  public boolean sameMetrics() {
    return false;
  }

  private record Metric(int reason, MetricDirection direction) {}

  @Override
  public Optional<Problem> check(PathTrace seed, PathTrace notified) {
    if (seed.verdict() instanceof Verdict.NotRun) {
      return equal.check(seed, notified);
    }
    PathEvent.Returned end = returned(seed);
    boolean quiet = silently(end);
    boolean mute = mute(seed) || mute(notified);
    Map<Metric, Long> extra = quiet ? reported(end, mute) : recounted(seed, end, mute);
    if (extra.isEmpty()) {
      return equal.check(seed, notified);
    }
    if (quiet) {
      silent++;
    } else {
      recounted++;
    }
    return different(seed, notified, end, quiet && !mute, extra);
  }

  private Optional<Problem> different(
      PathTrace seed,
      PathTrace notified,
      PathEvent.Returned end,
      boolean quiet,
      Map<Metric, Long> extra) {
    if (diff.compare(seed, notified).divergence() == null) {
      return problem("same", "should differ, silent return " + end + ", and do not");
    }
    if (notified.returnCode() != SHOT || !(notified.verdict() instanceof Verdict.Dropped)) {
      return problem("verdict", "should end in a drop: " + notified.verdict());
    }
    Map<Metric, Long> wanted = new HashMap<>(metrics(seed));
    extra.forEach((m, n) -> wanted.merge(m, n, Long::sum));
    if (!wanted.equals(metrics(notified))) {
      return problem("metrics", "counted " + metrics(notified) + ", should be " + wanted);
    }
    if (!walk(seed).equals(walk(notified))) {
      return problem("walk", "before the drop\n  " + walk(seed) + "\n  " + walk(notified));
    }
    List<Notification.Drop> drops = drops(notified);
    if (!quiet) {
      return drops.equals(drops(seed)) ? Optional.empty() : problem("drops", "sent " + drops);
    }
    return drops.size() == 1 && rightly(drops.getFirst(), seed, end)
        ? Optional.empty()
        : problem("drop", "sent " + drops + " for " + end);
  }

  /** Whether no drop program runs: it is not compiled in, or its slot is empty. */
  private boolean mute(PathTrace trace) {
    return !config.has(DatapathOption.DROP_NOTIFY)
        || trace.events().stream()
            .anyMatch(e ->
                e instanceof PathEvent.TailCallMissed(_, var map, long slot)
                    && map.role() == MapRole.CALLS
                    && slot == 1);
  }

  private static Optional<Problem> problem(String what, String text) {
    return Optional.of(new Problem("oracle " + what, text));
  }

  private boolean silently(PathEvent.Returned end) {
    return end.code() < 0
        && (CT_PROGRAMS.contains(end.program().id())
            || (!config.dual() && end.program().id().equals("policy")));
  }

  /** What pr33551 counts for a silent return. */
  private Map<Metric, Long> reported(PathEvent.Returned end, boolean mute) {
    MetricDirection direction = direction(end.program());
    Map<Metric, Long> counted = new HashMap<>();
    counted.put(new Metric(-end.code() & 0xff, direction), 1L);
    if (mute && end.program().id().equals("policy")) {
      counted.put(new Metric(SHOT, direction), 1L);
    }
    return counted;
  }

  private static MetricDirection direction(ProgramRef program) {
    return CT_EGRESS.contains(program.id()) ? MetricDirection.EGRESS : MetricDirection.INGRESS;
  }

  /** What pr33551 counts more for a drop that both tell of; usually nothing. */
  private Map<Metric, Long> recounted(PathTrace seed, PathEvent.Returned end, boolean mute) {
    if (!mute || end.code() != SHOT) {
      return Map.of();
    }
    Set<Metric> counted = metrics(seed).keySet();
    String program = end.program().id();
    if (HANDLERS.contains(program) && !config.perPacketLb()) {
      // The handler's own errors are the same in both; those of the inlined conntrack and
      // forwarding code are not.
      Set<Integer> others = new HashSet<>(Set.of(SHOT, 14, 135, 137, 156, 175, 184));
      if (program.equals("2/10")) {
        // IPv6 fragments and unreadable extension headers are refused by the conntrack code's walk.
        others.add(157);
        if (!tooShortForHandler6(seed.frame())) {
          others.add(134);
        }
      }
      boolean inlined =
          counted.stream()
              .anyMatch(
                  m -> m.direction() == MetricDirection.EGRESS && others.contains(m.reason()));
      return inlined ? Map.of(new Metric(SHOT, MetricDirection.EGRESS), 1L) : Map.of();
    }
    if (program.equals("policy") && !config.dual()) {
      boolean own = counted.stream().anyMatch(m -> m.reason() == 139 || m.reason() == 166);
      return own ? Map.of() : Map.of(new Metric(SHOT, MetricDirection.INGRESS), 2L);
    }
    return Map.of();
  }

  /**
   * The drop that pr33551 sends from the conntrack program itself: section 12.3,
   * drop_for_direction.
   */
  private static boolean rightly(Notification.Drop drop, PathTrace seed, PathEvent.Returned end) {
    EndpointConfig endpoint =
        Universe.PODS.stream()
            .filter(e -> e.id() == end.program().endpoint())
            .findFirst()
            .orElseThrow();
    boolean labels;
    if (direction(end.program()) == MetricDirection.EGRESS) {
      labels = drop.srcLabel() == endpoint.identity() && drop.dstLabel() == 0 && drop.dstId() == 0;
    } else {
      labels = drop.dstLabel() == endpoint.identity() && drop.dstId() == endpoint.id();
      for (PathEvent event : seed.events()) {
        if (event instanceof PathEvent.Entered(ProgramRef program, var context)
            && program.equals(end.program())
            && context != null) {
          labels &= drop.srcLabel() == context.cb().getFirst();
        }
      }
    }
    return labels
        && drop.reason() == (-end.code() & 0xff)
        && drop.source() == endpoint.id()
        && drop.extError() == 0;
  }

  /** What tail_handle_ipv6 itself refuses with -134 (section 2.2). */
  private static boolean tooShortForHandler6(Bytes frame) {
    return frame.length() < 54 || (frame.at(20) == ICMPV6 && frame.length() < 62);
  }

  private static PathEvent.Returned returned(PathTrace trace) {
    return trace.events().stream()
        .filter(PathEvent.Returned.class::isInstance)
        .map(PathEvent.Returned.class::cast)
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  private static List<Notification.Drop> drops(PathTrace trace) {
    return trace.events().stream()
        .filter(e -> e instanceof PathEvent.Notified(_, Notification.Drop _))
        .map(e -> (Notification.Drop) ((PathEvent.Notified) e).notification())
        .map(d ->
            new Notification.Drop(
                d.source(),
                d.reason(),
                d.originalLength(),
                d.srcLabel(),
                d.dstLabel(),
                d.dstId(),
                0,
                d.file(),
                d.extError(),
                d.ifindex(),
                d.captured()))
        .toList();
  }

  private static Map<Metric, Long> metrics(PathTrace trace) {
    Map<Metric, Long> counted = new HashMap<>();
    for (PathEvent event : trace.events()) {
      if (event
              instanceof
              PathEvent.Changed(
                  _,
                  _,
                  MapKey.MetricsKey(int reason, var direction),
                  var before,
                  var after)
          && after instanceof MapValue.MetricsEntry(long now, _)) {
        long then = before instanceof MapValue.MetricsEntry(long count, _) ? count : 0;
        counted.merge(new Metric(reason, direction), now - then, Long::sum);
      }
    }
    return counted;
  }

  /** What happened, without counting and dropping: the same in both. */
  private static List<PathEvent> walk(PathTrace trace) {
    List<PathEvent> walk = new ArrayList<>();
    for (PathEvent event : trace.events()) {
      boolean kept =
          switch (event) {
            case PathEvent.MapEvent e -> e.map().role() != MapRole.METRICS;
            case PathEvent.TailCallTaken(_, var map, long slot) ->
                map.role() != MapRole.CALLS || slot != 1;
            case PathEvent.TailCallMissed(_, var map, long slot) ->
                map.role() != MapRole.CALLS || slot != 1;
            case PathEvent.Entered(ProgramRef program, _) -> !program.id().equals("2/1");
            case PathEvent.Notified(_, Notification n) -> !(n instanceof Notification.Drop);
            case PathEvent.RedirectCalled _ -> true;
            case PathEvent.Returned _,
                PathEvent.Rewritten _,
                PathEvent.ContextChanged _,
                PathEvent.VerdictReached _ ->
                false;
          };
      if (kept) {
        walk.add(plain(event));
      }
    }
    return walk;
  }

  /** Counters went apart with the packets before: of changes and contexts only the fact is kept. */
  private static PathEvent plain(PathEvent event) {
    return switch (event) {
      case PathEvent.Entered e -> new PathEvent.Entered(e.program(), null);
      case PathEvent.LookedUp e ->
          new PathEvent.LookedUp(e.program(), e.map(), e.key(), e.hit(), null);
      default -> event;
    };
  }
}
