// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.transport;

import org.tailwalk.app.text.Texts;

/** How far one step goes. */
public enum StepBy {
  MAP_ACCESS("by.map"),
  TAIL_CALL("by.call"),
  PACKET("by.packet");

  private final String key;

  StepBy(String key) {
    this.key = key;
  }

  /** What the chooser shows. */
  public String label() {
    return word(key);
  }

  /** What it means. */
  public String about() {
    return word(key + ".about");
  }

  private static String word(String key, Object... values) {
    Texts texts = Texts.of(StepBy.class);
    return values.length == 0 ? texts.get(key) : texts.get(key, values);
  }
}
