// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import org.tailwalk.replay.EngineUnavailableException;
import org.tailwalk.replay.ReplayEngine;

/** The two engines, made when a command asks for them. */
public interface Engines {
  /**
   * The loaded programs.
   *
   * @throws EngineUnavailableException when this machine or user can't; the message says why
   */
  ReplayEngine kernel() throws EngineUnavailableException;

  /** The model. */
  ReplayEngine model();
}
