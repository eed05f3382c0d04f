// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.engine;

import org.tailwalk.text.Message;
import org.tailwalk.text.Told;

/** A replay can't go on; the message reads as a path, outermost first, and says what to do. */
public class ReplayException extends Exception implements Told {
  private static final long serialVersionUID = 1L;

  private final transient Message told;

  /** With a message alone. */
  public ReplayException(String message) {
    this(Message.plain(message));
  }

  /** In the reader's language. */
  public ReplayException(Message told) {
    super(told.english());
    this.told = told;
  }

  /** With its cause. */
  public ReplayException(String message, Throwable cause) {
    this(Message.plain(message), cause);
  }

  /** In the reader's language, with its cause. */
  public ReplayException(Message told, Throwable cause) {
    super(told.english(), cause);
    this.told = told;
  }

  @Override
  public Message told() {
    return told;
  }
}
