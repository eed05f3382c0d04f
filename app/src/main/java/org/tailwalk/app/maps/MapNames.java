// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.maps;

import org.tailwalk.app.text.Texts;
import org.tailwalk.event.MapRef;
import org.tailwalk.scenario.Scenario;

/** What maps are called in the chooser. */
final class MapNames {
  private final Texts texts = Texts.of(MapNames.class);
  private final Scenario scenario;

  MapNames(Scenario scenario) {
    this.scenario = scenario;
  }

  String of(MapRef map) {
    String role =
        switch (map.role()) {
          case CT_TCP4 -> texts.get("map.ct-tcp4");
          case CT_ANY4 -> texts.get("map.ct-any4");
          case CT_TCP6 -> texts.get("map.ct-tcp6");
          case CT_ANY6 -> texts.get("map.ct-any6");
          case POLICY -> texts.get("map.policy");
          case IPCACHE -> texts.get("map.ipcache");
          case ENDPOINTS -> texts.get("map.endpoints");
          case METRICS -> texts.get("map.metrics");
          case LB4_SERVICES -> texts.get("map.services4");
          case LB6_SERVICES -> texts.get("map.services6");
          case LB4_BACKENDS -> texts.get("map.backends4");
          case LB6_BACKENDS -> texts.get("map.backends6");
          case LB4_REVERSE_NAT -> texts.get("map.reverse4");
          case LB6_REVERSE_NAT -> texts.get("map.reverse6");
          case LB4_AFFINITY -> texts.get("map.affinity4");
          case LB6_AFFINITY -> texts.get("map.affinity6");
          case AFFINITY_MATCH -> texts.get("map.affinity-match");
          case FRAGMENTS -> texts.get("map.fragments");
          case CT_BUFFER4 -> texts.get("map.buffer4");
          case CT_BUFFER6 -> texts.get("map.buffer6");
          case OTHER -> map.name();
          case POLICY_CALL,
              CALLS,
              CUSTOM_CALLS,
              POLICY_EGRESS_CALL,
              EVENTS,
              SIGNALS,
              ENCRYPT,
              TUNNEL ->
              map.role().symbol();
        };
    return map.endpoint() == 0 ? role : texts.get("map.of", role, endpoint(map.endpoint()));
  }

  private String endpoint(int id) {
    return scenario
        .node()
        .endpoint(id)
        .filter(e -> !e.name().isEmpty())
        .map(e -> e.name())
        .orElse(Integer.toString(id));
  }
}
