// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import java.util.Locale;

/** What a row comes to. */
public enum Grade {
  SAME,
  /** The same path after a very different pause. */
  TIMING,
  DIFFERS,
  ONLY_A,
  ONLY_B,
  /** One side has it alone, but as another sighting of a packet that was run. */
  DUPLICATE;

  /** Whether the captures differ here: a pause, or a second tap, is no difference. */
  public boolean counts() {
    return switch (this) {
      case SAME, TIMING, DUPLICATE -> false;
      case DIFFERS, ONLY_A, ONLY_B -> true;
    };
  }

  /** The word in JSON. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
