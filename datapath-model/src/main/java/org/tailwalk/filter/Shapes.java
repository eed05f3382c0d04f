// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.CtStatus;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.Notification;
import org.tailwalk.event.ObservationPoint;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.Step;
import org.tailwalk.replay.CtState;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.replay.Reading;

/** Draws the outlines of what happened to a packet. */
public final class Shapes {
  private static final long SECOND = 1_000_000_000L;

  /** By ordinal: asked for at every map access of every packet. */
  private static final String[] ROLES =
      Arrays.stream(MapRole.values())
          .map(r -> r.name().toLowerCase(Locale.ROOT))
          .toArray(String[]::new);

  private static final Map<String, String> VERDICTS = new ConcurrentHashMap<>();

  private Shapes() {}

  /** The shape of a packet. */
  public static Shape of(PacketReplay packet) {
    var divergence = packet.divergence();
    var kind = divergence == null ? null : divergence.kind();
    String code = divergence == null ? "" : divergence.code();
    return switch (packet.placement()) {
      case Placement.Run run -> {
        long now = run.injection().timeNanos() / SECOND;
        yield new Shape(
            "run",
            "",
            run.injection().endpoint(),
            run.injection().hook(),
            run.preDatapath(),
            run.marks(),
            lane(packet.kernel(), now),
            lane(packet.model(), now),
            kind,
            code);
      }
      case Placement.NotRun not ->
          new Shape("not-run", not.reason(), 0, null, true, not.marks(), null, null, kind, code);
      case Placement.DuplicateOf same ->
          new Shape("duplicate", "duplicate", 0, null, true, same.marks(), null, null, kind, code);
    };
  }

  /** The name of a map in filters: its role in lower case, or its own name. */
  public static String mapName(MapRef map) {
    return map.role() == MapRole.OTHER ? map.name() : ROLES[map.role().ordinal()];
  }

  /** The kind of a notification in filters. */
  public static String kind(Notification notification) {
    return switch (notification) {
      case Notification.Drop _ -> "drop";
      case Notification.Trace _ -> "trace";
      case Notification.PolicyVerdict _ -> "policy-verdict";
      case Notification.Debug _ -> "debug";
      case Notification.DebugCapture _ -> "debug-capture";
      case Notification.Signal _ -> "signal";
      case Notification.Unknown _ -> "unknown";
    };
  }

  /** What an event did to a conntrack entry; null when it did nothing of the kind. */
  public static Shape.@Nullable Transition transition(PathEvent event, long nowSeconds) {
    if (event instanceof PathEvent.Changed changed
        && changed.map().role().conntrack()
        && changed.key() instanceof MapKey.CtTuple tuple) {
      return new Shape.Transition(
          phase(tuple, changed.before(), nowSeconds), phase(tuple, changed.after(), nowSeconds));
    }
    return null;
  }

  private static CtState.Phase phase(MapKey.CtTuple tuple, @Nullable MapValue value, long now) {
    return CtState.of(tuple, value instanceof MapValue.CtEntry entry ? entry : null, now).phase();
  }

  private static Shape.@Nullable Lane lane(@Nullable LaneTrace lane, long now) {
    if (lane == null) {
      return null;
    }
    List<String> programs = new ArrayList<>(4);
    List<Shape.Call> calls = new ArrayList<>(4);
    Set<Shape.Access> accesses = new LinkedHashSet<>();
    Set<String> notifications = new LinkedHashSet<>();
    Set<String> points = new LinkedHashSet<>();
    Set<Shape.Transition> transitions = new LinkedHashSet<>();
    Set<String> rewritten = new LinkedHashSet<>();
    boolean expired = false;
    for (Step step : lane.trace().steps()) {
      switch (step.event()) {
        case PathEvent.Entered e -> programs.add(e.program().id());
        case PathEvent.TailCallTaken e ->
            calls.add(new Shape.Call(mapName(e.map()), e.map().role(), e.slot(), true));
        case PathEvent.TailCallMissed e ->
            calls.add(new Shape.Call(mapName(e.map()), e.map().role(), e.slot(), false));
        case PathEvent.LookedUp e -> {
          accesses.add(
              new Shape.Access(mapName(e.map()), e.hit() ? Shape.Use.HIT : Shape.Use.MISS));
          expired |= e.value() instanceof MapValue.CtEntry entry && entry.lifetime() < now;
        }
        case PathEvent.Updated e -> accesses.add(access(e.map(), Shape.Use.WRITTEN));
        case PathEvent.Deleted e -> accesses.add(access(e.map(), Shape.Use.DELETED));
        case PathEvent.Changed e -> {
          accesses.add(access(e.map(), e.after() == null ? Shape.Use.DELETED : Shape.Use.WRITTEN));
          Shape.Transition change = transition(e, now);
          if (change != null) {
            transitions.add(change);
          }
        }
        case PathEvent.Notified e -> {
          notifications.add(kind(e.notification()));
          if (e.notification() instanceof Notification.Trace trace) {
            ObservationPoint.ofCode(trace.point()).ifPresent(p -> points.add(p.text()));
          }
        }
        case PathEvent.Rewritten e -> rewritten.add(e.field());
        case PathEvent.Returned _,
            PathEvent.RedirectCalled _,
            PathEvent.ContextChanged _,
            PathEvent.VerdictReached _ -> {}
      }
    }
    Reading reading = lane.reading();
    List<CtStatus> statuses = new ArrayList<>(2);
    for (Reading.CtLookup lookup : reading.ct()) {
      if (lookup.status() != null) {
        statuses.add(lookup.status());
      }
    }
    Set<Reading.PolicyMatch> matches = EnumSet.noneOf(Reading.PolicyMatch.class);
    reading.policy().forEach(decision -> matches.add(decision.match()));
    return new Shape.Lane(
        programs,
        calls,
        accesses,
        notifications,
        points,
        statuses,
        transitions,
        expired,
        matches,
        VERDICTS.computeIfAbsent(reading.verdict().word(), Shapes::word),
        reading.returnCode(),
        reading.dropReason(),
        reading.notified(),
        reading.metricCounted(),
        rewritten,
        !lane.sweeps().isEmpty());
  }

  private static Shape.Access access(MapRef map, Shape.Use use) {
    return new Shape.Access(mapName(map), use);
  }

  /** A word of a closed set as filters write it: lower case, hyphens. */
  static String word(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
  }
}
