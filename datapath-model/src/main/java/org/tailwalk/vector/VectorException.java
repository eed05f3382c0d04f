// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.vector;

/** A vector file can't be read; the message reads {@code FILE:LINE: PATH: what is wrong}. */
public final class VectorException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message alone. */
  public VectorException(String message) {
    super(message);
  }

  /** With its cause. */
  public VectorException(String message, Throwable cause) {
    super(message, cause);
  }
}
