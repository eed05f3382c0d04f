// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.util.Optional;

/** Opens the window; the command line itself knows no JavaFX. */
@FunctionalInterface
public interface WindowOpener {
  /**
   * Opens it and returns when it is closed, or when the picture asked for is written.
   *
   * @return what went wrong with the picture, for people
   * @throws IllegalArgumentException when the request can't be understood
   */
  Optional<String> open(WindowRequest request) throws InterruptedException;
}
