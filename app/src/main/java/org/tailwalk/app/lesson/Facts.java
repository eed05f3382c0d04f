// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tailwalk.engine.Sweep;
import org.tailwalk.event.Field;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.Step;
import org.tailwalk.event.Verdict;
import org.tailwalk.replay.EventText;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.ProgramNames;
import org.tailwalk.replay.Reading;

/**
 * What a check can look at in a packet of one lane. A value may have several spellings (a drop
 * reason its number and its name); a check holds when one of them fits.
 */
final class Facts {
  /** What may stand alone. */
  private static final Set<String> WORDS =
      new TreeSet<>(
          Set.of(
              "verdict",
              "return",
              "reason",
              "notified",
              "counted",
              "unheard",
              "ct",
              "ct.count",
              "ct.writes",
              "ct.writes.tcp",
              "ct.writes.any",
              "policy",
              "policy.count",
              "programs",
              "program.first",
              "program.last",
              "tailcalls",
              "missed",
              "events",
              "redirect",
              "divergence",
              "divergence.step",
              "collected",
              "sweeps",
              "placement",
              "time",
              "rewritten"));

  /** What is followed by a dot and a field. */
  private static final Set<String> GROUPS =
      new TreeSet<>(
          Set.of(
              "entry",
              "policy",
              "drop",
              "trace",
              "debug",
              "policy_verdict",
              "rewrite",
              "context",
              "events",
              "ct"));

  private static final Set<String> OF_CAPTURE =
      new TreeSet<>(
          Set.of("packets", "run", "unheard", "diverging", "duplicates", "collected", "dropped"));

  private Facts() {}

  /** Whether a path can be looked at. */
  static boolean known(String path, boolean capture) {
    if (capture) {
      return OF_CAPTURE.contains(path) || path.startsWith("verdict.");
    }
    int dot = path.indexOf('.');
    return WORDS.contains(path)
        || path.matches("(ct|policy)\\[\\d{1,2}](\\.\\w+)?")
        || dot > 0 && GROUPS.contains(path.substring(0, dot)) && dot < path.length() - 1;
  }

  /** What to say of a path that can't be looked at. */
  static String unknown(String path, boolean capture) {
    return capture
        ? "unknown path \"%s\"; of a capture there are %s, verdict.WORD"
            .formatted(path, String.join(", ", OF_CAPTURE))
        : "unknown path \"%s\"; there are %s, and with a field behind a dot %s"
            .formatted(path, String.join(", ", WORDS), String.join(", ", GROUPS));
  }

  /** Every spelling of a value; empty when the packet has no such thing. */
  static List<String> of(String path, PacketReplay packet, LaneTrace lane, EntryFacts entries) {
    Reading reading = lane.reading();
    return switch (path) {
      case "verdict" -> List.of(reading.verdict().word());
      case "return" -> List.of(Integer.toString(reading.returnCode()));
      case "reason" -> reason(reading);
      case "notified" ->
          List.of(reading.notified() == null ? "none" : reading.notified().toString());
      case "counted" -> List.of(Boolean.toString(reading.metricCounted()));
      case "unheard" -> List.of(Boolean.toString(reading.unheard()));
      case "ct" -> List.of(reading.ctResult().map(Enum::name).orElse("none"));
      case "ct.count" -> List.of(Integer.toString(reading.ct().size()));
      case "ct.writes" -> List.of(count(lane, e -> wrote(e, "")));
      case "ct.writes.tcp" -> List.of(count(lane, e -> wrote(e, "ct_tcp")));
      case "ct.writes.any" -> List.of(count(lane, e -> wrote(e, "ct_any")));
      case "policy.count" -> List.of(Integer.toString(reading.policy().size()));
      case "policy" -> policy(reading.policy().isEmpty() ? null : reading.policy().getLast(), "");
      case "programs" -> List.of(String.join(" ", programs(lane)));
      case "program.first" -> programs(lane).stream().limit(1).toList();
      case "program.last" -> programs(lane).stream().reduce((_, b) -> b).stream().toList();
      case "tailcalls" -> List.of(count(lane, e -> e instanceof PathEvent.TailCallTaken));
      case "missed" -> List.of(count(lane, e -> e instanceof PathEvent.TailCallMissed));
      case "events" -> List.of(count(lane, e -> e instanceof PathEvent.Notified));
      case "redirect" ->
          reading.verdict() instanceof Verdict.Redirected(long ifindex, _)
              ? List.of(Long.toString(ifindex))
              : List.of("none");
      case "divergence" ->
          List.of(packet.divergence() == null ? "none" : packet.divergence().code());
      case "divergence.step" ->
          packet.divergence() == null
              ? List.of()
              : List.of(Integer.toString(packet.divergence().step()));
      case "collected" ->
          List.of(Integer.toString(lane.sweeps().stream().mapToInt(s -> s.deleted().size()).sum()));
      case "sweeps" -> List.of(Long.toString(lane.sweeps().stream().mapToLong(Sweep::count).sum()));
      case "placement" -> List.of(packet.placement().getClass().getSimpleName());
      case "time" -> List.of(Long.toString(entries.secondsSinceStart(packet)));
      case "rewritten" ->
          List.of(
              events(lane, PathEvent.Rewritten.class).stream()
                  .map(PathEvent.Rewritten::field)
                  .reduce((a, b) -> a + " " + b)
                  .orElse("none"));
      default -> fielded(path, packet, lane, entries);
    };
  }

