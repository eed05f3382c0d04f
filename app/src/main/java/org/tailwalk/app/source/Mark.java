// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.source;

import org.jspecify.annotations.Nullable;
import org.tailwalk.app.walk.Reached;

/** What is known about a packet and an instruction or a line, the most telling first. */
enum Mark {
  /** A trace point wrote a record there. */
  OBSERVED("●", "observed"),
  /** Every way between two records passes it. */
  CERTAIN("│", "certain"),
  /** Some ways between two records pass it. */
  OPEN("┊", "open"),
  /** The packet was not there. */
  NOT("", "not"),
  /** No instruction comes from there. */
  NO_CODE("", "no-code");

  private final String sign;
  private final String style;

  Mark(String sign, String style) {
    this.sign = sign;
    this.style = style;
  }

  String sign() {
    return sign;
  }

  /** A style class. */
  String style() {
    return style;
  }

  static Mark of(@Nullable Reached packet, int index) {
    if (packet == null || packet.atMost(index) == 0) {
      return NOT;
    }
    if (packet.observed(index) > 0) {
      return OBSERVED;
    }
    return packet.atLeast(index) > 0 ? CERTAIN : OPEN;
  }

  Mark or(Mark other) {
    return ordinal() <= other.ordinal() ? this : other;
  }
}
