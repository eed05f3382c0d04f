// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.engine;

import java.util.List;
import java.util.OptionalInt;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.EndpointConfig;
import org.tailwalk.scenario.Fault;

/**
 * What a session is opened with: a scenario as the control plane compiled it.
 *
 * @param config the build
 * @param endpoints each gets its own instances of the programs
 * @param state map entries there from the start
 * @param faults applied from the start
 * @param ctCapacity entries of each conntrack map when it is a plain hash, for builds without LRU
 *     maps; else empty
 */
public record NodeSetup(
    DatapathConfig config,
    List<EndpointConfig> endpoints,
    List<MapOp> state,
    List<Fault> faults,
    OptionalInt ctCapacity) {
  /** Keeps its own copies. */
  public NodeSetup {
    endpoints = List.copyOf(endpoints);
    state = List.copyOf(state);
    faults = List.copyOf(faults);
  }
}
