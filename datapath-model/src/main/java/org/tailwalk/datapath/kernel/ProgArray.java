// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.kernel;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.MapRef;

/** A program array: which program each slot leads to, now and when nothing is broken. */
public final class ProgArray {
  private final MapRef ref;
  private final Map<Long, LoadedProgram> belongs = new HashMap<>();
  private final Map<Long, LoadedProgram> slots = new HashMap<>();

  /** An array with all slots empty. */
  public ProgArray(MapRef ref) {
    this.ref = ref;
  }

  /** How traces name it. */
  public MapRef ref() {
    return ref;
  }

  /** Puts a program in the slot where it belongs. */
  public void wire(long slot, LoadedProgram program) {
    belongs.put(slot, program);
    slots.put(slot, program);
  }

  /** Empties a slot. */
  public void empty(long slot) {
    slots.remove(slot);
  }

  /** Puts the program that belongs there back; nothing happens when none does. */
  public void fill(long slot) {
    LoadedProgram program = belongs.get(slot);
    if (program != null) {
      slots.put(slot, program);
    }
  }

  /** Puts back all programs. */
  public void fillAll() {
    slots.putAll(belongs);
  }

  /** The program in a slot, null when it is empty or out of range. */
  public @Nullable LoadedProgram get(long slot) {
    return slots.get(slot);
  }
}
