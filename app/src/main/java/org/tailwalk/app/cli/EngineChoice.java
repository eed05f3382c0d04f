// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.util.List;
import java.util.function.Consumer;
import org.tailwalk.replay.EngineUnavailableException;
import org.tailwalk.replay.ReplayEngine;

/** The words of {@code --engine}. */
enum EngineChoice {
  AUTO,
  KERNEL,
  MODEL,
  BOTH;

  /**
   * The engines of a choice, the kernel's first. {@code auto} is both where possible, else the model
   * with a warning.
   */
  List<ReplayEngine> pick(Engines engines, Consumer<String> warning)
      throws EngineUnavailableException {
    return switch (this) {
      case MODEL -> List.of(engines.model());
      case KERNEL -> List.of(engines.kernel());
      case BOTH -> List.of(engines.kernel(), engines.model());
      case AUTO -> {
        try {
          yield List.of(engines.kernel(), engines.model());
        } catch (EngineUnavailableException e) {
          warning.accept("the kernel engine can't run here, the model runs alone: " + e.getMessage());
          yield List.of(engines.model());
        }
      }
    };
  }
}
