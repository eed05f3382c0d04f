// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.engine;

/** A replay can't go on; the message reads as a path, outermost first, and says what to do. */
public class ReplayException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message alone. */
  public ReplayException(String message) {
    super(message);
  }

  /** With its cause. */
  public ReplayException(String message, Throwable cause) {
    super(message, cause);
  }
}
