// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import java.util.Locale;

/**
 * When the conntrack collector sweeps.
 *
 * @param mode by whose rule
 * @param intervalSeconds between two sweeps in mode {@link Mode#FIXED}, at least 1; else 0
 */
public record GcSettings(Mode mode, long intervalSeconds) {
  /** As the agent does by default: at start, then with an adapting interval. */
  public static final GcSettings AGENT = new GcSettings(Mode.AGENT, 0);

  /** By whose rule. */
  public enum Mode {
    AGENT,
    FIXED,
    OFF;

    /** The word in scenarios. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** An interval exactly when it is fixed. */
  public GcSettings {
    if (mode == Mode.FIXED ? intervalSeconds < 1 : intervalSeconds != 0) {
      throw new IllegalArgumentException(
          "an interval of at least 1 s goes with mode fixed, and with no other");
    }
  }
}
