// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.MapShape;
import org.tailwalk.bpf.elf.MapSpec;
import org.tailwalk.bpf.elf.MapType;
import org.tailwalk.bpf.load.BpfMap;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.event.MapRole;
import org.tailwalk.scenario.Fault;

/** Map shapes of a session: clamped to what a replay needs, or broken on purpose. */
final class MapFaults {
  /** Value of an element that fills a map without ever matching a packet. */
  private static final int FILLER = 0xff;

  private final boolean conntrackFull;
  private final boolean bufferRefuses;
  private final OptionalInt ctCapacity;
  private final int maxEntries;

  private MapFaults(List<Fault> faults, OptionalInt ctCapacity, int maxEntries) {
    this.conntrackFull = faults.stream().anyMatch(f -> f instanceof Fault.ConntrackFull);
    this.bufferRefuses = faults.stream().anyMatch(f -> f instanceof Fault.BufferRefuses);
    this.ctCapacity = ctCapacity;
    this.maxEntries = maxEntries;
  }

  static MapFaults of(NodeSetup setup, int maxEntries) {
    return new MapFaults(setup.faults(), setup.ctCapacity(), maxEntries);
  }

  /** Whether maps are other than the object declares them. */
  boolean reshape() {
    return conntrackFull || bufferRefuses;
  }

  /**
   * @param initial how many conntrack entries a map starts with
   */
  CollectionSpec apply(CollectionSpec spec, ToIntFunction<String> initial) {
    return spec.mapMaps(map -> shape(map, initial.applyAsInt(map.name())));
  }

  private MapSpec shape(MapSpec map, int initial) {
    MapRole role = MapRole.ofSymbol(map.name());
    MapShape shape = map.shape();
    if (role.conntrack() && conntrackFull) {
      // An LRU map never refuses, so a plain one stands in; fillers() fill what the start leaves.
      return map.withShape(
          shape
              .withType(MapType.HASH, MapShape.NO_PREALLOC)
              .withMaxEntries(Math.max(Math.max(1, initial), ctCapacity.orElse(0))));
    }
    if (role.conntrack() && ctCapacity.isPresent() && map.type() == MapType.HASH) {
      return map.withShape(shape.withMaxEntries(ctCapacity.getAsInt()));
    }
    if (bufferRefuses && buffer(role)) {
      return map.withShape(
          shape.withType(MapType.PERCPU_HASH, MapShape.NO_PREALLOC).withMaxEntries(1));
    }
    return MapType.holdsPlainValues(map.type()) ? map.clamped(maxEntries) : map;
  }

  private static boolean buffer(MapRole role) {
    return role == MapRole.CT_BUFFER4 || role == MapRole.CT_BUFFER6;
  }

  /** Whether programs must find no room in this map, while the control plane does. */
  boolean full(MapSpec map) {
    return conntrackFull && MapRole.ofSymbol(map.name()).conntrack();
  }

  /** Elements to put into a map that must refuse, beyond the {@code present} it has. */
  List<BpfMap.Entry> fillers(MapSpec map, int present) {
    MapRole role = MapRole.ofSymbol(map.name());
    boolean full = conntrackFull && role.conntrack() || bufferRefuses && buffer(role);
    if (!full || present >= map.maxEntries()) {
      return List.of();
    }
    List<BpfMap.Entry> entries = new ArrayList<>();
    for (int i = present; i < map.maxEntries(); i++) {
      byte[] key = new byte[map.keySize()];
      Arrays.fill(key, (byte) FILLER);
      if (key.length > 4) {
        ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN).putInt(0, i);
      }
      entries.add(new BpfMap.Entry(key, new byte[map.valueSize()]));
    }
    return entries;
  }

  /** Whether an element's key is one of {@link #fillers}. */
  static boolean isFiller(byte[] key) {
    for (int i = key.length > 4 ? 4 : 0; i < key.length; i++) {
      if ((key[i] & 0xff) != FILLER) {
        return false;
      }
    }
    return true;
  }
}
