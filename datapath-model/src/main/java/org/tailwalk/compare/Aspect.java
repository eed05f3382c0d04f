// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import org.tailwalk.text.Message;

/**
 * One line of what differs.
 *
 * @param name {@code CT lookup}, {@code policy}, …
 * @param left A's side in words
 * @param right B's side in words
 */
public record Aspect(String name, Message left, Message right) {
  /** The name for people. */
  public Message title() {
    return Message.of("aspect." + name.replace(' ', '-'));
  }

  /** A's side in English. */
  public String a() {
    return left.english();
  }

  /** B's side in English. */
  public String b() {
    return right.english();
  }
}
