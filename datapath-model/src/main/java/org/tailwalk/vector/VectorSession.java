// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.vector;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.tailwalk.engine.Injection;
import org.tailwalk.engine.MapOp;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.EndpointConfig;

/**
 * A recorded session: a machine, and what happened on it in order.
 *
 * @param id unique among all files
 * @param configName short name of the build
 * @param unknownOptions switches that are on and that our datapath doesn't know
 * @param hasServices whether any service was configured
 * @param state map entries there from the start
 * @param ctCapacity entries of each conntrack map where they are plain hashes
 */
public record VectorSession(
    String id,
    String title,
    String configName,
    DatapathConfig config,
    Set<String> unknownOptions,
    boolean hasServices,
    List<EndpointConfig> endpoints,
    List<MapOp> state,
    OptionalInt ctCapacity,
    List<Step> steps) {
  /** Keeps its own copies. */
  public VectorSession {
    unknownOptions = Set.copyOf(unknownOptions);
    endpoints = List.copyOf(endpoints);
    state = List.copyOf(state);
    steps = List.copyOf(steps);
  }

  /** What happened next. */
  public sealed interface Step {
    /** Words; never compared. */
    String description();
  }

  /** The control plane wrote. */
  public record Edit(String description, List<MapOp> ops) implements Step {
    /** Keeps its own copy. */
    public Edit {
      ops = List.copyOf(ops);
    }
  }

  /** A packet was run. */
  public record Packet(String description, Injection injection, Outcome recorded) implements Step {}

  /** The machine with its state, as an engine opens it. */
  public NodeSetup setup() {
    return new NodeSetup(config, endpoints, state, List.of(), ctCapacity);
  }

  /** Its packets alone, in order. */
  public List<Injection> injections() {
    return steps.stream()
        .filter(Packet.class::isInstance)
        .map(s -> ((Packet) s).injection())
        .toList();
  }

  /** How many packets it has. */
  public long packets() {
    return steps.stream().filter(Packet.class::isInstance).count();
  }
}
