// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.engine;

/** One of the two ways a packet is walked. */
public interface ReplayEngine {
  /** {@code kernel} or {@code model}. */
  String name();

  /**
   * Opens a session; nothing is shared between sessions.
   *
   * @throws EngineUnavailableException when this machine or user can't
   * @throws ReplayException when this setup can't be had: an option left out, a program the
   *     verifier refuses
   */
  ReplaySession open(NodeSetup setup) throws ReplayException;
}
