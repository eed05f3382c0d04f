// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.maps;

import java.util.Comparator;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;

/**
 * A map in the chooser.
 *
 * @param name for people
 * @param entries in the first lane there is, at the moment shown
 * @param model in the model; the same where there is one lane
 */
public record MapChoice(MapRef map, String name, int entries, int model) {
  /** Conntrack first, then what decides, then what counts, then what hands over. */
  static final Comparator<MapChoice> ORDER =
      Comparator.comparingInt((MapChoice c) -> rank(c.map.role()))
          .thenComparing(c -> c.map.role())
          .thenComparingInt(c -> c.map.endpoint())
          .thenComparing(c -> c.map.name());

  private static int rank(MapRole role) {
    return switch (role) {
      case CT_TCP4, CT_ANY4, CT_TCP6, CT_ANY6 -> 0;
      case POLICY -> 1;
      case IPCACHE, ENDPOINTS -> 2;
      case LB4_SERVICES,
          LB6_SERVICES,
          LB4_BACKENDS,
          LB6_BACKENDS,
          LB4_REVERSE_NAT,
          LB6_REVERSE_NAT,
          LB4_AFFINITY,
          LB6_AFFINITY,
          AFFINITY_MATCH ->
          3;
      case METRICS -> 4;
      case FRAGMENTS, TUNNEL, ENCRYPT, CT_BUFFER4, CT_BUFFER6 -> 5;
      case POLICY_CALL, POLICY_EGRESS_CALL, CALLS, CUSTOM_CALLS, EVENTS, SIGNALS -> 6;
      case OTHER -> 7;
    };
  }

  /** With the number of entries; both lanes' where they differ. */
  public String text() {
    return entries == model
        ? "%s · %,d".formatted(name, entries)
        : "%s · %,d ≠ %,d".formatted(name, entries, model);
  }
}
