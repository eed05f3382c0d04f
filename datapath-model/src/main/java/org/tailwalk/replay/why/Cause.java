// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.why;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.event.SourceRef;
import org.tailwalk.event.Verdict;
import org.tailwalk.replay.Reading;
import org.tailwalk.replay.history.Write;

/**
 * A link of the chain that leads back from what became of a packet. Steps are rows of the packet:
 * the S of {@code P6.S4}.
 */
public sealed interface Cause {
  /** What became of it. */
  record Outcome(long packet, Verdict verdict, Reading.@Nullable Reason reason) implements Cause {}

  /**
   * Where it was decided.
   *
   * @param source null where the lane knows none
   */
  record Branch(long packet, int step, ProgramRef program, @Nullable SourceRef source)
      implements Cause {}

  /** A tail call that found no program, or no budget. */
  record MissedCall(long packet, int step, MapRef map, long slot) implements Cause {}

  /** A lookup that the branch went by. */
  record Lookup(long packet, int step, MapRef map, MapKey key, boolean hit) implements Cause {
    /** The step that asked a map; empty when none did. */
    static Optional<Lookup> of(
        Rows rows, long packet, MapRole role, MapRef map, MapKey key, boolean hit) {
      return rows.lookup(role, key).map(row -> new Lookup(packet, row.index(), map, key, hit));
    }
  }

  /**
   * The entry it found, or the one that comes nearest to what it looked for.
   *
   * @param value as the packet found it; null when it was gone by then
   */
  record Entry(MapRef map, MapKey key, @Nullable MapValue value, boolean nearest)
      implements Cause {}

  /** Who wrote or took that entry. */
  record Written(MapRef map, MapKey key, Write write) implements Cause {}
}
