// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.maps;

import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;

/**
 * Which entry of a snapshot is to be selected.
 *
 * @param wanted what somebody was led to; null for nothing in particular
 * @param map the map shown so far
 * @param selected the entry selected so far that is to stay so where the map stays; null for none
 */
record EntryAim(@Nullable MapKey wanted, Optional<MapRef> map, @Nullable MapKey selected) {
  /** The entry to look for; null to take what the packet did. */
  @Nullable MapKey key(MapSnapshot snapshot) {
    return wanted != null
        ? wanted
        : map.equals(Optional.ofNullable(snapshot.map())) ? selected : null;
  }

  /** The line of it; empty where it does not stand there. */
  Optional<MapLine> line(MapSnapshot snapshot) {
    MapKey key = key(snapshot);
    return key == null
        ? touched(snapshot)
        : snapshot.lines().stream().filter(l -> matches(l.key(), key, l)).findFirst();
  }

  /** What the packet wrote, or else found. */
  private static Optional<MapLine> touched(MapSnapshot snapshot) {
    return snapshot.lines().stream()
        .max(Comparator.comparing(MapLine::touch))
        .filter(l -> l.touch() != MapLine.Touch.NONE);
  }

  /** An address that was looked up stands for the prefix it found. */
  private static boolean matches(MapKey given, MapKey key, MapLine line) {
    return given.equals(key)
        || key instanceof MapKey.IpcacheKey
            && given instanceof MapKey.IpcacheKey
            && line.touch() == MapLine.Touch.FOUND;
  }
}
