// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.why;

import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.replay.why.Cause;

/**
 * A link of the chain.
 *
 * @param cause what it is
 * @param text in words
 * @param place where it leads, as one reads it: {@code P3.S10}; empty when it leads nowhere
 * @param target where it leads
 */
public record WhyLink(Cause cause, String text, String place, Target target) {
  /** Where a link leads. */
  public sealed interface Target {
    /** Nowhere: what it tells of was there from the start. */
    record Nowhere() implements Target {}

    /** To a step, 0-based row. */
    record AtStep(long packet, int row) implements Target {}

    /** To an entry among the maps. */
    record AtEntry(MapRef map, MapKey key) implements Target {}
  }
}
