// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.why;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapValue;
import org.tailwalk.replay.history.MapHistory;
import org.tailwalk.replay.history.Moment;
import org.tailwalk.replay.history.Write;

/**
 * The conntrack entry that comes nearest to a lookup that found none.
 *
 * @param value as the packet found it; null when it had been taken by then
 * @param words why it did not match
 */
record NearestConntrack(
    MapRef map, MapKey.CtTuple key, MapValue.@Nullable CtEntry value, String words) {
  /**
   * Finds it: an entry of exactly these keys that was taken; one of the same flow for the other
   * direction; one that differs in a single address or port.
   */
  static Optional<NearestConntrack> of(
      MapHistory maps, long packet, MapRef map, MapKey.CtTuple first) {
    Moment found = Moment.found(packet);
    for (MapKey.CtTuple tried : List.of(first, first.reversed())) {
      Write last = maps.last(map, tried, found).orElse(null);
      if (last != null && last.after() == null) {
        return Optional.of(
            new NearestConntrack(
                map, tried, null, "%s, %s".formatted(gone(last), Words.flow(tried))));
      }
    }
    Map<MapKey, MapValue> live = new LinkedHashMap<>();
    maps.entries(map, found).forEach(e -> live.put(e.key(), e.value()));
    for (MapKey.CtTuple tried : List.of(first, first.reversed())) {
      MapKey.CtTuple other = withFlags(tried, tried.flags() ^ MapKey.CtTuple.IN);
      if (live.get(other) instanceof MapValue.CtEntry entry) {
        return Optional.of(
            new NearestConntrack(
                map,
                other,
                entry,
                "%s is there, made for the other direction: its flag does not match"
                    .formatted(Words.flow(other))));
      }
    }
    for (Map.Entry<MapKey, MapValue> each : live.entrySet()) {
      if (each.getKey() instanceof MapKey.CtTuple key
          && each.getValue() instanceof MapValue.CtEntry entry) {
        for (MapKey.CtTuple tried : List.of(first, first.reversed())) {
          List<String> differences = differences(tried, key);
          if (differences.size() == 1) {
            return Optional.of(
                new NearestConntrack(
                    map, key, entry, Words.flow(key) + ": " + differences.getFirst()));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static String gone(Write last) {
    String who =
        last.writer() instanceof Write.Writer.Collector
            ? "taken by " + last.writer().text()
            : "deleted by " + last.writer().text();
    return last.before() instanceof MapValue.CtEntry entry
        ? who + ", its lifetime had ended at " + entry.lifetime()
        : who;
  }

  private static MapKey.CtTuple withFlags(MapKey.CtTuple t, int flags) {
    return new MapKey.CtTuple(t.daddr(), t.saddr(), t.dport(), t.sport(), t.nexthdr(), flags);
  }

  private static List<String> differences(MapKey.CtTuple wanted, MapKey.CtTuple given) {
    List<String> found = new ArrayList<>();
    if (wanted.nexthdr() != given.nexthdr() || wanted.flags() != given.flags()) {
      return found;
    }
    differ("address", wanted.daddr(), given.daddr(), found);
    differ("address", wanted.saddr(), given.saddr(), found);
    differ("port", wanted.sport(), given.sport(), found);
    differ("port", wanted.dport(), given.dport(), found);
    return found;
  }

  private static void differ(String what, Object wanted, Object given, List<String> found) {
    if (!wanted.equals(given)) {
      found.add("%s %s, the packet has %s".formatted(what, given, wanted));
    }
  }
}
