// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.engine;

import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;

/** A write by the control plane, between packets. */
public sealed interface MapOp {
  /** Adds or replaces an entry. */
  record Put(MapRef map, MapKey key, MapValue value) implements MapOp {}

  /** Removes an entry; nothing happens when it isn't there. */
  record Delete(MapRef map, MapKey key) implements MapOp {}

  /** Empties a slot of a program array: endpoint 0 for a shared map, else that endpoint's. */
  record EmptySlot(int endpoint, MapRole map, long slot) implements MapOp {}

  /** Puts the program that belongs there back. */
  record FillSlot(int endpoint, MapRole map, long slot) implements MapOp {}
}
