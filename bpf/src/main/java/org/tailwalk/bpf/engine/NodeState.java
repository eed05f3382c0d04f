// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tailwalk.bpf.decode.MapLocator;
import org.tailwalk.bpf.decode.Mirror;
import org.tailwalk.bpf.decode.SiteTable;
import org.tailwalk.bpf.elf.MapSpec;
import org.tailwalk.bpf.elf.MapType;
import org.tailwalk.bpf.elf.ProgArraySlot;
import org.tailwalk.bpf.elf.ProgramSpec;
import org.tailwalk.bpf.host.LoadPlan;
import org.tailwalk.bpf.host.MapWrite;
import org.tailwalk.bpf.host.RawSession;
import org.tailwalk.bpf.instrument.PointerProbe;
import org.tailwalk.bpf.instrument.ReplayClockMap;
import org.tailwalk.bpf.instrument.TraceLog;
import org.tailwalk.bpf.load.BpfMap;
import org.tailwalk.bpf.load.LoadException;
import org.tailwalk.engine.MapEntry;
import org.tailwalk.engine.MapOp;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.packet.Bytes;
import org.tailwalk.scenario.Fault;

/** The maps of a session as the control plane writes and reads them, and the program arrays. */
final class NodeState {
  private final SessionPlan plan;
  private final RawSession raw;
  private final MapLocator maps;
  private final Mirror mirror;
  private final Map<Slot, LoadPlan.ProgramId> wiring = new LinkedHashMap<>();

  private record Slot(LoadPlan.MapId array, int index) {}

  NodeState(SessionPlan plan, RawSession raw, MapLocator maps, Mirror mirror) {
    this.plan = plan;
    this.raw = raw;
    this.maps = maps;
    this.mirror = mirror;
    for (int i = 0; i < plan.endpoints().size(); i++) {
      for (ProgramSpec program : plan.original(i).programs()) {
        for (ProgArraySlot slot : program.slots()) {
          Optional<LoadPlan.MapId> array = maps.of(ref(slot.map(), plan.endpoints().get(i)));
          int instance = i;
          array.ifPresent(id ->
              wiring.put(
                  new Slot(id, slot.index()), new LoadPlan.ProgramId(instance, program.name())));
        }
      }
    }
  }

  private static MapRef ref(String symbol, int endpoint) {
    return SiteTable.ref(symbol, endpoint);
  }

  /** Writes the initial state into empty maps. */
  void begin() throws LoadException, ReplayException {
    apply(plan.setup().state());
    for (LoadPlan.MapId map : maps.plain()) {
      fill(map);
    }
    List<MapWrite> broken = new ArrayList<>();
    for (Fault fault : plan.setup().faults()) {
      if (fault instanceof Fault.EmptySlot(int endpoint, MapRole role, long slot)) {
        slots(endpoint, role, slot, false, broken);
      }
    }
    if (!broken.isEmpty()) {
      raw.write(broken);
    }
  }

  private void fill(LoadPlan.MapId map) throws LoadException {
    MapSpec spec = maps.spec(map);
    if (plan.faults().fillers(spec, 0).isEmpty()) {
      return;
    }
    List<BpfMap.Entry> fillers = plan.faults().fillers(spec, raw.entries(map).size());
    if (!fillers.isEmpty()) {
      raw.write(List.of(new MapWrite.Put(map, fillers)));
    }
  }

  /** Empties every map, undoes every change of a slot, and begins again. */
  void reset() throws LoadException, ReplayException {
    mirror.clear();
    List<MapWrite> writes = new ArrayList<>();
    for (LoadPlan.MapId map : maps.plain()) {
      if (!ours(map) && !maps.spec(map).frozen()) {
        writes.add(new MapWrite.Clear(map));
        List<BpfMap.Entry> contents =
            maps.spec(map).contents().stream()
                .map(e -> new BpfMap.Entry(e.key().toArray(), e.value().toArray()))
                .toList();
        if (!contents.isEmpty()) {
          writes.add(new MapWrite.Put(map, contents));
        }
      }
    }
    wiring.forEach(
        (slot, program) -> writes.add(new MapWrite.FillSlot(slot.array, slot.index, program)));
    writes.add(new MapWrite.Listen());
    raw.write(writes);
    begin();
  }

  private static boolean ours(LoadPlan.MapId map) {
    return map.symbol().equals(TraceLog.MAP)
        || map.symbol().equals(ReplayClockMap.MAP)
        || map.symbol().equals(PointerProbe.MAP);
  }

  void apply(List<MapOp> ops) throws LoadException, ReplayException {
    List<MapWrite> writes = new ArrayList<>();
    Map<LoadPlan.MapId, Map<Bytes, Bytes>> puts = new LinkedHashMap<>();
    Set<LoadPlan.MapId> emptied = new LinkedHashSet<>(makeRoom(ops, writes));
    for (MapOp op : ops) {
      switch (op) {
        case MapOp.Put(MapRef ref, MapKey key, MapValue value) -> {
          LoadPlan.MapId map = maps.of(ref).orElse(null);
          if (map != null) {
            sizes(map, ref, key.toBytes(), value.toBytes());
            puts.computeIfAbsent(map, _ -> new LinkedHashMap<>())
                .put(key.toBytes(), value.toBytes());
          }
        }
        case MapOp.Delete(MapRef ref, MapKey key) -> {
          flush(puts, writes);
          LoadPlan.MapId map = maps.of(ref).orElse(null);
          if (map != null) {
            writes.add(new MapWrite.Delete(map, List.of(key.toBytes().toArray())));
            mirror.set(map, key.toBytes(), null);
            emptied.add(map);
          }
        }
        case MapOp.EmptySlot(int endpoint, MapRole role, long slot) ->
            slots(endpoint, role, slot, false, writes);
        case MapOp.FillSlot(int endpoint, MapRole role, long slot) ->
            slots(endpoint, role, slot, true, writes);
      }
    }
    flush(puts, writes);
    if (!writes.isEmpty()) {
      raw.write(writes);
    }
    for (LoadPlan.MapId map : emptied) {
      fill(map);
    }
  }

