// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.conntrack;

import org.jspecify.annotations.Nullable;
import org.tailwalk.app.text.Texts;
import org.tailwalk.event.MapValue.CtEntry;

/** What an entry says of its connection; derived from its bits. */
public enum EntryState {
  NO_ENTRY("state.none"),
  SYN("state.syn"),
  ACTIVE("state.active"),
  HALF_CLOSED("state.half"),
  DEAD("state.dead");

  private final String key;

  EntryState(String key) {
    this.key = key;
  }

  /** The word in the diagram. */
  public String label() {
    return Texts.of(EntryState.class).get(key);
  }

  /**
   * The state of an entry.
   *
   * @param entry null when there is none
   * @param tcp only TCP entries have a beginning and an end
   */
  public static EntryState of(@Nullable CtEntry entry, boolean tcp) {
    if (entry == null) {
      return NO_ENTRY;
    }
    boolean rx = entry.has(CtEntry.RX_CLOSING);
    boolean tx = entry.has(CtEntry.TX_CLOSING);
    if (rx && tx) {
      return DEAD;
    }
    if (rx || tx) {
      return HALF_CLOSED;
    }
    return tcp && !entry.has(CtEntry.SEEN_NON_SYN) ? SYN : ACTIVE;
  }
}
