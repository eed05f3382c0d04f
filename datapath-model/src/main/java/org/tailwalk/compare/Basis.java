// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import java.util.Locale;
import org.tailwalk.text.Message;

/** Why two packets stand in one row, and how much that says of them alone. */
public enum Basis {
  /** The same number of the same capture. */
  NUMBER(100),
  /** Equal from the IP header on, IP id included. */
  IDENTICAL(100),
  /** Equal in payload, flags and place in the stream. */
  CONTENT(95),
  /** The same, at another place: overtaken on its way. */
  REORDERED(80),
  /** Equal in flags and length. */
  SHAPE(70),
  /** A packet of the same kind. */
  KIND(40),
  /** It stands alone. */
  NONE(0);

  private final int percent;

  Basis(int percent) {
    this.percent = percent;
  }

  /** 0 to 100. */
  public int percent() {
    return percent;
  }

  /** For people. */
  public Message message() {
    return Message.of("compare.basis." + label());
  }

  /** The word in JSON. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