  /** What fills a map that must be full gives way to its entries, and comes back behind them. */
  private Set<LoadPlan.MapId> makeRoom(List<MapOp> ops, List<MapWrite> writes)
      throws LoadException {
    Set<LoadPlan.MapId> full = new LinkedHashSet<>();
    for (MapOp op : ops) {
      switch (op) {
        case MapOp.Put(MapRef ref, MapKey _, MapValue _) -> full.addAll(full(ref));
        case MapOp.Delete(MapRef ref, MapKey _) -> full.addAll(full(ref));
        case MapOp.EmptySlot _, MapOp.FillSlot _ -> {}
      }
    }
    for (LoadPlan.MapId map : full) {
      List<byte[]> fillers =
          raw.entries(map).stream().map(BpfMap.Entry::key).filter(MapFaults::isFiller).toList();
      if (!fillers.isEmpty()) {
        writes.add(new MapWrite.Delete(map, fillers));
      }
    }
    return full;
  }

  private List<LoadPlan.MapId> full(MapRef ref) {
    return maps.of(ref).filter(map -> plan.faults().full(maps.spec(map))).stream().toList();
  }

  private void flush(Map<LoadPlan.MapId, Map<Bytes, Bytes>> puts, List<MapWrite> writes) {
    puts.forEach((map, batch) -> {
      List<BpfMap.Entry> entries = new ArrayList<>();
      batch.forEach((key, value) -> {
        entries.add(new BpfMap.Entry(key.toArray(), value.toArray()));
        if (maps.mutable(map)) {
          mirror.set(map, key, value);
        }
      });
      writes.add(new MapWrite.Put(map, entries));
    });
    puts.clear();
  }

  private void sizes(LoadPlan.MapId map, MapRef ref, Bytes key, Bytes value)
      throws ReplayException {
    MapSpec spec = maps.spec(map);
    if (key.length() != spec.keySize() || value.length() != spec.valueSize()) {
      throw new ReplayException(
          ("map \"%s\" (%s): key %d and value %d bytes in the object, %d and %d here:"
                  + " an object of another version?")
              .formatted(
                  map.symbol(),
                  ref,
                  spec.keySize(),
                  spec.valueSize(),
                  key.length(),
                  value.length()));
    }
  }

  private void slots(int endpoint, MapRole role, long slot, boolean fill, List<MapWrite> writes) {
    List<Integer> endpoints =
        role.shared() ? List.of(0) : endpoint == 0 ? plan.endpoints() : List.of(endpoint);
    for (int each : endpoints) {
      LoadPlan.MapId array = maps.of(MapRef.of(role, each)).orElse(null);
      if (array == null) {
        continue;
      }
      LoadPlan.@Nullable ProgramId program = wiring.get(new Slot(array, (int) slot));
      if (!fill) {
        writes.add(new MapWrite.EmptySlot(array, (int) slot));
      } else if (program != null) {
        writes.add(new MapWrite.FillSlot(array, (int) slot, program));
      }
    }
  }

  /** The maps that hold plain values, our own instruments and constants left out. */
  List<MapRef> maps() {
    return maps.places().entrySet().stream()
        .filter(e -> MapType.holdsPlainValues(maps.spec(e.getValue()).type()))
        .filter(e -> !ours(e.getValue()) && !maps.spec(e.getValue()).frozen())
        .map(Map.Entry::getKey)
        .sorted(
            Comparator.comparing(MapRef::role)
                .thenComparing(MapRef::endpoint)
                .thenComparing(MapRef::name))
        .toList();
  }

  List<MapEntry> entries(MapRef ref) throws LoadException {
    LoadPlan.MapId map = maps.of(ref).orElse(null);
    if (map == null || !MapType.holdsPlainValues(maps.spec(map).type())) {
      return List.of();
    }
    List<MapEntry> found = new ArrayList<>();
    for (BpfMap.Entry entry : raw.entries(map)) {
      if (!filler(map, entry.key())) {
        found.add(
            new MapEntry(
                ref.role().key(Bytes.copyOf(entry.key())),
                ref.role().value(mirror.fold(map, entry.value()))));
      }
    }
    return found;
  }

  private boolean filler(LoadPlan.MapId map, byte[] key) {
    return MapFaults.isFiller(key) && !plan.faults().fillers(maps.spec(map), 0).isEmpty();
  }

  /** Reads again what packets may have changed while nobody looked. */
  void readMirror() throws LoadException {
    for (LoadPlan.MapId map : maps.plain()) {
      if (maps.mutable(map) && !ours(map)) {
        mirror.replace(map, raw.entries(map));
      }
    }
  }
}
