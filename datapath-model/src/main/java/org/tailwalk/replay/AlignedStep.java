// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import org.jspecify.annotations.Nullable;
import org.tailwalk.event.Step;

/**
 * A row of two traces laid side by side.
 *
 * @param index 1-based within the packet: the S of {@code P6.S4}
 * @param kernel null where the kernel lane has nothing here
 * @param model null where the model has nothing here
 * @param same whether what can be observed is equal; true when there is one lane only
 */
public record AlignedStep(int index, @Nullable Step kernel, @Nullable Step model, boolean same) {
  /** Rejects a row of nothing. */
  public AlignedStep {
    if (kernel == null && model == null) {
      throw new IllegalArgumentException("a row has at least one side");
    }
  }

  /** The kernel's side, or the model's where there is none. */
  public Step either() {
    Step step = kernel != null ? kernel : model;
    if (step == null) {
      throw new IllegalStateException("a row has at least one side");
    }
    return step;
  }

  /** The row's name in a packet: {@code P6.S4}. */
  public String id(long packet) {
    return "P" + packet + ".S" + index;
  }
}
