// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.engine;

import org.tailwalk.text.Message;

/** This machine or user can't run an engine: the message names what is missing and the way out. */
public final class EngineUnavailableException extends ReplayException {
  private static final long serialVersionUID = 1L;

  /** With a message alone. */
  public EngineUnavailableException(String message) {
    super(message);
  }

  /** In the reader's language. */
  public EngineUnavailableException(Message told) {
    super(told);
  }

  /** In the reader's language, with its cause. */
  public EngineUnavailableException(Message told, Throwable cause) {
    super(told, cause);
  }

  /** With its cause. */
  public EngineUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
