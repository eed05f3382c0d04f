// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.text;

/**
 * A failure that people read: its message is English, for commands; the window says it in its own
 * language.
 */
public interface Told {
  /** What is wrong, outermost first, and what to do. */
  Message told();

  /** What a failure says; one that has no more than its message says that. */
  static Message of(Throwable failure) {
    return failure instanceof Told said
        ? said.told()
        : Message.plain(String.valueOf(failure.getMessage()));
  }
}
