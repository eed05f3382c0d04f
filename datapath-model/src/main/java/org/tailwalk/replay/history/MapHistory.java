// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.Field;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.Step;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.MapEntry;
import org.tailwalk.replay.MapOp;
import org.tailwalk.replay.NodeSetup;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.replay.ReplayException;
import org.tailwalk.replay.ReplaySession;
import org.tailwalk.replay.Sweep;

/**
 * Every map of one lane as it stood at any moment of a replay: who wrote an entry, which lookups
 * found it. One thread may add while others read.
 */
public final class MapHistory {
  private final boolean kernelLane;
  private final VersionLog log = new VersionLog();
  private final List<EntryLog> entries = new ArrayList<>();
  private final Map<MapRef, Map<MapKey, EntryLog>> byMap = new LinkedHashMap<>();
  private final PrefixMatch prefixes = new PrefixMatch(this::standing);
  private final Clock clock;
  private final List<SweepMark> sweeps = new ArrayList<>();
  private int begun;
  private long gaps;

  /** Virtual time of a packet. */
  @FunctionalInterface
  interface Clock {
    long nanos(long packet);
  }

  /** From which version on the deletions are a sweep's. */
  private record SweepMark(int firstVersion, long timeNanos) {}

  /**
   * An entry as it stands at a moment.
   *
   * @param writer who wrote it last
   */
  public record Standing(MapKey key, MapValue value, Write.Writer writer) {}

  /** Something that happened to an entry. */
  public record Touch(MapRef map, MapKey key, Write write) {}

  /** An entry that a search is about. */
  public interface EntryTest {
    /** Whether it is meant; asked once for each entry. */
    boolean matches(MapRef map, MapKey key);
  }

  MapHistory(boolean kernelLane, NodeSetup setup, Clock clock) {
    this.kernelLane = kernelLane;
    this.clock = clock;
    for (MapOp op : setup.state()) {
      if (op instanceof MapOp.Put(MapRef map, MapKey key, MapValue value)) {
        put(entry(map, key), 0, Moment.END, value);
      }
    }
    this.begun = log.size();
  }

  /** Whether this is the kernel lane's. */
  public boolean kernelLane() {
    return kernelLane;
  }

