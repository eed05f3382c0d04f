// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.tailwalk.engine.MapOp;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.event.Field;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapValue;
import org.tailwalk.replay.PacketReplay;

/**
 * Every map of one lane as it stood at any moment of a replay: who wrote an entry, which lookups
 * found it. One thread may add while others read.
 */
public final class MapHistory {
  private static final int MANY_VERSIONS = 4;

  private final boolean kernelLane;
  private final MapIndex index;
  private final VersionLog log;

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

  MapHistory(boolean kernelLane, NodeSetup setup, MapIndex.Clock clock) {
    this.kernelLane = kernelLane;
    this.index = new MapIndex(kernelLane, setup, clock);
    this.log = index.log;
  }

  /** Reads what else is in a session's maps before the first packet. */
  synchronized void begin(ReplaySession session) throws ReplayException {
    index.begin(session);
  }

  /** Takes in the next packet, in capture order. */
  synchronized void add(PacketReplay packet) {
    index.add(packet);
  }

  /** Whether this is the kernel lane's. */
  public boolean kernelLane() {
    return kernelLane;
  }

  // ---- state

  /** The maps there are, in the order they first held something. */
  public synchronized List<MapRef> maps() {
    return List.copyOf(index.byMap.keySet());
  }

  /** How many entries each map has at a moment. */
  public synchronized Map<MapRef, Integer> counts(Moment moment) {
    int behind = log.firstBehind(moment);
    Map<MapRef, Integer> counts = new LinkedHashMap<>();
    index.byMap.forEach((map, all) -> {
      int count = 0;
      for (EntryLog entry : all.values()) {
        count += log.stands(entry, entry.before(behind)) ? 1 : 0;
      }
      counts.put(map, count);
    });
    return counts;
  }

  /** The entries of a map at a moment, in the order they were first made. */
  public synchronized List<Standing> entries(MapRef map, Moment moment) {
    int behind = log.firstBehind(moment);
    List<Standing> found = new ArrayList<>();
    for (EntryLog entry : index.byMap.getOrDefault(map, Map.of()).values()) {
      int ordinal = entry.before(behind);
      MapValue value = log.value(entry, ordinal);
      if (value != null) {
        found.add(new Standing(entry.key, value, index.writer(entry.version(ordinal))));
      }
    }
    return found;
  }

  /** An entry's value at a moment; empty when it isn't there. */
  public synchronized Optional<MapValue> value(MapRef map, MapKey key, Moment moment) {
    EntryLog entry = index.find(map, key);
    return entry == null
        ? Optional.empty()
        : Optional.ofNullable(log.value(entry, log.ordinal(entry, moment)));
  }

  // ---- who wrote

  /** What last happened to an entry up to a moment; empty when nothing had. */
  public synchronized Optional<Write> last(MapRef map, MapKey key, Moment moment) {
    EntryLog entry = index.find(map, key);
    int ordinal = entry == null ? -1 : log.ordinal(entry, moment);
    return entry == null || ordinal < 0
        ? Optional.empty()
        : Optional.of(index.write(entry, ordinal));
  }

  /** Who made the entry that stands at a moment, or that stood last before it. */
  public synchronized Optional<Write> creation(MapRef map, MapKey key, Moment moment) {
    EntryLog entry = index.find(map, key);
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
    return log.gone(entry.version(ordinal))
        ? Optional.empty()
        : Optional.of(index.write(entry, ordinal));
  }

  /**
   * Who gave a field the value it has at a moment.
   *
   * @param field as in {@link MapValue#fields}
   */
  public Optional<Write> fieldWriter(MapRef map, MapKey key, String field, Moment moment) {
    return Optional.ofNullable(
        fieldWriters(map, key, moment, Set.of(field), Integer.MAX_VALUE).get(field));
  }

  /**
   * Who gave each field the value it has at a moment; for a table that shows all of them.
   *
   * @param most how many versions to look back; fields set before are left out
   */
  public Map<String, Write> fieldWriters(MapRef map, MapKey key, Moment moment, int most) {
    return fieldWriters(map, key, moment, Set.of(), most);
  }

  private synchronized Map<String, Write> fieldWriters(
      MapRef map, MapKey key, Moment moment, Set<String> only, int most) {
    EntryLog entry = index.find(map, key);
    int ordinal = entry == null ? -1 : log.ordinal(entry, moment);
    MapValue now = entry == null ? null : log.value(entry, ordinal);
    Map<String, Write> found = new LinkedHashMap<>();
    if (entry == null || now == null) {
      return found;
    }
    Map<String, String> open = new LinkedHashMap<>();
    for (Field field : now.fields()) {
      if (only.isEmpty() || only.contains(field.name())) {
        open.put(field.name(), field.text());
      }
    }
    int oldest = (int) Math.max(0L, (long) ordinal - most);
    VersionLog.Backward back = log.backward(entry, ordinal - 1);
    for (int i = ordinal; i >= oldest && !open.isEmpty(); i--) {
      MapValue before = i == 0 ? null : back.previous();
      Map<String, String> old = new HashMap<>();
      if (before != null) {
        before.fields().forEach(f -> old.put(f.name(), f.text()));
      }
      List<String> here =
          open.entrySet().stream()
              .filter(e -> !e.getValue().equals(old.get(e.getKey())))
              .map(Map.Entry::getKey)
              .toList();
      if (!here.isEmpty()) {
        Write write = index.write(entry, i);
        here.forEach(open::remove);
        here.forEach(name -> found.put(name, write));
      }
    }
    return found;
  }

