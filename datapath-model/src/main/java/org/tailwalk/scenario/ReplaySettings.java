// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import java.util.List;
import java.util.OptionalInt;

/**
 * How a capture is replayed.
 *
 * @param clockBaseSeconds what the virtual clock shows at the first packet, seconds
 * @param seed of the random numbers, 64 bits
 * @param ctCapacity entries of each conntrack map for builds without LRU maps; else empty
 * @param rules where certain packets enter, the first match wins
 */
public record ReplaySettings(
    GcSettings gc,
    long clockBaseSeconds,
    long seed,
    OptionalInt ctCapacity,
    List<Fault> faults,
    List<InjectionRule> rules) {
  /** Near zero, report intervals behave unlike a real machine. */
  public static final long DEFAULT_CLOCK_BASE = 1_000_000;

  /** The agent's collector, the usual clock, no faults. */
  public static final ReplaySettings DEFAULT =
      new ReplaySettings(
          GcSettings.AGENT, DEFAULT_CLOCK_BASE, 0, OptionalInt.empty(), List.of(), List.of());

  /** Keeps its own copies. */
  public ReplaySettings {
    faults = List.copyOf(faults);
    rules = List.copyOf(rules);
  }
}
