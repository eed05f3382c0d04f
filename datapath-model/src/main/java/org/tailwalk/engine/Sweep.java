// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.engine;

import java.util.List;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapValue;

/**
 * A sweep of the conntrack collector, or a row of sweeps that found nothing.
 *
 * @param firstNanos virtual time of the (first) sweep
 * @param lastNanos virtual time of the last one; equal to the first when {@code count} is 1
 * @param count how many; above 1 only when nothing was deleted
 * @param cause why it ran
 * @param deleted the entries it took
 * @param nextNanos when the next one is due; {@link Long#MAX_VALUE} for never
 */
public record Sweep(
    long firstNanos,
    long lastNanos,
    long count,
    Cause cause,
    List<Collected> deleted,
    long nextNanos) {
  /** Why a sweep ran. */
  public enum Cause {
    START,
    INTERVAL,
    /** The datapath's signal that a conntrack map is full. */
    SIGNAL
  }

  /** An entry that was taken. */
  public record Collected(MapRef map, MapKey.CtTuple tuple, MapValue.CtEntry entry) {}

  /** Keeps its own copy. */
  public Sweep {
    deleted = List.copyOf(deleted);
  }
}
