// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session.file;

/**
 * A session can't be opened or saved: the message names the file, the part, the cause, the way out.
 */
public class SessionException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message alone. */
  public SessionException(String message) {
    super(message);
  }

  /** With its cause. */
  public SessionException(String message, Throwable cause) {
    super(message, cause);
  }
}
