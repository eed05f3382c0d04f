// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.engine.MapOp;
import org.tailwalk.engine.Sweep;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.Step;
import org.tailwalk.text.Message;

/**
 * Watches maps that push out old entries when they are full. What they push out no trace tells of,
 * so from then on the lanes can't be held to agree. Counts by what traces and sweeps tell; used by
 * whoever reads the lane's traces, asked by any.
 */
final class FillWatch {
  /** The kernel hands out entries in batches of this many: it may push out that much earlier. */
  private static final int BATCH = 128;

  private final Map<MapRef, Integer> capacity;
  private final Map<MapRef, Integer> entries = new HashMap<>();
  private volatile @Nullable Message full;

  FillWatch(Map<MapRef, Integer> capacity) {
    this.capacity = Map.copyOf(capacity);
  }

  /** A fresh state, with so many entries written before the first packet. */
  void reset(Iterable<MapOp> state) {
    entries.clear();
    full = null;
    for (MapOp op : state) {
      if (op instanceof MapOp.Put(MapRef map, _, _)) {
        count(0, map, 1);
      }
    }
  }

  void see(long packet, LaneTrace lane) {
    if (capacity.isEmpty() || full != null) {
      return;
    }
    for (Sweep sweep : lane.sweeps()) {
      sweep.deleted().forEach(taken -> count(packet, taken.map(), -1));
    }
    for (Step step : lane.trace().steps()) {
      if (step.event() instanceof PathEvent.Changed change) {
        boolean before = change.before() != null;
        boolean after = change.after() != null;
        if (before != after) {
          count(packet, change.map(), after ? 1 : -1);
        }
      }
    }
  }

  private void count(long packet, MapRef map, int more) {
    Integer room = capacity.get(map);
    if (room == null) {
      return;
    }
    int now = entries.merge(map, more, Integer::sum);
    if (now >= Math.max(room - BATCH, room - room / 8)) {
      full = Message.of("map.full", map, packet, room);
    }
  }

  /** What to tell of the first map that filled. */
  Optional<Message> full() {
    return Optional.ofNullable(full);
  }
}
