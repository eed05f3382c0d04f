// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.kernel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailwalk.engine.MapEntry;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapValue;

/**
 * A hash, LRU hash or array map. Nothing is ever evicted: replays size LRU maps so that they never
 * fill.
 */
public final class HashTable<K extends MapKey, V extends MapValue> extends BpfMap<K, V> {
  private final Map<K, V> entries = new HashMap<>();
  private final int maxEntries;
  private boolean full;

  /** A table that holds at most {@code maxEntries}; a further one is refused with E2BIG. */
  public HashTable(MapRef ref, Class<K> keyType, Class<V> valueType, int maxEntries) {
    super(ref, keyType, valueType);
    this.maxEntries = maxEntries;
  }

  /** A table without limit. */
  public HashTable(MapRef ref, Class<K> keyType, Class<V> valueType) {
    this(ref, keyType, valueType, Integer.MAX_VALUE);
  }

  /** From now on, or no longer, refuses keys that it does not hold. */
  public void full(boolean on) {
    full = on;
  }

  @Override
  public @Nullable V get(K key) {
    return entries.get(key);
  }

  @Override
  public int put(K key, V value) {
    if ((full || entries.size() >= maxEntries) && !entries.containsKey(key)) {
      return Errno.E2BIG;
    }
    entries.put(key, value);
    return 0;
  }

  @Override
  public boolean remove(K key) {
    return entries.remove(key) != null;
  }

  @Override
  void replace(K key, V value) {
    entries.put(key, value);
  }

  @Override
  public List<MapEntry> entries() {
    return entries.entrySet().stream().map(e -> new MapEntry(e.getKey(), e.getValue())).toList();
  }

  @Override
  public void clear() {
    entries.clear();
  }
}
