// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.capture;

/**
 * A capture can't be read: the message names the file, the place in it, the reason and what to do.
 */
public final class CaptureException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message alone. */
  public CaptureException(String message) {
    super(message);
  }

  /** With its cause. */
  public CaptureException(String message, Throwable cause) {
    super(message, cause);
  }
}
