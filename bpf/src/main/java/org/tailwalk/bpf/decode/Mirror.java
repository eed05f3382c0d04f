// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.decode;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailwalk.bpf.elf.MapSpec;
import org.tailwalk.bpf.elf.MapType;
import org.tailwalk.bpf.host.LoadPlan;
import org.tailwalk.bpf.load.BpfMap;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.packet.Bytes;

/**
 * What stood in the entries that packets change before the packet at hand: the last value read or
 * written. The kernel is asked once per touched entry and packet, never for the state before.
 */
public final class Mirror {
  private final MapLocator maps;
  private final int cpu;
  private final Map<LoadPlan.MapId, Map<Bytes, Bytes>> entries = new HashMap<>();

  /**
   * @param cpu whose value of a per-CPU map the programs see
   */
  public Mirror(MapLocator maps, int cpu) {
    this.maps = maps;
    this.cpu = cpu;
  }

  /** How traces name a map. */
  MapRef ref(LoadPlan.MapId map) {
    return maps.ref(map);
  }

  /** The value before; null when there was no entry. */
  @Nullable Bytes before(LoadPlan.MapId map, Bytes key) {
    Bytes known = entries.getOrDefault(map, Map.of()).get(key);
    MapSpec spec = maps.spec(map);
    boolean array = spec.type() == MapType.ARRAY || spec.type() == MapType.PERCPU_ARRAY;
    return known == null && array ? Bytes.copyOf(new byte[spec.valueSize()]) : known;
  }

  /** Remembers one value, as {@link #fold} gives it; null when the entry is gone. */
  public void set(LoadPlan.MapId map, Bytes key, @Nullable Bytes value) {
    if (value == null) {
      entries.getOrDefault(map, new HashMap<>()).remove(key);
    } else {
      entries.computeIfAbsent(map, _ -> new HashMap<>()).put(key, value);
    }
  }

  /** Forgets everything: maps are empty. */
  public void clear() {
    entries.clear();
  }

  /** Replaces what is known of a map by what was read. */
  public void replace(LoadPlan.MapId map, List<BpfMap.Entry> read) {
    Map<Bytes, Bytes> fresh = new HashMap<>();
    for (BpfMap.Entry entry : read) {
      fresh.put(Bytes.copyOf(entry.key()), fold(map, entry.value()));
    }
    entries.put(map, fresh);
  }

  /** How many entries the map had after the last packet. */
  public int size(LoadPlan.MapId map) {
    return entries.getOrDefault(map, Map.of()).size();
  }

  /**
   * One value out of what user space reads of a per-CPU map: counters are summed over the CPUs, of
   * anything else the value of the CPU that runs the programs counts.
   */
  public Bytes fold(LoadPlan.MapId map, byte[] read) {
    MapSpec spec = maps.spec(map);
    if (!MapType.isPerCpu(spec.type())) {
      return Bytes.copyOf(read);
    }
    int size = spec.valueSize();
    int stride = (size + 7) / 8 * 8;
    if (maps.ref(map).role() != MapRole.METRICS) {
      return Bytes.copyOf(Arrays.copyOfRange(read, cpu * stride, cpu * stride + size));
    }
    long count = 0;
    long bytes = 0;
    for (int at = 0; at < read.length; at += stride) {
      count += LogRecord.longAt(read, at);
      bytes += LogRecord.longAt(read, at + 8);
    }
    byte[] sum = new byte[16];
    LogRecord.putLong(sum, 0, count);
    LogRecord.putLong(sum, 8, bytes);
    return Bytes.copyOf(sum);
  }
}
