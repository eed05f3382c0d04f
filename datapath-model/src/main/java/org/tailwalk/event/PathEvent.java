// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.event;

import org.jspecify.annotations.Nullable;
import org.tailwalk.packet.Bytes;

/**
 * One thing that happened to a packet on its path. Both engines tell a packet's life in these and
 * nothing else. To add a kind: name it here, and let the compiler list every switch that must know
 * it.
 */
public sealed interface PathEvent {
  /** The program behind it; null for what no single program did. */
  default @Nullable ProgramRef program() {
    return null;
  }

  /** Events about the flow from program to program. */
  sealed interface ProgramEvent extends PathEvent {
    /** The program that did it. */
    @Override
    ProgramRef program();
  }

  /**
   * A program began to run.
   *
   * @param context mark and cb at entry; null where it was not recorded
   */
  record Entered(ProgramRef program, @Nullable ContextState context) implements ProgramEvent {}

  /** A tail call succeeded: the program never goes on. */
  record TailCallTaken(ProgramRef program, MapRef map, long slot) implements ProgramEvent {}

  /** A tail call fell through: empty slot, or the budget of 33 is spent. */
  record TailCallMissed(ProgramRef program, MapRef map, long slot) implements ProgramEvent {}

  /**
   * A program returned, and with it the run.
   *
   * @param code signed 32 bits
   */
  record Returned(ProgramRef program, int code) implements ProgramEvent {}

  /** Events about maps. */
  sealed interface MapEvent extends PathEvent {
    /** The program that did it. */
    @Override
    ProgramRef program();

    /** The map. */
    MapRef map();

    /** The entry's key. */
    MapKey key();
  }

  /**
   * A lookup.
   *
   * @param value what was found, null for a miss and where it was not recorded
   */
  record LookedUp(ProgramRef program, MapRef map, MapKey key, boolean hit, @Nullable MapValue value)
      implements MapEvent {}

  /**
   * A call to the update helper.
   *
   * @param value the value handed over; null where it was not recorded
   * @param errno 0, or the kernel's negative error number
   */
  record Updated(ProgramRef program, MapRef map, MapKey key, @Nullable MapValue value, int errno)
      implements MapEvent {}

  /** A call to the delete helper. */
  record Deleted(ProgramRef program, MapRef map, MapKey key, int errno) implements MapEvent {}

  /**
   * The net change of an entry by this packet, by update, delete or stores through a pointer.
   * Stands behind the last event that touched the entry.
   *
   * @param before null when the entry is new
   * @param after null when it is gone
   */
  record Changed(
      ProgramRef program,
      MapRef map,
      MapKey key,
      @Nullable MapValue before,
      @Nullable MapValue after)
      implements MapEvent {}

  /** A notification was sent. */
  record Notified(ProgramRef program, Notification notification) implements PathEvent {}

  /**
   * The redirect helper was called.
   *
   * @param helper {@code redirect}, {@code redirect_peer}, {@code redirect_neigh}, {@code
   *     clone_redirect}
   */
  record RedirectCalled(ProgramRef program, String helper, long ifindex, long flags)
      implements PathEvent {}

  /**
   * Bytes of the frame differ from what went in; at the end of a trace.
   *
   * @param offset from the destination MAC
   * @param field the header field, such as {@code ip.ttl}; {@code bytes} when none fits
   */
  record Rewritten(int offset, String field, Bytes before, Bytes after) implements PathEvent {}

  /**
   * A context field differs from what went in; at the end of a trace.
   *
   * @param field {@code mark}, {@code cb[0]} … {@code cb[4]}, {@code tc_index}, {@code
   *     queue_mapping}, {@code pkt_type}
   */
  record ContextChanged(String field, long before, long after) implements PathEvent {}

  /** What became of the packet: always the last event. */
  record VerdictReached(Verdict verdict) implements PathEvent {}
}
