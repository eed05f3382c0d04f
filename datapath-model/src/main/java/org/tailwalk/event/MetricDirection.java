// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.event;

import java.util.Locale;

/** The direction of a metric; its code is the low two bits of the key's second byte. */
public enum MetricDirection {
  UNKNOWN,
  INGRESS,
  EGRESS,
  SERVICE;

  /** 0 to 3. */
  public int code() {
    return ordinal();
  }

  /** The direction of a code 0 to 3. */
  public static MetricDirection ofCode(int code) {
    return values()[code];
  }

  /** Lower case, as the agent labels it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
