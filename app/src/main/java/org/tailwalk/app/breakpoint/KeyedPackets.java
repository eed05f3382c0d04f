// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.breakpoint;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.session.Breakpoint;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.session.TouchedKeys;
import org.tailwalk.event.MapKey;

/**
 * Which packets of a replay name the keys that breakpoints ask for, as far as it was asked: to look
 * takes every key that any packet named. Used by several threads.
 */
final class KeyedPackets {
  /** A bit for each packet and answer: some megabytes at most. */
  private static final int MOST = 32;

  private final @Nullable TouchedKeys keys;
  private final Map<Breakpoint.MapEntry, BitSet> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Breakpoint.MapEntry, BitSet> eldest) {
          return size() > MOST;
        }
      };

  private KeyedPackets(@Nullable TouchedKeys keys) {
    this.keys = keys;
  }

  /** Of this replay; null for none. */
  static KeyedPackets of(@Nullable Replay replay) {
    return new KeyedPackets(replay == null ? null : replay.summaries().keys().orElse(null));
  }

  /**
   * The packets that do with such a key what is asked for, not to be changed; null where no keys
   * were kept; none when it was told to stop.
   *
   * @param map whether a map is meant, by its name
   * @param key whether a key is
   */
  @Nullable BitSet of(
      Breakpoint.MapEntry asked,
      Predicate<String> map,
      Predicate<MapKey> key,
      BooleanSupplier goOn) {
    if (keys == null) {
      return null;
    }
    synchronized (known) {
      BitSet found = known.get(asked);
      if (found != null) {
        return found;
      }
    }
    // Who waits meanwhile could not be told to stop: two may look for the same.
    Optional<BitSet> found = keys.packets(map, key, asked.access(), goOn);
    synchronized (known) {
      found.ifPresent(packets -> known.put(asked, packets));
    }
    return found.orElseGet(BitSet::new);
  }
}
