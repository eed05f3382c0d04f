// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

import java.util.Set;
import java.util.TreeSet;

/** What is known about where a register's value came from. */
public sealed interface Origin {
  /** Nothing. */
  record Unknown() implements Origin {}

  /** One of these maps (the map itself, as helpers take it in r1). */
  record MapPointer(Set<String> maps) implements Origin {
    public MapPointer {
      maps = Set.copyOf(maps);
    }
  }

  /** The frame pointer plus a constant, in this function's own frame. */
  record Stack(int offset) implements Origin {}

  /** An address in the first value of an array map, or arithmetic on it. */
  record MapValueAddress(String map) implements Origin {}

  /** A value found in one of these maps, at the address plus an offset. */
  record Found(Set<String> maps, int offset) implements Origin {
    public Found {
      maps = Set.copyOf(maps);
    }
  }

  Origin UNKNOWN = new Unknown();

  /** What holds on both of two paths. */
  default Origin join(Origin other) {
    if (equals(other)) {
      return this;
    }
    if (this instanceof MapPointer(Set<String> a) && other instanceof MapPointer(Set<String> b)) {
      return new MapPointer(union(a, b));
    }
    if (this instanceof Found(Set<String> a, int at)
        && other instanceof Found(Set<String> b, int there)
        && at == there) {
      return new Found(union(a, b), at);
    }
    return UNKNOWN;
  }

  private static Set<String> union(Set<String> a, Set<String> b) {
    Set<String> both = new TreeSet<>(a);
    both.addAll(b);
    return both;
  }
}
