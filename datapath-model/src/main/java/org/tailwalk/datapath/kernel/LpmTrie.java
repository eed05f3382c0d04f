// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.kernel;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tailwalk.engine.MapEntry;
import org.tailwalk.event.MapKey.IpcacheKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapValue.IpcacheEntry;
import org.tailwalk.packet.IpAddress;

/**
 * A longest-prefix-match trie over addresses: a lookup finds the longest stored prefix that holds
 * the key's.
 */
public final class LpmTrie extends BpfMap<IpcacheKey, IpcacheEntry> {
  private final TreeMap<Integer, Map<IpcacheKey, MapEntry>> v4 =
      new TreeMap<>(Comparator.reverseOrder());
  private final TreeMap<Integer, Map<IpcacheKey, MapEntry>> v6 =
      new TreeMap<>(Comparator.reverseOrder());

  /** An empty trie. */
  public LpmTrie(MapRef ref) {
    super(ref, IpcacheKey.class, IpcacheEntry.class);
  }

  private TreeMap<Integer, Map<IpcacheKey, MapEntry>> family(IpcacheKey key) {
    return key.address().v6() ? v6 : v4;
  }

  @Override
  public @Nullable IpcacheEntry get(IpcacheKey key) {
    for (var byLength : family(key).entrySet()) {
      if (byLength.getKey() <= key.prefixlen()) {
        MapEntry found = byLength.getValue().get(masked(key.address(), byLength.getKey()));
        if (found != null) {
          return (IpcacheEntry) found.value();
        }
      }
    }
    return null;
  }

  @Override
  public int put(IpcacheKey key, IpcacheEntry value) {
    family(key)
        .computeIfAbsent(key.prefixlen(), _ -> new HashMap<>())
        .put(masked(key.address(), key.prefixlen()), new MapEntry(key, value));
    return 0;
  }

  @Override
  public boolean remove(IpcacheKey key) {
    Map<IpcacheKey, MapEntry> sameLength = family(key).get(key.prefixlen());
    if (sameLength == null || sameLength.remove(masked(key.address(), key.prefixlen())) == null) {
      return false;
    }
    if (sameLength.isEmpty()) {
      family(key).remove(key.prefixlen());
    }
    return true;
  }

  @Override
  void replace(IpcacheKey key, IpcacheEntry value) {
    put(key, value);
  }

  @Override
  public List<MapEntry> entries() {
    return java.util.stream.Stream.of(v4, v6)
        .flatMap(family -> family.values().stream())
        .flatMap(sameLength -> sameLength.values().stream())
        .toList();
  }

  @Override
  public void clear() {
    v4.clear();
    v6.clear();
  }

  private static IpcacheKey masked(IpAddress address, int bits) {
    if (!address.v6()) {
      return new IpcacheKey(IpAddress.v4(address.lo() & -1L << (32 - bits)), bits);
    }
    long hi = bits >= 64 ? address.hi() : bits == 0 ? 0 : address.hi() & -1L << (64 - bits);
    long lo = bits >= 128 ? address.lo() : bits <= 64 ? 0 : address.lo() & -1L << (128 - bits);
    return new IpcacheKey(new IpAddress(true, hi, lo), bits);
  }
}
