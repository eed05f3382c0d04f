// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailwalk.engine.MapEntry;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapValue;

/**
 * A map with typed keys and values. Values are immutable; a store through a value pointer is {@link
 * #replace}. Programs reach a map through {@link Run}, which records the access; the control plane
 * through the methods here.
 */
public abstract sealed class BpfMap<K extends MapKey, V extends MapValue>
    permits HashTable, LpmTrie {
  private final MapRef ref;
  private final Class<K> keyType;
  private final Class<V> valueType;

  BpfMap(MapRef ref, Class<K> keyType, Class<V> valueType) {
    this.ref = ref;
    this.keyType = keyType;
    this.valueType = valueType;
  }

  /** How traces name it. */
  public final MapRef ref() {
    return ref;
  }

  /** The value found for a key. */
  public abstract @Nullable V get(K key);

  /** Adds or replaces an entry; 0, or a negative error number. */
  public abstract int put(K key, V value);

  /** Removes an entry; whether it was there. */
  public abstract boolean remove(K key);

  /** Stores through the pointer of an entry that exists. */
  abstract void replace(K key, V value);

  /** All entries, in no order. */
  public abstract List<MapEntry> entries();

  /** Removes everything. */
  public abstract void clear();

  /**
   * Adds or replaces an entry whose types are only known at run time.
   *
   * @throws IllegalArgumentException when key or value is of another map's kind
   */
  public final int putUntyped(MapKey key, MapValue value) {
    return put(key(key), checked(valueType, value));
  }

  /** As {@link #remove}, for a key whose type is only known at run time. */
  public final boolean removeUntyped(MapKey key) {
    return remove(key(key));
  }

  private K key(MapKey key) {
    return checked(keyType, key);
  }

  private <T> T checked(Class<T> type, Object object) {
    if (!type.isInstance(object)) {
      throw new IllegalArgumentException(
          "map %s: %s is no %s".formatted(ref, object, type.getSimpleName()));
    }
    return type.cast(object);
  }
}
