// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapValue;
import org.tailwalk.packet.FlowKey;
import org.tailwalk.packet.Protocols;
import org.tailwalk.replay.CtLife;

/** The lives of the conntrack entries of one lane, by entry and by flow. May be used by several. */
public final class ConntrackHistory {
  private static final int MOST_VERSIONS = 100_000;

  private record Entry(MapRef map, MapKey.CtTuple tuple) {}

  private final MapHistory maps;
  private final Map<FlowKey, List<Entry>> byFlow = new LinkedHashMap<>();
  private int known;

  /** What a lane's maps tell of conntrack; follows them as they grow. */
  public ConntrackHistory(MapHistory maps) {
    this.maps = maps;
  }

  /** The flow of an entry; a related entry's is that of its two addresses. */
  public static FlowKey flow(MapKey.CtTuple t) {
    boolean icmp = t.nexthdr() == Protocols.ICMP || t.nexthdr() == Protocols.ICMPV6;
    if (icmp) {
      int id = Math.max(t.dport(), t.sport());
      return new FlowKey(t.daddr(), id, t.saddr(), id, t.nexthdr());
    }
    return new FlowKey(t.daddr(), t.sport(), t.saddr(), t.dport(), t.nexthdr());
  }

  /** One entry's life. */
  public Optional<CtLife> life(MapRef map, MapKey.CtTuple tuple) {
    List<CtLife.Version> versions = new ArrayList<>();
    for (Write write : maps.life(map, tuple, Moment.after(Long.MAX_VALUE), MOST_VERSIONS)) {
      versions.add(version(write));
    }
    return versions.isEmpty() ? Optional.empty() : Optional.of(new CtLife(map, tuple, versions));
  }

  /** A write to a conntrack entry as a version of its life. */
  public static CtLife.Version version(Write write) {
    MapValue.CtEntry before = entry(write.before());
    MapValue.CtEntry after = entry(write.after());
    return switch (write.writer()) {
      case Write.Writer.ControlPlane _ ->
          new CtLife.Version(0, 0, 0, CtLife.Kind.CREATED, before, after);
      case Write.Writer.Collector c ->
          new CtLife.Version(
              c.nextPacket(), 0, c.timeNanos(), CtLife.Kind.COLLECTED, before, after);
      case Write.Writer.ByPacket by -> {
        CtLife.Kind kind =
            switch (write.kind()) {
              case CREATED -> CtLife.Kind.CREATED;
              case CHANGED -> CtLife.Kind.CHANGED;
              case DELETED -> CtLife.Kind.DELETED;
            };
        yield new CtLife.Version(by.packet(), by.step(), by.timeNanos(), kind, before, after);
      }
    };
  }

  private static MapValue.@Nullable CtEntry entry(@Nullable MapValue value) {
    return value instanceof MapValue.CtEntry entry ? entry : null;
  }

  /**
   * The entries of a flow: its own first (created on egress before ingress), then the related entry
   * of its addresses.
   */
  public List<CtLife> of(FlowKey flow) {
    List<CtLife> lives = new ArrayList<>();
    entries(flow).stream()
        .sorted(Comparator.comparingInt((Entry e) -> e.tuple().flags()))
        .forEach(e -> life(e.map(), e.tuple()).ifPresent(lives::add));
    int related = flow.a().v6() ? Protocols.ICMPV6 : Protocols.ICMP;
    FlowKey errors = new FlowKey(flow.a(), 0, flow.b(), 0, related);
    if (!errors.equals(flow)) {
      entries(errors).stream()
          .filter(e -> (e.tuple().flags() & MapKey.CtTuple.RELATED) != 0)
          .forEach(e -> life(e.map(), e.tuple()).ifPresent(lives::add));
    }
    return List.copyOf(lives);
  }

  private synchronized List<Entry> entries(FlowKey flow) {
    learn();
    return List.copyOf(byFlow.getOrDefault(flow, List.of()));
  }

  private void learn() {
    if (maps.size() == known) {
      return;
    }
    known = maps.size();
    byFlow.clear();
    for (MapRef map : maps.maps()) {
      if (map.role().conntrack()) {
        for (MapKey key : maps.keys(map)) {
          if (key instanceof MapKey.CtTuple tuple) {
            byFlow.computeIfAbsent(flow(tuple), _ -> new ArrayList<>()).add(new Entry(map, tuple));
          }
        }
      }
    }
  }

  /** How many entries there were so far. */
  public synchronized int size() {
    learn();
    return byFlow.values().stream().mapToInt(List::size).sum();
  }
}
