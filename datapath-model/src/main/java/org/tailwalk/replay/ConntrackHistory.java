// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

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
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.Step;
import org.tailwalk.packet.FlowKey;
import org.tailwalk.packet.Protocols;

/**
 * The lives of the conntrack entries of one lane, gathered while a capture is replayed. One thread
 * may add while others read: what is handed out does not change any more.
 */
public final class ConntrackHistory {
  private record Entry(MapRef map, MapKey.CtTuple tuple) {}

  private final boolean kernelLane;
  private final Map<Entry, List<CtLife.Version>> versions = new LinkedHashMap<>();
  private final Map<FlowKey, List<Entry>> byFlow = new LinkedHashMap<>();

  /** Of the kernel lane, or of the model's. */
  public ConntrackHistory(boolean kernelLane) {
    this.kernelLane = kernelLane;
  }

  /** Takes in the next packet, in capture order. */
  public synchronized void add(PacketReplay packet) {
    LaneTrace lane = kernelLane ? packet.kernel() : packet.model();
    if (lane == null || !(packet.placement() instanceof Placement.Run run)) {
      return;
    }
    long now = run.injection().timeNanos();
    List<Sweep> after = new ArrayList<>();
    for (Sweep sweep : lane.sweeps()) {
      if (sweep.cause() == Sweep.Cause.SIGNAL) {
        after.add(sweep);
      } else {
        collected(packet.number(), sweep);
      }
    }
    for (AlignedStep row : packet.rows()) {
      Step step = kernelLane ? row.kernel() : row.model();
      if (step != null
          && step.event() instanceof PathEvent.Changed changed
          && changed.map().role().conntrack()
          && changed.key() instanceof MapKey.CtTuple tuple) {
        MapValue.CtEntry before = entry(changed.before());
        MapValue.CtEntry changedTo = entry(changed.after());
        CtLife.Kind kind =
            changedTo == null
                ? CtLife.Kind.DELETED
                : before == null ? CtLife.Kind.CREATED : CtLife.Kind.CHANGED;
        put(
            new Entry(changed.map(), tuple),
            new CtLife.Version(packet.number(), row.index(), now, kind, before, changedTo));
      }
    }
    after.forEach(sweep -> collected(packet.number(), sweep));
  }

  private static MapValue.@Nullable CtEntry entry(@Nullable MapValue value) {
    return value instanceof MapValue.CtEntry entry ? entry : null;
  }

  private void collected(long packet, Sweep sweep) {
    for (Sweep.Collected taken : sweep.deleted()) {
      put(
          new Entry(taken.map(), taken.tuple()),
          new CtLife.Version(
              packet, 0, sweep.firstNanos(), CtLife.Kind.COLLECTED, taken.entry(), null));
    }
  }

  private void put(Entry entry, CtLife.Version version) {
    List<CtLife.Version> list = versions.get(entry);
    if (list == null) {
      list = new ArrayList<>();
      versions.put(entry, list);
      byFlow.computeIfAbsent(flow(entry.tuple()), _ -> new ArrayList<>()).add(entry);
    }
    list.add(version);
  }

  /** The flow of an entry; a related entry's is that of its two addresses. */
  static FlowKey flow(MapKey.CtTuple t) {
    boolean icmp = t.nexthdr() == Protocols.ICMP || t.nexthdr() == Protocols.ICMPV6;
    if (icmp) {
      int id = Math.max(t.dport(), t.sport());
      return new FlowKey(t.daddr(), id, t.saddr(), id, t.nexthdr());
    }
    return new FlowKey(t.daddr(), t.sport(), t.saddr(), t.dport(), t.nexthdr());
  }

  /** One entry's life. */
  public synchronized Optional<CtLife> life(MapRef map, MapKey.CtTuple tuple) {
    return Optional.ofNullable(versions.get(new Entry(map, tuple)))
        .map(list -> new CtLife(map, tuple, list));
  }

  /**
   * The entries of a flow: its own first (created on egress before ingress), then the related entry
   * of its addresses.
   */
  public synchronized List<CtLife> of(FlowKey flow) {
    List<CtLife> lives = new ArrayList<>();
    byFlow.getOrDefault(flow, List.of()).stream()
        .sorted(Comparator.comparingInt((Entry e) -> e.tuple().flags()))
        .forEach(
            e -> lives.add(new CtLife(e.map(), e.tuple(), versions.getOrDefault(e, List.of()))));
    int related = flow.a().v6() ? Protocols.ICMPV6 : Protocols.ICMP;
    FlowKey errors = new FlowKey(flow.a(), 0, flow.b(), 0, related);
    if (!errors.equals(flow)) {
      byFlow.getOrDefault(errors, List.of()).stream()
          .filter(e -> (e.tuple().flags() & MapKey.CtTuple.RELATED) != 0)
          .forEach(
              e -> lives.add(new CtLife(e.map(), e.tuple(), versions.getOrDefault(e, List.of()))));
    }
    return List.copyOf(lives);
  }

  /** How many entries there were so far. */
  public synchronized int size() {
    return versions.size();
  }
}
