// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.CtStatus;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.Notification;
import org.tailwalk.event.ObservationPoint;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.Verdict;
import org.tailwalk.packet.Protocols;
import org.tailwalk.replay.EventText;
import org.tailwalk.replay.MonitorText;
import org.tailwalk.replay.Placement;
import org.tailwalk.replay.ProgramNames;
import org.tailwalk.replay.Reading;

/** The table of what differs: one line for each thing that does. */
final class Aspects {
  private record Kind(String name, Function<Look, String> words, Function<PathEvent, Boolean> of) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("identity", Aspects::identity, e -> map(e, MapRole.IPCACHE)),
          new Kind("service", Aspects::service, Aspects::isService),
          new Kind("CT lookup", Aspects::conntrack, e -> ct(e) && e instanceof PathEvent.LookedUp),
          new Kind("CT entry", Aspects::entry, e -> ct(e) && !(e instanceof PathEvent.LookedUp)),
          new Kind("policy", Aspects::policy, e -> map(e, MapRole.POLICY)),
          new Kind(
              "path",
              Aspects::path,
              e -> e instanceof PathEvent.ProgramEvent p && !(p instanceof PathEvent.Returned)),
          new Kind(
              "rewriting",
              Aspects::rewriting,
              e -> e instanceof PathEvent.Rewritten || e instanceof PathEvent.ContextChanged),
          new Kind(
              "verdict",
              Aspects::verdict,
              e ->
                  e instanceof PathEvent.Returned
                      || e instanceof PathEvent.VerdictReached
                      || e instanceof PathEvent.RedirectCalled),
          new Kind("notification", Aspects::notification, e -> e instanceof PathEvent.Notified),
          new Kind("metrics", Aspects::metrics, e -> map(e, MapRole.METRICS)));

  private Aspects() {}

  static List<Aspect> of(Look a, Look b) {
    List<Aspect> found = new ArrayList<>();
    String entryA = entered(a);
    String entryB = entered(b);
    if (!entryA.equals(entryB)) {
      found.add(new Aspect("entered", entryA, entryB));
    }
    if (!a.ran() || !b.ran()) {
      return found;
    }
    for (Kind kind : KINDS) {
      if (!canon(a, kind).equals(canon(b, kind))) {
        found.add(new Aspect(kind.name, kind.words.apply(a), kind.words.apply(b)));
      }
    }
    String left =
        a.pause().map(p -> p + " after the flow's packet before").orElse("opens the flow");
    String right =
        b.pause().map(p -> p + " after the flow's packet before").orElse("opens the flow");
    if (!found.isEmpty() && !left.equals(right)) {
      found.add(new Aspect("arrival", left, right));
    }
    return found;
  }

  private static List<String> canon(Look look, Kind kind) {
    Canon canon = look.canon();
    List<String> lines = new ArrayList<>();
    for (PathEvent event : look.events()) {
      if (kind.of.apply(event)) {
        String line = canon.line(event);
        if (line != null) {
          lines.add(line);
        }
      }
    }
    return lines;
  }

  private static boolean map(PathEvent event, MapRole role) {
    return event instanceof PathEvent.MapEvent m && m.map().role() == role;
  }

  private static boolean ct(PathEvent event) {
    return event instanceof PathEvent.MapEvent m && m.map().role().conntrack();
  }

  private static boolean isService(PathEvent event) {
    return event instanceof PathEvent.MapEvent m
        && (m.map().role().name().startsWith("LB") || m.map().role() == MapRole.AFFINITY_MATCH);
  }

  private static String entered(Look look) {
    return switch (look.packet().placement()) {
      case Placement.Run run ->
          look.ran() ? run.injection().hook().programId() : "not run: " + look.notRun();
      case Placement.NotRun _, Placement.DuplicateOf _ -> "not run: " + look.notRun();
    };
  }

  private static String orNone(List<String> parts, String none) {
    return parts.isEmpty() ? none : String.join("; ", parts);
  }

  private static String identity(Look look) {
    List<String> parts = new ArrayList<>();
    for (PathEvent event : look.events()) {
      if (event instanceof PathEvent.LookedUp l && l.map().role() == MapRole.IPCACHE) {
        parts.add(
            EventText.key(l.key())
                + (l.value() instanceof MapValue.IpcacheEntry i
                    ? ": identity " + i.identity()
                    : l.hit() ? ": hit" : ": miss"));
      }
    }
    return orNone(parts, "not looked up");
  }

  private static String service(Look look) {
    List<String> parts = new ArrayList<>();
    for (PathEvent event : look.events()) {
      if (event instanceof PathEvent.LookedUp l && isService(l)) {
        parts.add(EventText.key(l.key()) + (l.hit() ? ": hit" : ": miss"));
      }
    }
    return orNone(parts, "not looked up");
  }

  static String conntrack(Look look) {
    List<String> parts = new ArrayList<>();
    for (Reading.CtLookup lookup : look.ct()) {
      CtStatus status = lookup.status();
      String word = status == null ? "unknown" : status.name();
      MapKey.CtTuple hit = lookup.found();
      if (hit == null) {
        parts.add("%s, miss%s".formatted(word, gone(look, lookup)));
      } else {
        parts.add("%s, hit %s%s".formatted(word, Look.tuple(hit), left(look, hit)));
      }
    }
    return orNone(parts, "none");
  }

  private static String gone(Look look, Reading.CtLookup lookup) {
    Optional<SideRecord.Turn> lost = look.lost(lookup);
    if (lost.isEmpty()) {
      return " (never made)";
    }
    SideRecord.Turn turn = lost.get();
    String at = Look.seconds(turn.sinceFirstNanos()).replaceFirst("\\.0+$", "");
    return switch (turn.fate()) {
      case COLLECTED -> " (expired at %d s, collected at %s s)".formatted(Look.ended(turn), at);
      case DELETED -> " (deleted by packet %d)".formatted(turn.packet());
      case CREATED -> "";
    };
  }

  /** What was left of the entry's lifetime when the packet found it. */
  private static String left(Look look, MapKey.CtTuple hit) {
    for (PathEvent event : look.events()) {
      MapValue before =
          switch (event) {
            case PathEvent.LookedUp l when l.key().equals(hit) -> l.value();
            case PathEvent.Changed c when c.key().equals(hit) -> c.before();
            default -> null;
          };
      if (before instanceof MapValue.CtEntry entry) {
        long left = entry.lifetime() - look.nowNanos() / 1_000_000_000;
        return left >= 0
            ? ", lifetime %d s left".formatted(left)
            : ", expired %d s ago and still matching".formatted(-left);
      }
    }
    return "";
  }

  private static String entry(Look look) {
    List<String> parts = new ArrayList<>();
    Canon canon = look.canon();
    for (PathEvent event : look.events()) {
      if (event instanceof PathEvent.Changed c
          && c.map().role().conntrack()
          && canon.line(c) != null) {
        MapValue after = c.after();
        if (after instanceof MapValue.CtEntry e) {
          parts.add(
              (c.before() == null ? "made for %d s" : "changed, %d s")
                      .formatted(e.lifetime() - look.nowNanos() / 1_000_000_000)
                  + (e.bitNames().isEmpty() ? "" : ", " + String.join(", ", e.bitNames())));
        } else {
          parts.add("deleted");
        }
      } else if (event instanceof PathEvent.Updated u
          && u.map().role().conntrack()
          && u.errno() != 0) {
        parts.add("refused: error " + u.errno());
      }
    }
    return orNone(parts, "as it was");
  }

  static String policy(Look look) {
    List<String> parts = new ArrayList<>();
    CtStatus status = look.ct().isEmpty() ? null : look.ct().getLast().status();
    boolean ignored = status == CtStatus.REPLY || status == CtStatus.RELATED;
    for (Reading.PolicyDecision decision : look.policy()) {
      parts.add(decision(look, decision, ignored));
    }
    return orNone(parts, "not evaluated");
  }

  static String decision(Look look, Reading.PolicyDecision decision, boolean ignored) {
    MapKey.PolicyKey winner = decision.winner();
    if (ignored) {
      return "evaluated, ignored (" + (winner == null ? "reply" : key(winner) + ", reply") + ")";
    }
    if (winner != null) {
      return key(winner) + ": " + result(look, winner);
    }
    String tried = decision.tried().stream().map(Aspects::key).collect(Collectors.joining(" "));
    return tried.isEmpty() ? "no lookup" : tried + ": all miss";
  }

  /** What the winning entry says. */
  static String result(Look look, MapKey.PolicyKey winner) {
    for (PathEvent event : look.events()) {
      @Nullable MapValue value =
          switch (event) {
            case PathEvent.LookedUp l when l.key().equals(winner) -> l.value();
            case PathEvent.Changed c when c.key().equals(winner) -> c.after();
            default -> null;
          };
      if (value instanceof MapValue.PolicyEntry p) {
        return p.deny() ? "deny" : p.proxyPort() > 0 ? "to proxy " + p.proxyPort() : "allow";
      }
    }
    return "hit";
  }

  static String key(MapKey.PolicyKey key) {
    return "{%s, %s, %s}"
        .formatted(
            key.identity() == 0 ? "any" : Long.toString(key.identity()),
            key.dport() == 0 ? "any" : Integer.toString(key.dport()),
            key.protocol() == 0 ? "any" : Protocols.name(key.protocol()).toLowerCase(Locale.ROOT));
  }

  private static String path(Look look) {
    List<String> parts = new ArrayList<>();
    for (PathEvent event : look.events()) {
      switch (event) {
        case PathEvent.Entered e -> parts.add(ProgramNames.function(e.program()));
        case PathEvent.TailCallMissed m -> parts.add("call " + m.slot() + " missed");
        default -> {}
      }
    }
    return String.join(" → ", parts);
  }

  static String rewriting(Look look) {
    List<String> parts = new ArrayList<>();
    Canon canon = look.canon();
    for (PathEvent event : look.events()) {
      if ((event instanceof PathEvent.Rewritten || event instanceof PathEvent.ContextChanged)
          && canon.line(event) != null) {
        parts.add(EventText.line(event));
      }
    }
    return orNone(parts, "nothing");
  }

  static String verdict(Look look) {
    if (look.lane() == null) {
      return "not run";
    }
    int code = look.lane().trace().returnCode();
    String name =
        switch (code) {
          case 0 -> "TC_ACT_OK";
          case 2 -> "TC_ACT_SHOT";
          case 7 -> "TC_ACT_REDIRECT";
          default -> "raw " + code;
        };
    Reading.Reason reason = look.lane().reading().dropReason();
    String why = reason == null ? "" : reason.text() + ", reason " + reason.code();
    String end =
        switch (look.lane().trace().verdict()) {
          case Verdict.Dropped _ -> why.isEmpty() ? "dropped" : "dropped (" + why + ")";
          case Verdict.PassedUnpoliced _ ->
              "passes unpoliced" + (why.isEmpty() ? "" : " (" + why + ")");
          case Verdict other -> EventText.verdict(other);
        };
    return name + ", " + end + (look.lane().reading().unheard() ? ", unheard" : "");
  }

  static String notification(Look look) {
    List<String> parts = new ArrayList<>();
    for (PathEvent event : look.events()) {
      if (event instanceof PathEvent.Notified(_, var n)) {
        switch (n) {
          case Notification.Drop d -> parts.add("drop " + DropReason.describe(d.reason(), 0));
          case Notification.Trace t -> parts.add(trace(t));
          case Notification.PolicyVerdict p ->
              parts.add("policy verdict " + (p.verdict() < 0 ? "deny" : "allow"));
          case Notification.Debug _, Notification.DebugCapture _ -> {}
          case Notification.Signal s -> parts.add(MonitorText.line(s));
          case Notification.Unknown u -> parts.add(MonitorText.line(u));
        }
      }
    }
    return orNone(parts, "none");
  }

  private static String trace(Notification.Trace trace) {
    String point =
        ObservationPoint.ofCode(trace.point())
            .map(ObservationPoint::text)
            .orElse("point " + trace.point());
    return "trace "
        + point
        + CtStatus.ofCode(trace.reason() & 0x7f).map(s -> " (" + s.label() + ")").orElse("");
  }

  private static String metrics(Look look) {
    List<String> parts = new ArrayList<>();
    for (PathEvent event : look.events()) {
      if (event instanceof PathEvent.Changed c && c.map().role() == MapRole.METRICS) {
        parts.add(EventText.key(c.key()) + " +1");
      }
    }
    return orNone(parts, "none counted");
  }
}
