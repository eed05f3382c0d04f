// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

/** What the user gave can't be used: exit code 1. The message says what, where, why, what to do. */
final class InputException extends Exception {
  private static final long serialVersionUID = 1L;

  InputException(String message) {
    super(message);
  }

  InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
