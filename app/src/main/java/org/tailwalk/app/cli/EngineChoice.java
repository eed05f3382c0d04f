// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

/** The words of {@code --engine}. */
enum EngineChoice {
  /** Both where possible, else the model with a warning. */
  AUTO,
  KERNEL,
  MODEL,
  BOTH;

  boolean kernel() {
    return this != MODEL;
  }

  boolean model() {
    return this != KERNEL;
  }

  /** Whether the model alone will do when the kernel engine can't run. */
  boolean mayFallBack() {
    return this == AUTO;
  }
}
