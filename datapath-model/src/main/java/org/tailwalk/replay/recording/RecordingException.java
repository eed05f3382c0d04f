// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.recording;

import org.tailwalk.engine.ReplayException;

/** A recording can't be read, or is of something else than what is replayed. */
public final class RecordingException extends ReplayException {
  private static final long serialVersionUID = 1L;

  /** With a message alone. */
  public RecordingException(String message) {
    super(message);
  }

  /** With its cause. */
  public RecordingException(String message, Throwable cause) {
    super(message, cause);
  }
}
