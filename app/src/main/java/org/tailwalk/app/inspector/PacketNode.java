// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.inspector;

import java.util.List;

/**
 * A node of the packet tree.
 *
 * @param from first byte it stands for
 * @param to behind its last byte
 */
public record PacketNode(String text, int from, int to, List<PacketNode> children) {
  /** Keeps its own copy. */
  public PacketNode {
    children = List.copyOf(children);
  }
}
