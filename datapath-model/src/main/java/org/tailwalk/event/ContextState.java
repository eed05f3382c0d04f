// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.event;

import java.util.List;

/**
 * The socket buffer's fields that the datapath keeps its own state in. Unsigned 32-bit numbers.
 *
 * @param cb five slots
 * @param tcIndex 0 where a run can't show it
 * @param queueMapping 0 where a run can't show it
 * @param packetType 0 = to this host
 */
public record ContextState(
    long mark, List<Long> cb, long tcIndex, long queueMapping, long packetType) {
  /** All zero. */
  public static final ContextState ZERO = of(0, 0, 0, 0, 0, 0);

  /** Five cb slots, no more, no less. */
  public ContextState {
    cb = List.copyOf(cb);
    if (cb.size() != 5) {
      throw new IllegalArgumentException("cb has 5 slots, not " + cb.size());
    }
  }

  /** Mark and cb; the rest 0. */
  public static ContextState of(long mark, long cb0, long cb1, long cb2, long cb3, long cb4) {
    return new ContextState(mark, List.of(cb0, cb1, cb2, cb3, cb4), 0, 0, 0);
  }
}
