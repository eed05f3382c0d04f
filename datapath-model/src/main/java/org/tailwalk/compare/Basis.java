// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import java.util.Locale;

/** Why two packets stand in one row, and how much that says of them alone. */
public enum Basis {
  /** The same number of the same capture. */
  NUMBER(100, "the same packet"),
  /** Equal from the IP header on, IP id included. */
  IDENTICAL(100, "byte for byte the same packet"),
  /** Equal in payload, flags and place in the stream. */
  CONTENT(95, "the same payload, flags and place in the stream"),
  /** The same, at another place: overtaken on its way. */
  REORDERED(80, "the same payload and flags at another place: reordered"),
  /** Equal in flags and length. */
  SHAPE(70, "the same flags and length at this place of the flow"),
  /** A packet of the same kind. */
  KIND(40, "the same kind of packet at this place of the flow"),
  /** It stands alone. */
  NONE(0, "no counterpart");

  private final int percent;
  private final String reason;

  Basis(int percent, String reason) {
    this.percent = percent;
    this.reason = reason;
  }

  /** 0 to 100. */
  public int percent() {
    return percent;
  }

  /** For people. */
  public String reason() {
    return reason;
  }

  /** The word in JSON. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
