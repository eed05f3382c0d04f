// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailwalk.engine.MapEntry;
import org.tailwalk.engine.MapOp;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.engine.Sweep;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.Step;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;

/** Gathers the versions of one lane's entries, and the lookups that found them. For one thread. */
final class MapIndex {
  final VersionLog log = new VersionLog();
  final List<EntryLog> entries = new ArrayList<>();
  final Map<MapRef, Map<MapKey, EntryLog>> byMap = new LinkedHashMap<>();

  /** Versions before this one were there before the first packet. */
  int begun;

  /** How often an entry was found other than it was left. */
  long gaps;

  private final boolean kernelLane;
  private final Clock clock;
  private final PrefixMatch prefixes = new PrefixMatch(this::standing);
  private final List<SweepMark> sweeps = new ArrayList<>();

  /** Virtual time of a packet. */
  @FunctionalInterface
  interface Clock {
    long nanos(long packet);
  }

  /** From which version on the deletions are a sweep's. */
  private record SweepMark(int firstVersion, long timeNanos) {}

  MapIndex(boolean kernelLane, NodeSetup setup, Clock clock) {
    this.kernelLane = kernelLane;
    this.clock = clock;
    for (MapOp op : setup.state()) {
      if (op instanceof MapOp.Put(MapRef map, MapKey key, MapValue value)) {
        put(entry(map, key), 0, Moment.END, value);
      }
    }
    this.begun = log.size();
  }

  /**
   * Takes in what else a session has in its maps before the first packet: slots of arrays, what an
   * object brings along. Before the first {@link #add}.
   */
  void begin(ReplaySession session) throws ReplayException {
    for (MapRef map : List.copyOf(byMap.keySet())) {
      // The control plane writes what a build may not have: such writes are passed over.
      if (session.entries(map).isEmpty()) {
        byMap.remove(map);
      }
    }
    for (MapRef map : session.maps()) {
      byMap.computeIfAbsent(map, _ -> new LinkedHashMap<>());
      for (MapEntry each : session.entries(map)) {
        EntryLog entry = entry(map, each.key());
        if (entry.count() == 0) {
          put(entry, 0, Moment.END, each.value());
        }
      }
    }
    begun = log.size();
  }

  /** Takes in the next packet, in capture order. */
  void add(PacketReplay packet) {
    LaneTrace lane = kernelLane ? packet.kernel() : packet.model();
    if (lane == null || !(packet.placement() instanceof Placement.Run)) {
      return;
    }
    sweeps(packet.number(), lane, false);
    for (AlignedStep row : packet.rows()) {
      Step step = kernelLane ? row.kernel() : row.model();
      if (step == null) {
        continue;
      }
      switch (step.event()) {
        case PathEvent.Changed changed -> changed(packet.number(), row.index(), changed);
        case PathEvent.LookedUp look when look.hit() -> hit(packet.number(), row.index(), look);
        default -> {}
      }
    }
    sweeps(packet.number(), lane, true);
  }

  private void changed(long packet, int row, PathEvent.Changed changed) {
    EntryLog entry = entry(changed.map(), changed.key());
    MapValue before = changed.before();
    byte[] old = before == null ? null : before.toBytes().toArray();
    if (Arrays.hashCode(old) != entry.lastHash) {
      // Nobody told of it: an array's slot where no session was read at start, or a store that is
      // not traced. From here on it is right again.
      gaps += entry.count() == 0 ? 0 : 1;
      put(entry, packet, Math.min(row, Moment.END - 1), before);
    }
    MapValue after = changed.after();
    byte[] now = after == null ? null : after.toBytes().toArray();
    note(entry, after);
    log.add(entry, packet, Math.min(row, Moment.END - 1), old, now);
    prefixes.changed(entry);
  }

  private void hit(long packet, int row, PathEvent.LookedUp look) {
    if (look.map().role() == MapRole.METRICS) {
      return;
    }
    EntryLog entry = find(look.map(), look.key());
    if (look.map().role() == MapRole.IPCACHE && (entry == null || !standing(entry))) {
      entry = prefixes.longest(byMap.getOrDefault(look.map(), Map.of()).values(), look.key());
    }
    if (entry != null) {
      entry.hit(packet, Math.min(row, Moment.END - 1));
    }
  }

  private boolean standing(EntryLog entry) {
    return entry.count() > 0 && !log.gone(entry.version(entry.count() - 1));
  }

  private void sweeps(long packet, LaneTrace lane, boolean signalled) {
    for (Sweep sweep : lane.sweeps()) {
      if ((sweep.cause() == Sweep.Cause.SIGNAL) == signalled && !sweep.deleted().isEmpty()) {
        sweeps.add(new SweepMark(log.size(), sweep.firstNanos()));
        for (Sweep.Collected taken : sweep.deleted()) {
          EntryLog entry = entry(taken.map(), taken.tuple());
          put(entry, packet, signalled ? Moment.END : 0, null);
        }
      }
    }
  }

  /** A whole version, whatever came before. */
  private void put(EntryLog entry, long packet, int row, @Nullable MapValue value) {
    note(entry, value);
    log.add(entry, packet, row, null, value == null ? null : value.toBytes().toArray());
    prefixes.changed(entry);
  }

  private static void note(EntryLog entry, @Nullable MapValue value) {
    if (value instanceof MapValue.RawValue(var bytes) && !entry.raw) {
      entry.raw = !value.equals(entry.map.role().value(bytes));
    }
  }

  @Nullable EntryLog find(MapRef map, MapKey key) {
    return byMap.getOrDefault(map, Map.of()).get(key);
  }

  private EntryLog entry(MapRef map, MapKey key) {
    return byMap
        .computeIfAbsent(map, _ -> new LinkedHashMap<>())
        .computeIfAbsent(
            key,
            _ -> {
              EntryLog fresh = new EntryLog(entries.size(), map, key);
              entries.add(fresh);
              return fresh;
            });
  }

  Write.Writer writer(int version) {
    long packet = log.packet(version);
    int row = log.row(version);
    if (packet == 0) {
      return new Write.Writer.ControlPlane();
    }
    if (row == 0 || row == Moment.END) {
      return new Write.Writer.Collector(packet, row == Moment.END, sweepTime(version));
    }
    return new Write.Writer.ByPacket(packet, row, clock.nanos(packet));
  }

  private long sweepTime(int version) {
    int low = 0;
    int high = sweeps.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sweeps.get(middle).firstVersion > version) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low == 0 ? 0 : sweeps.get(low - 1).timeNanos;
  }

  Write write(EntryLog entry, int ordinal) {
    return write(entry, ordinal, log.value(entry, ordinal - 1), log.value(entry, ordinal));
  }

  /** The same where the values are known already. */
  Write write(EntryLog entry, int ordinal, @Nullable MapValue before, @Nullable MapValue after) {
    Write.Kind kind =
        after == null
            ? Write.Kind.DELETED
            : before == null ? Write.Kind.CREATED : Write.Kind.CHANGED;
    return new Write(writer(entry.version(ordinal)), kind, before, after);
  }

  static int ordinalOf(EntryLog entry, int version) {
    int low = 0;
    int high = entry.count() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entry.version(middle) < version) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
