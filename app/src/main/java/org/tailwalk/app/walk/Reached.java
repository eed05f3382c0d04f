// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.walk;

import java.util.HashMap;
import java.util.Map;

/**
 * How often instructions of one program were reached: by one packet, or by all of a capture. A
 * stretch between two trace points counts once for each instruction in it, however often a loop
 * turned.
 */
public final class Reached {
  private final CodeWays ways;
  private final long[] atLeast;
  private final long[] atMost;
  private final long[] observed;

  private Reached(CodeWays ways) {
    this.ways = ways;
    int size = ways.program().code().size();
    atLeast = new long[size];
    atMost = new long[size];
    observed = new long[size];
  }

  /** For each program that hops tell of and {@code ways} has, what was reached. */
  public static Map<String, Reached> of(Map<String, CodeWays> ways, Map<Hop, Long> hops) {
    Map<String, Reached> found = new HashMap<>();
    hops.forEach((hop, count) -> {
      CodeWays mine = ways.get(hop.program());
      if (mine != null) {
        found.computeIfAbsent(hop.program(), _ -> new Reached(mine)).add(hop, count);
      }
    });
    return found;
  }

  private void add(Hop hop, long count) {
    Stretch stretch = ways.stretch(hop);
    stretch.certain().stream().forEach(i -> atLeast[i] += count);
    stretch.open().stream().forEach(i -> atMost[i] += count);
    int to = ways.index(hop.to());
    if (to >= 0) {
      observed[to] += count;
      atLeast[to] += count;
      atMost[to] += count;
    }
  }

  /** Certainly reached this often. */
  public long atLeast(int index) {
    return atLeast[index];
  }

  /** Not reached more often than this. */
  public long atMost(int index) {
    return atMost[index];
  }

  /** So often a trace point wrote that it was reached. */
  public long observed(int index) {
    return observed[index];
  }
}
