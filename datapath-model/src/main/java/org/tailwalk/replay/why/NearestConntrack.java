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
import org.tailwalk.text.Message;

/**
 * The conntrack entry that comes nearest to a lookup that found none.
 *
 * @param value as the packet found it; null when it had been taken by then
 * @param words why it did not match
 */
record NearestConntrack(
    MapRef map, MapKey.CtTuple key, MapValue.@Nullable CtEntry value, Message words) {
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
                map, tried, null, Message.plain(gone(last), ", ", Words.flow(tried))));
      }
    }
    Map<MapKey, MapValue> live = new LinkedHashMap<>();
    maps.entries(map, found).forEach(e -> live.put(e.key(), e.value()));
    for (MapKey.CtTuple tried : List.of(first, first.reversed())) {
      MapKey.CtTuple other = withFlags(tried, tried.flags() ^ MapKey.CtTuple.IN);
      if (live.get(other) instanceof MapValue.CtEntry entry) {
        return Optional.of(
            new NearestConntrack(
                map, other, entry, Message.of("why.ct.other-way", Words.flow(other))));
      }
    }
    for (Map.Entry<MapKey, MapValue> each : live.entrySet()) {
      if (each.getKey() instanceof MapKey.CtTuple key
          && each.getValue() instanceof MapValue.CtEntry entry) {
        for (MapKey.CtTuple tried : List.of(first, first.reversed())) {
          List<Message> differences = differences(tried, key);
          if (differences.size() == 1) {
            return Optional.of(
                new NearestConntrack(
                    map, key, entry, Message.plain(Words.flow(key), ": ", differences.getFirst())));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Message gone(Write last) {
    Message who =
        Message.of(
            last.writer() instanceof Write.Writer.Collector ? "why.ct.taken" : "why.ct.deleted",
            last.writer().message());
    return last.before() instanceof MapValue.CtEntry entry
        ? Message.of("why.ct.ended", who, entry.lifetime())
        : who;
  }

  private static MapKey.CtTuple withFlags(MapKey.CtTuple t, int flags) {
    return new MapKey.CtTuple(t.daddr(), t.saddr(), t.dport(), t.sport(), t.nexthdr(), flags);
  }

  private static List<Message> differences(MapKey.CtTuple wanted, MapKey.CtTuple given) {
    List<Message> found = new ArrayList<>();
    if (wanted.nexthdr() != given.nexthdr() || wanted.flags() != given.flags()) {
      return found;
    }
    differ("why.near.address", wanted.daddr(), given.daddr(), found);
    differ("why.near.address", wanted.saddr(), given.saddr(), found);
    differ("why.near.port", wanted.sport(), given.sport(), found);
    differ("why.near.port", wanted.dport(), given.dport(), found);
    return found;
  }

  private static void differ(String key, Object wanted, Object given, List<Message> found) {
    if (!wanted.equals(given)) {
      found.add(Message.of(key, given, wanted));
    }
  }
}
