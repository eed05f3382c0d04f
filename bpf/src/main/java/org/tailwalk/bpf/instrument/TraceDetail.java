// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.instrument;

import java.util.Optional;

/** How much a program's trace points record, from least to most. */
public enum TraceDetail {
  /** Nothing: the program as it was (the clock may still be replaced). */
  NONE,
  /** Program entries, exits, tail calls and their misses. */
  ENTRY,
  /** Also map lookups, updates and deletes with their keys, redirects and perf output. */
  CALLS,
  /** Also the first {@link #SHORT} bytes of the values found and written. */
  SHORT_VALUES,
  /** Also the values whole, up to the limit of the options. */
  VALUES;

  /** Bytes of a value that SHORT_VALUES records. */
  public static final int SHORT = 16;

  /** One step down the ladder. */
  public Optional<TraceDetail> lower() {
    return switch (this) {
      case NONE -> Optional.empty();
      case ENTRY -> Optional.of(NONE);
      case CALLS -> Optional.of(ENTRY);
      case SHORT_VALUES -> Optional.of(CALLS);
      case VALUES -> Optional.of(SHORT_VALUES);
    };
  }

  public boolean covers(TraceDetail other) {
    return compareTo(other) >= 0;
  }
}