  /**
   * All that happened to an entry up to a moment, oldest first; at most the latest {@code most}.
   */
  public synchronized List<Write> life(MapRef map, MapKey key, Moment moment, int most) {
    EntryLog entry = index.find(map, key);
    if (entry == null) {
      return List.of();
    }
    int last = log.ordinal(entry, moment);
    int first = Math.max(0, last - most + 1);
    List<Write> life = new ArrayList<>();
    byte[] bytes = log.bytes(entry, first - 1);
    MapValue before = VersionLog.typed(entry, bytes);
    for (int i = first; i <= last; i++) {
      bytes = log.next(entry, i, bytes);
      MapValue after = VersionLog.typed(entry, bytes);
      life.add(index.write(entry, i, before, after));
      before = after;
    }
    return life;
  }

  /** How often something had happened to an entry by a moment: what asking for its life takes. */
  public synchronized int age(MapRef map, MapKey key, Moment moment) {
    EntryLog entry = index.find(map, key);
    return entry == null ? 0 : log.ordinal(entry, moment) + 1;
  }

  /** What happened behind one moment, up to another, in order. */
  public synchronized List<Touch> between(Moment from, Moment to) {
    List<Touch> touches = new ArrayList<>();
    int end = log.firstBehind(to);
    for (int v = log.firstBehind(from); v < end; v++) {
      EntryLog entry = index.entries.get(log.entry(v));
      int ordinal = MapIndex.ordinalOf(entry, v);
      touches.add(new Touch(entry.map, entry.key, index.write(entry, ordinal)));
    }
    return touches;
  }

  // ---- searching

  /** The first write to a matching entry behind a moment: what a breakpoint runs to. */
  public synchronized Optional<Touch> nextWrite(EntryTest test, Moment moment) {
    int best = Integer.MAX_VALUE;
    int behind = log.firstBehind(moment);
    for (EntryLog entry : index.entries) {
      int next = entry.before(behind) + 1;
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
    int behind = log.firstBehind(before);
    for (EntryLog entry : index.entries) {
      int last = entry.before(behind);
      if (last >= 0
          && entry.version(last) >= index.begun
          && entry.version(last) > best
          && test.matches(entry.map, entry.key)) {
        best = entry.version(last);
      }
    }
    return best < 0 ? Optional.empty() : Optional.of(touch(best));
  }

  private Touch touch(int version) {
    EntryLog entry = index.entries.get(log.entry(version));
    return new Touch(entry.map, entry.key, index.write(entry, MapIndex.ordinalOf(entry, version)));
  }

  /** The lookups behind a moment that found an entry, in order; at most so many. */
  public synchronized List<Moment> hits(MapRef map, MapKey key, Moment moment, int most) {
    List<Moment> found = new ArrayList<>();
    EntryLog entry = index.find(map, key);
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
    for (EntryLog entry : index.entries) {
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
    int behindFrom = log.firstBehind(from);
    int behindTo = log.firstBehind(to);
    int first = Math.min(behindFrom, behindTo);
    int end = Math.max(behindFrom, behindTo);
    boolean[] concerned = new boolean[index.entries.size()];
    if (end - first > MANY_VERSIONS * concerned.length) {
      // Far apart: to compare every entry takes less than to look who was written.
      Arrays.fill(concerned, true);
    } else {
      for (int v = first; v < end; v++) {
        concerned[log.entry(v)] = true;
      }
    }
    List<MapOp> deletes = new ArrayList<>();
    List<MapOp> puts = new ArrayList<>();
    for (EntryLog entry : index.entries) {
      if (!concerned[entry.id]) {
        continue;
      }
      int there = entry.before(behindFrom);
      int ordinal = entry.before(behindTo);
      // Decoding is what takes time: most entries of far moments stand at none of them.
      boolean stood = log.stands(entry, there);
      if (ordinal == there || !stood && !log.stands(entry, ordinal)) {
        continue;
      }
      byte[] wanted = log.bytes(entry, ordinal);
      if (wanted == null) {
        deletes.add(new MapOp.Delete(entry.map, entry.key));
      } else if (!stood || !ValueCodec.same(log.bytes(entry, there), wanted)) {
        MapValue value = Objects.requireNonNull(VersionLog.typed(entry, wanted));
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
    return index.gaps;
  }

  /** How many entries there were in all. */
  public synchronized int size() {
    return index.entries.size();
  }

  /** How many versions of entries there are. */
  public synchronized int versions() {
    return log.size();
  }

  /** Memory taken by versions and lookups, and roughly by keys, bytes. */
  public synchronized long footprint() {
    return log.footprint() + index.entries.stream().mapToLong(e -> e.footprint() + 150).sum();
  }

  /** Every key a map ever had, in the order they came. */
  public synchronized List<MapKey> keys(MapRef map) {
    return List.copyOf(index.byMap.getOrDefault(map, Map.of()).keySet());
  }
}
