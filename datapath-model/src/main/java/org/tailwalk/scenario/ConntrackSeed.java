// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;

/**
 * A conntrack entry that is there before the first packet.
 *
 * @param map one of the four conntrack maps
 * @param tuple as stored: addresses the other way round than in the packet that made it
 * @param entry lifetime in seconds of the virtual clock
 */
public record ConntrackSeed(MapRole map, MapKey.CtTuple tuple, MapValue.CtEntry entry) {
  /** Rejects other maps, and a family that the map doesn't hold. */
  public ConntrackSeed {
    if (!map.conntrack()) {
      throw new IllegalArgumentException(map + " is not a conntrack map");
    }
    boolean v6 = map == MapRole.CT_TCP6 || map == MapRole.CT_ANY6;
    if (tuple.daddr().v6() != v6 || tuple.saddr().v6() != v6) {
      throw new IllegalArgumentException(
          map + " holds " + (v6 ? "IPv6" : "IPv4") + " entries, not " + tuple.daddr());
    }
  }
}
