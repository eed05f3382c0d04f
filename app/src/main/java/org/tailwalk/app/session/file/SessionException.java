// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session.file;

import org.tailwalk.text.Message;
import org.tailwalk.text.Told;

/**
 * A session can't be opened or saved: the message names the file, the part, the cause, the way out.
 */
public class SessionException extends Exception implements Told {
  private static final long serialVersionUID = 1L;

  private final transient Message told;

  /** With a message alone. */
  public SessionException(String message) {
    this(Message.plain(message));
  }

  /** In the reader's language. */
  public SessionException(Message told) {
    super(told.english());
    this.told = told;
  }

  /** With its cause. */
  public SessionException(String message, Throwable cause) {
    this(Message.plain(message), cause);
  }

  /** In the reader's language, with its cause. */
  public SessionException(Message told, Throwable cause) {
    super(told.english(), cause);
    this.told = told;
  }

  @Override
  public Message told() {
    return told;
  }
}
