// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import org.tailwalk.text.Message;

/**
 * A way to go on writing.
 *
 * @param from first character that it takes the place of, 0-based
 * @param to the one behind the last
 * @param text what stands there afterwards, with a blank behind it where more must follow
 * @param about a few words on it; may be empty
 */
public record Completion(int from, int to, String text, Message about) {
  /** Of what explains itself. */
  public Completion(int from, int to, String text) {
    this(from, to, text, Message.plain());
  }

  /** The filter afterwards. */
  public String applyTo(String filter) {
    return filter.substring(0, from) + text + filter.substring(to);
  }

  /** Where the caret stands afterwards. */
  public int caret() {
    return from + text.length();
  }
}
