// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.engine;

import java.util.List;

/**
 * The programs of one endpoint's object and the tail calls between them, as read from the object
 * itself.
 */
public record ProgramGraph(List<Node> nodes, List<Edge> edges) {
  /** Keeps its own copies. */
  public ProgramGraph {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /**
   * A program.
   *
   * @param id as in {@link org.tailwalk.event.ProgramRef#id}
   * @param function the C function's name
   * @param section the ELF section
   * @param instructions how many, as compiled; 0 where there are none
   */
  public record Node(String id, String function, String section, int instructions) {}

  /**
   * A tail call.
   *
   * @param from a node's id
   * @param to a node's id; {@code policy} for a slot of the policy-call map that is only known at
   *     run time
   * @param map which program array
   * @param slot the constant slot, or -1 when it is only known at run time
   */
  public record Edge(String from, String to, org.tailwalk.event.MapRole map, long slot) {}
}
