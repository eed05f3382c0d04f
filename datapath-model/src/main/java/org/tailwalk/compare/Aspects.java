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
import org.tailwalk.text.Message;

/** The table of what differs: one line for each thing that does. */
final class Aspects {
  private record Kind(
      String name, Function<Look, Message> words, Function<PathEvent, Boolean> of) {}

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
    Message entryA = entered(a);
    Message entryB = entered(b);
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
    Message left = arrival(a);
    Message right = arrival(b);
    if (!found.isEmpty() && !left.equals(right)) {
      found.add(new Aspect("arrival", left, right));
    }
    return found;
  }

  private static Message arrival(Look look) {
    return look.pause().map(p -> Message.of("aspect.after", p)).orElse(Message.of("aspect.opens"));
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

  private static Message entered(Look look) {
    return switch (look.packet().placement()) {
      case Placement.Run run ->
          look.ran()
              ? Message.plain(run.injection().hook().programId())
              : Message.of("aspect.not-run", look.notRun());
      case Placement.NotRun _, Placement.DuplicateOf _ ->
          Message.of("aspect.not-run", look.notRun());
    };
  }

  private static Message orNone(List<Message> parts, String none) {
    return parts.isEmpty() ? Message.of(none) : Message.joined("; ", parts);
  }

  private static Message identity(Look look) {
    List<Message> parts = new ArrayList<>();
    for (PathEvent event : look.events()) {
      if (event instanceof PathEvent.LookedUp l && l.map().role() == MapRole.IPCACHE) {
        parts.add(
            l.value() instanceof MapValue.IpcacheEntry i
                ? Message.of("aspect.identity-of", EventText.key(l.key()), i.identity())
                : asked(l));
      }
    }
    return orNone(parts, "aspect.unasked");
  }

  private static Message service(Look look) {
    List<Message> parts = new ArrayList<>();
    for (PathEvent event : look.events()) {
      if (event instanceof PathEvent.LookedUp l && isService(l)) {
        parts.add(asked(l));
      }
    }
    return orNone(parts, "aspect.unasked");
  }

  private static Message asked(PathEvent.LookedUp l) {
    return Message.of(l.hit() ? "aspect.hit" : "aspect.miss", EventText.key(l.key()));
  }

  static Message conntrack(Look look) {
    List<Message> parts = new ArrayList<>();
    for (Reading.CtLookup lookup : look.ct()) {
      CtStatus status = lookup.status();
      Object word = status == null ? Message.of("aspect.unknown") : status.name();
      MapKey.CtTuple hit = lookup.found();
      if (hit == null) {
        parts.add(Message.of("aspect.ct.miss", word, gone(look, lookup)));
      } else {
        parts.add(Message.of("aspect.ct.hit", word, Look.tuple(hit), left(look, hit)));
      }
    }
    return orNone(parts, "aspect.none");
  }

  private static Message gone(Look look, Reading.CtLookup lookup) {
    Optional<SideRecord.Turn> lost = look.lost(lookup);
    if (lost.isEmpty()) {
      return Message.of("aspect.ct.never");
    }
    SideRecord.Turn turn = lost.get();
    String at = Look.seconds(turn.sinceFirstNanos()).replaceFirst("\\.0+$", "");
    return switch (turn.fate()) {
      case COLLECTED -> Message.of("aspect.ct.expired", Look.ended(turn), at);
      case DELETED -> Message.of("aspect.ct.deleted-by", turn.packet());
      case CREATED -> Message.plain();
    };
  }

  /** What was left of the entry's lifetime when the packet found it. */
  private static Message left(Look look, MapKey.CtTuple hit) {
    for (PathEvent event : look.events()) {
      MapValue before =
          switch (event) {
            case PathEvent.LookedUp l when l.key().equals(hit) -> l.value();
            case PathEvent.Changed c when c.key().equals(hit) -> c.before();
            default -> null;
          };
      if (before instanceof MapValue.CtEntry entry) {
        long left = entry.lifetime() - look.nowNanos() / 1_000_000_000;
        return left >= 0 ? Message.of("aspect.ct.left", left) : Message.of("aspect.ct.past", -left);
      }
    }
    return Message.plain();
  }

  private static Message entry(Look look) {
    List<Message> parts = new ArrayList<>();
    Canon canon = look.canon();
    for (PathEvent event : look.events()) {
      if (event instanceof PathEvent.Changed c
          && c.map().role().conntrack()
          && canon.line(c) != null) {
        MapValue after = c.after();
        if (after instanceof MapValue.CtEntry e) {
          parts.add(
              Message.of(
                  c.before() == null ? "aspect.entry.made" : "aspect.entry.changed",
                  e.lifetime() - look.nowNanos() / 1_000_000_000,
                  e.bitNames().isEmpty() ? "" : ", " + String.join(", ", e.bitNames())));
        } else {
          parts.add(Message.of("aspect.entry.deleted"));
        }
      } else if (event instanceof PathEvent.Updated u
          && u.map().role().conntrack()
          && u.errno() != 0) {
        parts.add(Message.of("aspect.entry.refused", u.errno()));
      }
    }
    return orNone(parts, "aspect.entry.same");
  }

  static Message policy(Look look) {
    List<Message> parts = new ArrayList<>();
    CtStatus status = look.ct().isEmpty() ? null : look.ct().getLast().status();
    boolean ignored = status == CtStatus.REPLY || status == CtStatus.RELATED;
    for (Reading.PolicyDecision decision : look.policy()) {
      parts.add(decision(look, decision, ignored));
    }
    return orNone(parts, "aspect.policy.unasked");
  }

  static Message decision(Look look, Reading.PolicyDecision decision, boolean ignored) {
    MapKey.PolicyKey winner = decision.winner();
    if (ignored) {
      return Message.of("aspect.policy.ignored", winner == null ? "" : key(winner) + ", ");
    }
    if (winner != null) {
      return Message.plain(key(winner), ": ", result(look, winner));
    }
    String tried = decision.tried().stream().map(Aspects::key).collect(Collectors.joining(" "));
    return tried.isEmpty()
        ? Message.of("aspect.policy.no-lookup")
        : Message.of("aspect.policy.miss", tried);
  }

  /** What the winning entry says. */
  static Message result(Look look, MapKey.PolicyKey winner) {
    for (PathEvent event : look.events()) {
      @Nullable MapValue value =
          switch (event) {
            case PathEvent.LookedUp l when l.key().equals(winner) -> l.value();
            case PathEvent.Changed c when c.key().equals(winner) -> c.after();
            default -> null;
          };
      if (value instanceof MapValue.PolicyEntry p) {
        return p.deny()
            ? Message.of("aspect.deny")
            : p.proxyPort() > 0
                ? Message.of("aspect.proxy", p.proxyPort())
                : Message.of("aspect.allow");
      }
    }
    return Message.of("aspect.policy.hit");
  }

  static String key(MapKey.PolicyKey key) {
    return "{%s, %s, %s}"
        .formatted(
            key.identity() == 0 ? "any" : Long.toString(key.identity()),
            key.dport() == 0 ? "any" : Integer.toString(key.dport()),
            key.protocol() == 0 ? "any" : Protocols.name(key.protocol()).toLowerCase(Locale.ROOT));
  }

  private static Message path(Look look) {
    List<Message> parts = new ArrayList<>();
    for (PathEvent event : look.events()) {
      switch (event) {
        case PathEvent.Entered e -> parts.add(Message.plain(ProgramNames.function(e.program())));
        case PathEvent.TailCallMissed m -> parts.add(Message.of("aspect.path.missed", m.slot()));
        default -> {}
      }
    }
    return Message.joined(" → ", parts);
  }

  static Message rewriting(Look look) {
    List<Message> parts = new ArrayList<>();
    Canon canon = look.canon();
    for (PathEvent event : look.events()) {
      if ((event instanceof PathEvent.Rewritten || event instanceof PathEvent.ContextChanged)
          && canon.line(event) != null) {
        parts.add(EventText.message(event));
      }
    }
    return orNone(parts, "compare.nothing");
  }

  static Message verdict(Look look) {
    if (look.lane() == null) {
      return Message.of("not-run");
    }
    int code = look.lane().trace().returnCode();
    String name =
        switch (code) {
          case 0 -> "TC_ACT_OK";
          case 2 -> "TC_ACT_SHOT";
          case 7 -> "TC_ACT_REDIRECT";
          default -> "";
        };
    Reading.Reason reason = look.lane().reading().dropReason();
    @Nullable Message why =
        reason == null ? null : Message.of("aspect.reason", reason.text(), reason.code());
    Message returned = name.isEmpty() ? Message.of("aspect.raw", code) : Message.plain(name);
    Message end =
        switch (look.lane().trace().verdict()) {
          case Verdict.Dropped _ -> because(Message.of("verdict.dropped"), why);
          case Verdict.PassedUnpoliced _ -> because(Message.of("aspect.unpoliced"), why);
          case Verdict other -> EventText.outcome(other);
        };
    return Message.plain(
        returned,
        ", ",
        end,
        look.lane().reading().unheard() ? Message.of("aspect.unheard") : Message.plain());
  }

  private static Message because(Message end, @Nullable Message why) {
    return why == null ? end : Message.plain(end, " (", why, ")");
  }

  static Message notification(Look look) {
    List<Message> parts = new ArrayList<>();
    for (PathEvent event : look.events()) {
      if (event instanceof PathEvent.Notified(_, var n)) {
        switch (n) {
          case Notification.Drop d ->
              parts.add(Message.of("aspect.sent.drop", DropReason.describe(d.reason(), 0)));
          case Notification.Trace t -> parts.add(trace(t));
          case Notification.PolicyVerdict p ->
              parts.add(Message.of(p.verdict() < 0 ? "aspect.sent.deny" : "aspect.sent.allow"));
          case Notification.Debug _, Notification.DebugCapture _ -> {}
          case Notification.Signal s -> parts.add(Message.plain(MonitorText.line(s)));
          case Notification.Unknown u -> parts.add(Message.plain(MonitorText.line(u)));
        }
      }
    }
    return orNone(parts, "aspect.none");
  }

  private static Message trace(Notification.Trace trace) {
    String point =
        ObservationPoint.ofCode(trace.point())
            .map(ObservationPoint::text)
            .orElse("point " + trace.point());
    return Message.of(
        "aspect.sent.trace",
        point,
        CtStatus.ofCode(trace.reason() & 0x7f).map(s -> " (" + s.label() + ")").orElse(""));
  }

  private static Message metrics(Look look) {
    List<Message> parts = new ArrayList<>();
    for (PathEvent event : look.events()) {
      if (event instanceof PathEvent.Changed c && c.map().role() == MapRole.METRICS) {
        parts.add(Message.plain(EventText.key(c.key()), " +1"));
      }
    }
    return orNone(parts, "aspect.uncounted");
  }
}
