// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath;

import java.util.HashSet;
import java.util.Set;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.EndpointConfig;

/** Setups that the model refuses, rather than answer wrongly. */
final class ModelLimits {
  private ModelLimits() {}

  static void check(NodeSetup setup) throws ReplayException {
    DatapathConfig config = setup.config();
    if (!config.has(DatapathOption.ENABLE_IPV4) && !config.has(DatapathOption.ENABLE_IPV6)) {
      throw refused("neither ENABLE_IPV4 nor ENABLE_IPV6 is on; switch one on");
    }
    if (config.has(DatapathOption.ENABLE_ARP_RESPONDER)
        && config.has(DatapathOption.ENABLE_ARP_PASSTHROUGH)) {
      throw refused("ENABLE_ARP_RESPONDER and ENABLE_ARP_PASSTHROUGH exclude each other");
    }
    if (!config.has(DatapathOption.HAVE_LPM_TRIE_MAP_TYPE)) {
      throw refused(
          "HAVE_LPM_TRIE_MAP_TYPE is off, and the prefix list that replaces the trie is not part"
              + " of a build's options; switch it on");
    }
    Set<Integer> ids = new HashSet<>();
    for (EndpointConfig endpoint : setup.endpoints()) {
      if (endpoint.id() < 1 || endpoint.id() > 0xffff) {
        throw refused("endpoint id %d is not in 1..65535".formatted(endpoint.id()));
      }
      if (!ids.add(endpoint.id())) {
        throw refused("endpoint id %d is given twice".formatted(endpoint.id()));
      }
    }
  }

  private static ReplayException refused(String why) {
    return new ReplayException("open model session: " + why);
  }
}
