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
  /** Also the values found and written. */
  VALUES;

  /** One step down the ladder. */
  public Optional<TraceDetail> lower() {
    return switch (this) {
      case NONE -> Optional.empty();
      case ENTRY -> Optional.of(NONE);
      case CALLS -> Optional.of(ENTRY);
      case VALUES -> Optional.of(CALLS);
    };
  }

  public boolean covers(TraceDetail other) {
    return compareTo(other) >= 0;
  }
}
