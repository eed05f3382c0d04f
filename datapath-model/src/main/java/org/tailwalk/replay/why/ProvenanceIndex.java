// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.why;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tailwalk.controlplane.NodeCompiler;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.Step;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.MapOp;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.replay.Sweep;
import org.tailwalk.scenario.Scenario;

/**
 * Who wrote each map entry of one lane: the control plane at start, a packet, or the collector.
 * Counters (metrics, policy counters) and hand-over buffers are left out, as every packet writes
 * them. One thread may add while others read.
 */
public final class ProvenanceIndex {
  private final boolean kernelLane;
  private final Map<MapRef, Map<MapKey, List<Write>>> writes = new LinkedHashMap<>();

  /** Of the kernel lane, or of the model's; with what the control plane wrote at start. */
  public ProvenanceIndex(Scenario scenario, boolean kernelLane) {
    this.kernelLane = kernelLane;
    var config = kernelLane ? scenario.kernelConfig() : scenario.modelConfig();
    for (MapOp op : NodeCompiler.compile(scenario, config).state()) {
      if (op instanceof MapOp.Put(MapRef map, MapKey key, MapValue value)) {
        put(map, key, new Write(new Write.Writer.ControlPlane(), Write.Kind.CREATED, value));
      }
    }
  }

  /** Whether this is the kernel lane's. */
  public boolean kernelLane() {
    return kernelLane;
  }

  /** Takes in the next packet, in capture order. */
  public synchronized void add(PacketReplay packet) {
    LaneTrace lane = kernelLane ? packet.kernel() : packet.model();
    if (lane == null || !(packet.placement() instanceof Placement.Run run)) {
      return;
    }
    sweeps(packet.number(), lane, false);
    for (AlignedStep row : packet.rows()) {
      Step step = kernelLane ? row.kernel() : row.model();
      if (step != null
          && step.event() instanceof PathEvent.Changed changed
          && remembered(changed.map().role())) {
        MapValue after = changed.after();
        Write.Kind kind =
            after == null
                ? Write.Kind.DELETED
                : changed.before() == null ? Write.Kind.CREATED : Write.Kind.CHANGED;
        Write.Writer writer =
            new Write.Writer.ByPacket(packet.number(), row.index(), run.injection().timeNanos());
        put(changed.map(), changed.key(), new Write(writer, kind, after));
      }
    }
    sweeps(packet.number(), lane, true);
  }

  private void sweeps(long packet, LaneTrace lane, boolean signalled) {
    for (Sweep sweep : lane.sweeps()) {
      if ((sweep.cause() == Sweep.Cause.SIGNAL) == signalled) {
        Write.Writer writer = new Write.Writer.Collector(packet, signalled, sweep.firstNanos());
        for (Sweep.Collected taken : sweep.deleted()) {
          put(taken.map(), taken.tuple(), new Write(writer, Write.Kind.DELETED, null));
        }
      }
    }
  }

  private static boolean remembered(MapRole role) {
    return switch (role) {
      case METRICS, POLICY, CT_BUFFER4, CT_BUFFER6, EVENTS, SIGNALS -> false;
      default -> true;
    };
  }

  private void put(MapRef map, MapKey key, Write write) {
    writes
        .computeIfAbsent(map, _ -> new LinkedHashMap<>())
        .computeIfAbsent(key, _ -> new ArrayList<>(2))
        .add(write);
  }

  /** All that happened to an entry before a packet, oldest first; empty when it never was. */
  public synchronized List<Write> before(long packet, MapRef map, MapKey key) {
    return writes.getOrDefault(map, Map.of()).getOrDefault(key, List.of()).stream()
        .filter(w -> w.writer().before(packet))
        .toList();
  }

  /** The entry as a packet found it; empty when there was none. */
  public Optional<MapValue> value(long packet, MapRef map, MapKey key) {
    List<Write> all = before(packet, map, key);
    return all.isEmpty() ? Optional.empty() : Optional.ofNullable(all.getLast().after());
  }

  /** The entries of a map as a packet found them; policy entries without their counters. */
  public synchronized Map<MapKey, MapValue> entries(long packet, MapRef map) {
    Map<MapKey, MapValue> live = new LinkedHashMap<>();
    for (MapKey key : writes.getOrDefault(map, Map.of()).keySet()) {
      value(packet, map, key).ifPresent(v -> live.put(key, v));
    }
    return live;
  }

  /** Who made the entry that a packet found, or would have found had it not been taken. */
  public Optional<Write> creation(long packet, MapRef map, MapKey key) {
    return before(packet, map, key).reversed().stream()
        .filter(w -> w.kind() == Write.Kind.CREATED)
        .findFirst();
  }
}
