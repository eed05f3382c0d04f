// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.maps;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A map at a moment and the entry of it that is to be selected, read in one go: a second question
 * would wait for a whole pulse of the UI thread. Made in the background.
 *
 * @param line the entry that is to be selected, unless another one was chosen meanwhile
 * @param details of it; null where there is none, or where they take longer to find
 */
record MapReading(
    MapSnapshot snapshot, Optional<MapLine> line, EntryAtMoment.@Nullable Details details) {
  static MapReading of(MapSnapshot.Wish wish, EntryAim aim) {
    MapSnapshot snapshot = MapSnapshot.of(wish);
    Optional<MapLine> line = aim.line(snapshot);
    EntryAtMoment.Details details =
        snapshot.map() == null || line.isEmpty()
            ? null
            : EntryAtMoment.of(wish.history(), snapshot.map(), line.get(), wish.moment())
                .filter(entry -> !entry.old())
                .map(entry -> entry.details(wish.fields()))
                .orElse(null);
    return new MapReading(snapshot, line, details);
  }
}