  /**
   * Takes in what else a session has in its maps before the first packet: slots of arrays, what an
   * object brings along. Before the first {@link #add}.
   */
  synchronized void begin(ReplaySession session) throws ReplayException {
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
  synchronized void add(PacketReplay packet) {
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

  private @Nullable EntryLog find(MapRef map, MapKey key) {
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

  // ---- state

  /** The maps there are, in the order they first held something. */
  public synchronized List<MapRef> maps() {
    return List.copyOf(byMap.keySet());
  }

  /** How many entries each map has at a moment. */
  public synchronized Map<MapRef, Integer> counts(Moment moment) {
    Map<MapRef, Integer> counts = new LinkedHashMap<>();
    byMap.forEach((map, all) -> {
      int count = 0;
      for (EntryLog entry : all.values()) {
        int ordinal = log.ordinal(entry, moment);
        count += ordinal >= 0 && !log.gone(entry.version(ordinal)) ? 1 : 0;
      }
      counts.put(map, count);
    });
    return counts;
  }

  /** The entries of a map at a moment, in the order they were first made. */
  public synchronized List<Standing> entries(MapRef map, Moment moment) {
    List<Standing> found = new ArrayList<>();
    for (EntryLog entry : byMap.getOrDefault(map, Map.of()).values()) {
      int ordinal = log.ordinal(entry, moment);
      MapValue value = log.value(entry, ordinal);
      if (value != null) {
        found.add(new Standing(entry.key, value, writer(entry.version(ordinal))));
      }
    }
    return found;
  }

  /** An entry's value at a moment; empty when it isn't there. */
  public synchronized Optional<MapValue> value(MapRef map, MapKey key, Moment moment) {
    EntryLog entry = find(map, key);
    return entry == null
        ? Optional.empty()
        : Optional.ofNullable(log.value(entry, log.ordinal(entry, moment)));
  }

  // ---- who wrote

  private Write.Writer writer(int version) {
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

  private Write write(EntryLog entry, int ordinal) {
    MapValue before = log.value(entry, ordinal - 1);
    MapValue after = log.value(entry, ordinal);
    Write.Kind kind =
        after == null
            ? Write.Kind.DELETED
            : before == null ? Write.Kind.CREATED : Write.Kind.CHANGED;
    return new Write(writer(entry.version(ordinal)), kind, before, after);
  }

  /** What last happened to an entry up to a moment; empty when nothing had. */
  public synchronized Optional<Write> last(MapRef map, MapKey key, Moment moment) {
    EntryLog entry = find(map, key);
    int ordinal = entry == null ? -1 : log.ordinal(entry, moment);
    return entry == null || ordinal < 0 ? Optional.empty() : Optional.of(write(entry, ordinal));
  }

  /** Who made the entry that stands at a moment, or that stood last before it. */
  public synchronized Optional<Write> creation(MapRef map, MapKey key, Moment moment) {
    EntryLog entry = find(map, key);
    int ordinal = entry == null ? -1 : log.ordinal(entry, moment);
    if (entry == null || ordinal < 0) {
      return Optional.empty();
    }
    while (ordinal > 0 && log.gone(entry.version(ordinal))) {
      ordinal--;
    }
    while (ordinal > 0 && !log.gone(entry.version(ordinal - 1))) {
      ordinal--;
    }
    return log.gone(entry.version(ordinal)) ? Optional.empty() : Optional.of(write(entry, ordinal));
  }

  /**
   * Who gave a field the value it has at a moment.
   *
   * @param field as in {@link MapValue#fields}
   */
  public synchronized Optional<Write> fieldWriter(
      MapRef map, MapKey key, String field, Moment moment) {
    EntryLog entry = find(map, key);
    int ordinal = entry == null ? -1 : log.ordinal(entry, moment);
    MapValue now = entry == null ? null : log.value(entry, ordinal);
    if (entry == null || now == null) {
      return Optional.empty();
    }
    String text = text(now, field);
    while (ordinal > 0) {
      MapValue before = log.value(entry, ordinal - 1);
      if (before == null || !Objects.equals(text(before, field), text)) {
        break;
      }
      ordinal--;
    }
    return Optional.of(write(entry, ordinal));
  }

  private static @Nullable String text(MapValue value, String field) {
    for (Field each : value.fields()) {
      if (each.name().equals(field)) {
        return each.text();
      }
    }
    return null;
  }

  /**
   * All that happened to an entry up to a moment, oldest first; at most the latest {@code most}.
   */
  public synchronized List<Write> life(MapRef map, MapKey key, Moment moment, int most) {
    EntryLog entry = find(map, key);
    if (entry == null) {
      return List.of();
    }
    int last = log.ordinal(entry, moment);
    List<Write> life = new ArrayList<>();
    for (int i = Math.max(0, last - most + 1); i <= last; i++) {
      life.add(write(entry, i));
    }
    return life;
  }

  /** What happened behind one moment, up to another, in order. */
  public synchronized List<Touch> between(Moment from, Moment to) {
    List<Touch> touches = new ArrayList<>();
    int end = log.firstBehind(to);
    for (int v = log.firstBehind(from); v < end; v++) {
      EntryLog entry = entries.get(log.entry(v));
      int ordinal = ordinalOf(entry, v);
      touches.add(new Touch(entry.map, entry.key, write(entry, ordinal)));
    }
    return touches;
  }

  private static int ordinalOf(EntryLog entry, int version) {
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

  // ---- searching

  /** The first write to a matching entry behind a moment: what a breakpoint runs to. */
  public synchronized Optional<Touch> nextWrite(EntryTest test, Moment moment) {
    int best = Integer.MAX_VALUE;
    for (EntryLog entry : entries) {
      int next = log.ordinal(entry, moment) + 1;
      if (next < entry.count()
          && entry.version(next) < best
          && test.matches(entry.map, entry.key)) {
        best = entry.version(next);
      }
    }
    return best == Integer.MAX_VALUE ? Optional.empty() : Optional.of(touch(best));
  }

  /** The last write to a matching entry before a moment: what a breakpoint runs back to. */
  public synchronized Optional<Touch> previousWrite(EntryTest test, Moment moment) {
    int best = -1;
    Moment before =
        moment.row() > 0
            ? Moment.at(moment.packet(), moment.row() - 1)
            : Moment.before(moment.packet());
    for (EntryLog entry : entries) {
      int last = log.ordinal(entry, before);
      if (last >= 0
          && entry.version(last) >= begun
          && entry.version(last) > best
          && test.matches(entry.map, entry.key)) {
        best = entry.version(last);
      }
    }
    return best < 0 ? Optional.empty() : Optional.of(touch(best));
  }

  private Touch touch(int version) {
    EntryLog entry = entries.get(log.entry(version));
    return new Touch(entry.map, entry.key, write(entry, ordinalOf(entry, version)));
  }

  /** The lookups behind a moment that found an entry, in order; at most so many. */
  public synchronized List<Moment> hits(MapRef map, MapKey key, Moment moment, int most) {
    List<Moment> found = new ArrayList<>();
    EntryLog entry = find(map, key);
    if (entry != null && most > 0) {
      entry.eachHit((packet, row) -> {
        Moment at = Moment.at(packet, row);
        if (at.compareTo(moment) > 0) {
          found.add(at);
        }
        return found.size() < most;
      });
    }
    return found;
  }

  /** The first lookup behind a moment that found a matching entry. */
  public synchronized Optional<Moment> nextHit(EntryTest test, Moment moment) {
    Moment best = null;
    for (EntryLog entry : entries) {
      if (test.matches(entry.map, entry.key)) {
        List<Moment> next = hits(entry.map, entry.key, moment, 1);
        if (!next.isEmpty() && (best == null || next.getFirst().compareTo(best) < 0)) {
          best = next.getFirst();
        }
      }
    }
    return Optional.ofNullable(best);
  }

  // ---- going back

  /** The writes that lead from one moment's maps to another's: deletions first. */
  public synchronized List<MapOp> ops(Moment from, Moment to) {
    boolean forward = from.compareTo(to) <= 0;
    int first = log.firstBehind(forward ? from : to);
    int end = log.firstBehind(forward ? to : from);
    boolean[] concerned = new boolean[entries.size()];
    for (int v = first; v < end; v++) {
      concerned[log.entry(v)] = true;
    }
    List<MapOp> deletes = new ArrayList<>();
    List<MapOp> puts = new ArrayList<>();
    for (EntryLog entry : entries) {
      if (!concerned[entry.id]) {
        continue;
      }
      byte[] there = log.bytes(entry, log.ordinal(entry, from));
      int ordinal = log.ordinal(entry, to);
      byte[] wanted = log.bytes(entry, ordinal);
      if (ValueCodec.same(there, wanted)) {
        continue;
      }
      MapValue value = log.value(entry, ordinal);
      if (value == null) {
        deletes.add(new MapOp.Delete(entry.map, entry.key));
      } else {
        puts.add(new MapOp.Put(entry.map, entry.key, value));
      }
    }
    deletes.addAll(puts);
    return deletes;
  }

  /**
   * How often an entry was found other than it should have been. 0 for programs whose every store
   * is traced; else going on from the middle may give other traces than from the start.
   */
  public synchronized long gaps() {
    return gaps;
  }

  /** How many entries there were in all. */
  public synchronized int size() {
    return entries.size();
  }

  /** How many versions of entries there are. */
  public synchronized int versions() {
    return log.size();
  }

  /** Memory taken by versions and lookups, and roughly by keys, bytes. */
  public synchronized long footprint() {
    return log.footprint() + entries.stream().mapToLong(e -> e.footprint() + 150).sum();
  }

  /** Every key a map ever had, in the order they came. */
  public synchronized List<MapKey> keys(MapRef map) {
    return List.copyOf(byMap.getOrDefault(map, Map.of()).keySet());
  }
}
