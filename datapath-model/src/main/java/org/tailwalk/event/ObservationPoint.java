// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.event;

import java.util.Optional;

/** Where a trace notification was sent from; the code is the event's subtype. */
public enum ObservationPoint {
  TO_LXC("to-endpoint"),
  TO_PROXY("to-proxy"),
  TO_HOST("to-host"),
  TO_STACK("to-stack"),
  TO_OVERLAY("to-overlay"),
  FROM_LXC("from-endpoint"),
  FROM_PROXY("from-proxy"),
  FROM_HOST("from-host"),
  FROM_STACK("from-stack"),
  FROM_OVERLAY("from-overlay"),
  FROM_NETWORK("from-network"),
  TO_NETWORK("to-network");

  private final String text;

  ObservationPoint(String text) {
    this.text = text;
  }

  /** 0 to 11. */
  public int code() {
    return ordinal();
  }

  /** The monitor's word. */
  public String text() {
    return text;
  }

  /** The point of a code. */
  public static Optional<ObservationPoint> ofCode(int code) {
    return code >= 0 && code < values().length ? Optional.of(values()[code]) : Optional.empty();
  }
}
