// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.event;

import java.util.Locale;
import java.util.Optional;

/** The status of a conntrack lookup; the code is the program's number. */
public enum CtStatus {
  NEW,
  ESTABLISHED,
  REPLY,
  RELATED,
  REOPENED;

  /** 0 to 4. */
  public int code() {
    return ordinal();
  }

  /** Lower case, as the monitor prints a trace reason. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status of a code 0 to 4. */
  public static Optional<CtStatus> ofCode(int code) {
    return code >= 0 && code < values().length ? Optional.of(values()[code]) : Optional.empty();
  }
}
