// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.inspector;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A node of the packet tree.
 *
 * @param name what it is, whatever it holds: the same in the next packet
 * @param text name and value
 * @param from first byte it stands for
 * @param to behind its last byte
 * @param value the value alone; empty where there is none to take away
 * @param filter what finds packets with this value; empty where the filter language has no such
 *     field
 */
record PacketNode(
    String name,
    String text,
    int from,
    int to,
    String value,
    String filter,
    boolean changed,
    List<PacketNode> children) {
  /** Keeps its own copy. */
  PacketNode {
    children = List.copyOf(children);
  }

  /** A node with nothing to take away or to filter by. */
  static PacketNode plain(String name, String text, int from, int to, List<PacketNode> children) {
    return new PacketNode(name, text, from, to, "", "", false, children);
  }

  /** The same with words behind its value, in brackets; the value stays what the bytes say. */
  PacketNode withRemark(String remark) {
    String words = text + " (" + remark + ")";
    return new PacketNode(name, words, from, to, value, filter, changed, children);
  }

  /** The same, told which bytes of the frame the datapath changed. */
  PacketNode withChanges(BitSet bytes) {
    int next = bytes.nextSetBit(from);
    List<PacketNode> parts = children.stream().map(child -> child.withChanges(bytes)).toList();
    return new PacketNode(name, text, from, to, value, filter, next >= 0 && next < to, parts);
  }

  /** The same, with those filters alone. */
  PacketNode offering(Set<String> filters) {
    List<PacketNode> parts = children.stream().map(child -> child.offering(filters)).toList();
    String offered = filters.contains(filter) ? filter : "";
    return new PacketNode(name, text, from, to, value, offered, changed, parts);
  }

  /** Its filter and those of its parts, as far as there are such. */
  Stream<String> filters() {
    return Stream.concat(
        Stream.of(filter).filter(own -> !own.isEmpty()),
        children.stream().flatMap(PacketNode::filters));
  }
}
