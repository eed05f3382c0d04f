// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import java.util.Locale;

/** How packets of two captures are brought together. */
public enum AlignBy {
  /** Flows first, then the order inside each flow and direction. */
  FLOW("flow, then order in flow"),
  /** What the packets carry, in capture order, whatever flow they belong to. */
  CONTENT("content, in capture order"),
  /** Packet n with packet n: one capture replayed twice. */
  NUMBER("number");

  private final String about;

  AlignBy(String about) {
    this.about = about;
  }

  /** What a chooser shows. */
  public String about() {
    return about;
  }

  /** The word in JSON and on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