  private static List<String> fielded(
      String path, PacketReplay packet, LaneTrace lane, EntryFacts entries) {
    if (path.startsWith("ct[") || path.startsWith("policy[")) {
      return indexed(path, lane.reading());
    }
    int dot = path.indexOf('.');
    String group = path.substring(0, dot);
    String field = path.substring(dot + 1);
    return switch (group) {
      case "entry" -> entries.of(field, packet, lane);
      case "policy" ->
          policy(
              lane.reading().policy().isEmpty() ? null : lane.reading().policy().getLast(), field);
      case "ct" -> ct(lane.reading().ct().isEmpty() ? null : lane.reading().ct().getLast(), field);
      case "drop" -> notification(lane, Notification.Drop.class, field);
      case "trace" -> notification(lane, Notification.Trace.class, field);
      case "debug" -> notification(lane, Notification.Debug.class, field);
      case "policy_verdict" -> notification(lane, Notification.PolicyVerdict.class, field);
      case "events" -> List.of(count(lane, e -> named(e, field)));
      case "rewrite" ->
          events(lane, PathEvent.Rewritten.class).stream()
              .filter(r -> r.field().equals(field))
              .map(r -> r.after().hex())
              .toList();
      case "context" ->
          events(lane, PathEvent.ContextChanged.class).stream()
              .filter(c -> c.field().equals(field))
              .flatMap(c ->
                  List.of("0x" + Long.toHexString(c.after()), Long.toString(c.after())).stream())
              .toList();
      default -> List.of();
    };
  }

  private static List<String> indexed(String path, Reading reading) {
    int open = path.indexOf('[');
    int close = path.indexOf(']');
    int index = Integer.parseInt(path.substring(open + 1, close)) - 1;
    String field = close + 1 < path.length() ? path.substring(close + 2) : "";
    if (path.startsWith("ct")) {
      boolean there = index >= 0 && index < reading.ct().size();
      return ct(there ? reading.ct().get(index) : null, field);
    }
    boolean there = index >= 0 && index < reading.policy().size();
    return policy(there ? reading.policy().get(index) : null, field);
  }

  private static List<String> ct(Reading.@Nullable CtLookup lookup, String field) {
    if (lookup == null) {
      return List.of("none");
    }
    return switch (field) {
      case "", "status" -> List.of(lookup.status() == null ? "unknown" : lookup.status().name());
      case "endpoint" -> List.of(Integer.toString(lookup.endpoint()));
      case "direction" -> List.of(lookup.direction().label());
      case "map" -> List.of(lookup.map().name().toLowerCase(Locale.ROOT));
      case "hit" -> List.of(Boolean.toString(lookup.found() != null));
      case "flags" ->
          List.of(lookup.found() == null ? "none" : Integer.toString(lookup.found().flags()));
      default -> List.of();
    };
  }

  private static List<String> policy(Reading.@Nullable PolicyDecision decision, String field) {
    if (decision == null) {
      return List.of("none");
    }
    return switch (field) {
      case "", "winner" ->
          decision.winner() == null ? List.of("none") : List.of(EventText.key(decision.winner()));
      case "match" -> List.of(decision.match().name());
      case "tried" -> List.of(Integer.toString(decision.tried().size()));
      case "verdict" ->
          List.of(decision.verdict() == null ? "none" : decision.verdict().toString());
      case "direction" -> List.of(decision.direction().label());
      case "endpoint" -> List.of(Integer.toString(decision.endpoint()));
      default -> List.of();
    };
  }

  private static List<String> reason(Reading reading) {
    Reading.Reason reason = reading.dropReason();
    return reason == null
        ? List.of("none")
        : List.of(Integer.toString(reason.code()), reason.name(), reason.text());
  }

  private static boolean wrote(PathEvent event, String map) {
    return event instanceof PathEvent.Updated updated
        && updated.errno() == 0
        && updated.map().role().conntrack()
        && updated.map().role().name().toLowerCase(Locale.ROOT).startsWith(map);
  }

  private static boolean named(PathEvent event, String kind) {
    return event instanceof PathEvent.Notified(_, Notification sent)
        && switch (sent) {
          case Notification.Drop _ -> kind.equals("drop");
          case Notification.Trace _ -> kind.equals("trace");
          case Notification.PolicyVerdict _ -> kind.equals("policy_verdict");
          case Notification.Debug _ -> kind.equals("debug");
          case Notification.DebugCapture _ -> kind.equals("debug_capture");
          case Notification.Signal _ -> kind.equals("signal");
          case Notification.Unknown _ -> kind.equals("unknown");
        };
  }

  /** A field of the last notification of a kind. */
  private static List<String> notification(
      LaneTrace lane, Class<? extends Notification> kind, String field) {
    Optional<Notification> last =
        events(lane, PathEvent.Notified.class).stream()
            .map(PathEvent.Notified::notification)
            .filter(kind::isInstance)
            .reduce((_, b) -> b);
    if (last.isEmpty()) {
      return List.of("none");
    }
    return last.get().fields().stream()
        .filter(f -> f.name().equals(field))
        .map(Field::text)
        .toList();
  }

  /** The functions that ran, in order. */
  static List<String> programs(LaneTrace lane) {
    return events(lane, PathEvent.Entered.class).stream()
        .map(e -> ProgramNames.function(e.program()))
        .toList();
  }

  private static String count(
      LaneTrace lane, java.util.function.Predicate<? super PathEvent> which) {
    return Long.toString(lane.trace().steps().stream().map(Step::event).filter(which).count());
  }

  private static <E extends PathEvent> List<E> events(LaneTrace lane, Class<E> kind) {
    List<E> found = new ArrayList<>();
    for (Step step : lane.trace().steps()) {
      if (kind.isInstance(step.event())) {
        found.add(kind.cast(step.event()));
      }
    }
    return found;
  }

  /** The lines of a lane's steps. */
  static List<String> lines(LaneTrace lane) {
    return lane.trace().steps().stream()
        .map(s -> StepPointer.plain(EventText.line(s.event())))
        .toList();
  }
}
