// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.Field;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.Step;
import org.tailwalk.replay.CtLife;
import org.tailwalk.replay.CtState;
import org.tailwalk.replay.EventText;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.replay.Reading;
import org.tailwalk.replay.history.ConntrackHistory;

/**
 * The conntrack entries that a packet found, wrote or made, as they are after it: {@code
 * entry.lifetime}, {@code entry.egress.rx_closing}, {@code entry.left}, {@code entry.before.state}.
 */
final class EntryFacts {
  private static final long SECOND = 1_000_000_000L;

  private final ConntrackHistory history;
  private final long firstNanos;

  /** Of one lane. */
  EntryFacts(ConntrackHistory history, long firstNanos) {
    this.history = history;
    this.firstNanos = firstNanos;
  }

  private record Touched(MapRef map, MapKey.CtTuple tuple) {}

  long secondsSinceStart(PacketReplay packet) {
    return (packet.frame().timeNanos() - firstNanos) / SECOND;
  }

  /** The value of a field, with a side, {@code before} or both in front of it if need be. */
  List<String> of(String path, PacketReplay packet, LaneTrace lane) {
    String field = path;
    String side = "";
    boolean before = false;
    for (int dot = field.indexOf('.'); dot > 0; dot = field.indexOf('.')) {
      String word = field.substring(0, dot);
      if (word.equals("before")) {
        before = true;
      } else {
        side = word;
      }
      field = field.substring(dot + 1);
    }
    Touched entry = entry(side, lane);
    if (entry == null) {
      return List.of("none");
    }
    Optional<CtLife> life = history.life(entry.map, entry.tuple);
    if (life.isEmpty() || !(packet.placement() instanceof Placement.Run run)) {
      return List.of("none");
    }
    long at = before ? packet.number() - 1 : packet.number();
    long now = run.injection().timeNanos();
    MapValue.CtEntry value = life.get().at(at).map(CtLife.Version::after).orElse(null);
    return switch (field) {
      case "key" -> List.of(EventText.key(entry.tuple));
      case "map" -> List.of(entry.map.toString());
      case "created" ->
          List.of(
              Boolean.toString(
                  life.get().versions().stream()
                      .anyMatch(
                          v -> v.packet() == packet.number() && v.kind() == CtLife.Kind.CREATED)));
      case "state" -> state(CtState.of(entry.tuple, value, now / SECOND));
      case "expired" ->
          List.of(Boolean.toString(CtState.of(entry.tuple, value, now / SECOND).expired()));
      case "left" ->
          value == null ? List.of("none") : List.of(Long.toString(value.lifetime() - now / SECOND));
      default -> field(value, field);
    };
  }

  private static List<String> state(CtState state) {
    return List.of(state.text().replaceAll(",.*", ""), state.phase().name(), state.text());
  }

  private static List<String> field(MapValue.@Nullable CtEntry value, String name) {
    if (value == null) {
      return List.of("none");
    }
    for (Field field : value.fields()) {
      if (field.name().equals(name)) {
        String text = field.text();
        // Flags are shown as "0x12 SYN ACK"; the number alone will do as well.
        int blank = text.indexOf(' ');
        return blank < 0 ? List.of(text) : List.of(text, text.substring(0, blank));
      }
    }
    return List.of();
  }

  /**
   * The entry of a side; without one that of the last lookup but for the service's, found or made.
   */
  private static @Nullable Touched entry(String side, LaneTrace lane) {
    List<Touched> touched = touched(lane);
    if (side.isEmpty()) {
      Touched found = null;
      for (Reading.CtLookup lookup : lane.reading().ct()) {
        if (lookup.direction() != Reading.Direction.SERVICE && lookup.found() != null) {
          found = new Touched(MapRef.shared(lookup.map()), lookup.found());
        }
      }
      if (found != null) {
        return own(touched, found);
      }
      for (Touched each : touched) {
        if ((each.tuple.flags() & ~MapKey.CtTuple.IN) == 0) {
          found = each;
        }
      }
      return found;
    }
    int flags =
        switch (side.toLowerCase(Locale.ROOT)) {
          case "egress" -> 0;
          case "ingress" -> MapKey.CtTuple.IN;
          case "related" -> MapKey.CtTuple.RELATED;
          case "service" -> MapKey.CtTuple.SERVICE;
          default -> -1;
        };
    for (Touched each : touched) {
      if (each.tuple.flags() == flags) {
        return each;
      }
    }
    return null;
  }

  /** The map as it was touched: an endpoint may have conntrack maps of its own. */
  private static Touched own(List<Touched> touched, Touched found) {
    return touched.stream()
        .filter(t -> t.tuple.equals(found.tuple) && t.map.role() == found.map.role())
        .findFirst()
        .orElse(found);
  }

  private static List<Touched> touched(LaneTrace lane) {
    List<Touched> touched = new ArrayList<>();
    for (Step step : lane.trace().steps()) {
      if (step.event() instanceof PathEvent.MapEvent event
          && event.map().role().conntrack()
          && event.key() instanceof MapKey.CtTuple tuple) {
        boolean there =
            switch (event) {
              case PathEvent.LookedUp looked -> looked.hit();
              case PathEvent.Updated updated -> updated.errno() == 0;
              case PathEvent.Changed _, PathEvent.Deleted _ -> true;
            };
        Touched entry = new Touched(event.map(), tuple);
        if (there && !touched.contains(entry)) {
          touched.add(entry);
        }
      }
    }
    return touched;
  }
}
