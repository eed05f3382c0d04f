// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.host;

import java.util.List;
import org.tailwalk.bpf.load.BpfMap;

/** One write to a session's maps. Lists of them cross to the kernel's thread together. */
public sealed interface MapWrite {
  /**
   * Stores elements; the value of a per-CPU map is given once and stored for every CPU, a counter
   * for the one that runs the programs.
   */
  record Put(LoadPlan.MapId map, List<BpfMap.Entry> entries) implements MapWrite {
    public Put {
      entries = List.copyOf(entries);
    }
  }

  /** Deletes elements; those that are not there are passed over. */
  record Delete(LoadPlan.MapId map, List<byte[]> keys) implements MapWrite {
    public Delete {
      keys = List.copyOf(keys);
    }
  }

  /** Deletes all elements; an array's values become zeros. */
  record Clear(LoadPlan.MapId map) implements MapWrite {}

  /** Puts a program into a slot of a program array. */
  record FillSlot(LoadPlan.MapId array, int slot, LoadPlan.ProgramId program) implements MapWrite {}

  /** Empties a slot; an empty one stays so. */
  record EmptySlot(LoadPlan.MapId array, int slot) implements MapWrite {}

  /** Points the event maps at the session's ring again, should someone else have taken the slot. */
  record Listen() implements MapWrite {}
}
