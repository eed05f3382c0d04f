// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import org.tailwalk.event.MapRole;

/** Something broken on purpose. */
public sealed interface Fault {
  /**
   * A slot of a program array is empty.
   *
   * @param endpoint whose private map; 0 for all endpoints, or for a shared map
   * @param map {@link MapRole#CALLS}, {@link MapRole#POLICY_CALL}, {@link
   *     MapRole#POLICY_EGRESS_CALL}
   */
  record EmptySlot(int endpoint, MapRole map, long slot) implements Fault {}

  /** No conntrack entry can be created. */
  record ConntrackFull() implements Fault {}

  /** The conntrack hand-over buffer can't be written. */
  record BufferRefuses() implements Fault {}

  /**
   * A packet arrives cut.
   *
   * @param packet 1-based number in the capture
   * @param length bytes left
   */
  record Truncate(long packet, int length) implements Fault {}

  /** Tail calls spent before the entry program, out of 33. */
  record BurnCalls(int calls) implements Fault {}
}
