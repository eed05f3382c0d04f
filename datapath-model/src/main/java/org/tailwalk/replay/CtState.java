// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import org.jspecify.annotations.Nullable;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapValue;
import org.tailwalk.packet.Protocols;
import org.tailwalk.text.Message;

/**
 * The state of a conntrack entry, derived from its bits; never to be mixed with the status of a
 * lookup.
 *
 * @param phase where the connection stands
 * @param expired its lifetime lies before now, and it still matches until the collector comes
 */
public record CtState(Phase phase, boolean expired) {
  /** Where a connection stands. */
  public enum Phase {
    /** There is no entry. */
    NONE,
    /** TCP, and nothing but SYN was seen. */
    SYN,
    ACTIVE,
    /** The side that the entry receives from has closed. */
    HALF_CLOSED_RX,
    /** The side that the entry sends for has closed. */
    HALF_CLOSED_TX,
    /** Both closing bits: only the short close timeout is left, and a SYN would reopen it. */
    DEAD,
    /** The agent's collector took it. */
    COLLECTED,
    /** A full LRU map pushed it out. */
    EVICTED
  }

  /** No entry at all. */
  public static final CtState NONE = new CtState(Phase.NONE, false);

  /**
   * The state of an entry.
   *
   * @param entry null when it is not in the map
   * @param nowSeconds of the virtual clock
   */
  public static CtState of(
      MapKey.CtTuple tuple, MapValue.@Nullable CtEntry entry, long nowSeconds) {
    if (entry == null) {
      return NONE;
    }
    boolean rx = entry.has(MapValue.CtEntry.RX_CLOSING);
    boolean tx = entry.has(MapValue.CtEntry.TX_CLOSING);
    Phase phase;
    if (rx && tx) {
      phase = Phase.DEAD;
    } else if (rx) {
      phase = Phase.HALF_CLOSED_RX;
    } else if (tx) {
      phase = Phase.HALF_CLOSED_TX;
    } else if (tuple.nexthdr() == Protocols.TCP && !entry.has(MapValue.CtEntry.SEEN_NON_SYN)) {
      phase = Phase.SYN;
    } else {
      phase = Phase.ACTIVE;
    }
    return new CtState(phase, entry.lifetime() < nowSeconds);
  }

  /** Whether a lookup would find the entry. */
  public boolean matches() {
    return switch (phase) {
      case NONE, COLLECTED, EVICTED -> false;
      case SYN, ACTIVE, HALF_CLOSED_RX, HALF_CLOSED_TX, DEAD -> true;
    };
  }

  /** In words of English: {@code ACTIVE}, {@code HALF_CLOSED(rx), expired, still matching}. */
  public String text() {
    return message().english();
  }

  /** In words; the names of states stay as they are. */
  public Message message() {
    Message word =
        switch (phase) {
          case HALF_CLOSED_RX -> Message.plain("HALF_CLOSED(rx)");
          case HALF_CLOSED_TX -> Message.plain("HALF_CLOSED(tx)");
          case NONE -> Message.of("state.none");
          case COLLECTED -> Message.of("state.collected");
          case EVICTED -> Message.of("state.evicted");
          case SYN, ACTIVE, DEAD -> Message.plain(phase.name());
        };
    return expired ? Message.of("state.expired", word) : word;
  }
}
