// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.transport;

/** How far one step goes. */
public enum StepBy {
  MAP_ACCESS("map access", "every step: lookups, changes, notifications"),
  TAIL_CALL("tail call", "from program to program"),
  PACKET("packet", "from packet to packet");

  private final String label;
  private final String about;

  StepBy(String label, String about) {
    this.label = label;
    this.about = about;
  }

  /** What the chooser shows. */
  public String label() {
    return label;
  }

  /** What it means. */
  public String about() {
    return about;
  }
}
