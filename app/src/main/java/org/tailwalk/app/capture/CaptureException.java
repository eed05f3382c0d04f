// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.capture;

import org.tailwalk.text.Message;
import org.tailwalk.text.Told;

/**
 * A capture can't be read: the message names the file, the place in it, the reason and what to do.
 */
public final class CaptureException extends Exception implements Told {
  private static final long serialVersionUID = 1L;

  private final transient Message told;

  /** With a message alone. */
  public CaptureException(String message) {
    this(Message.plain(message));
  }

  /** In the reader's language. */
  public CaptureException(Message told) {
    super(told.english());
    this.told = told;
  }

  /** With its cause. */
  public CaptureException(String message, Throwable cause) {
    this(Message.plain(message), cause);
  }

  /** In the reader's language, with its cause. */
  public CaptureException(Message told, Throwable cause) {
    super(told.english(), cause);
    this.told = told;
  }

  @Override
  public Message told() {
    return told;
  }
}
