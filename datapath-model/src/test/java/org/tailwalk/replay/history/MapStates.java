// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.history;

import java.util.HashMap;
import java.util.Map;
import org.tailwalk.engine.MapEntry;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapValue;

/** All maps of a lane with all they hold, for comparing: read from its session, or as known. */
public final class MapStates {
  private MapStates() {}

  /** As a session has them now. */
  public static Map<MapRef, Map<MapKey, MapValue>> dump(ReplaySession session) throws Exception {
    Map<MapRef, Map<MapKey, MapValue>> all = new HashMap<>();
    for (MapRef map : session.maps()) {
      Map<MapKey, MapValue> entries = new HashMap<>();
      for (MapEntry entry : session.entries(map)) {
        entries.put(entry.key(), entry.value());
      }
      all.put(map, entries);
    }
    return all;
  }

  /** As a history has them at a moment. */
  public static Map<MapRef, Map<MapKey, MapValue>> known(MapHistory maps, Moment moment) {
    Map<MapRef, Map<MapKey, MapValue>> all = new HashMap<>();
    for (MapRef map : maps.maps()) {
      Map<MapKey, MapValue> entries = new HashMap<>();
      maps.entries(map, moment).forEach(e -> entries.put(e.key(), e.value()));
      all.put(map, entries);
    }
    return all;
  }
}
