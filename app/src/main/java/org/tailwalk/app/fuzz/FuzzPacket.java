// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fuzz;

import org.jspecify.annotations.Nullable;
import org.tailwalk.packet.Bytes;
import org.tailwalk.scenario.InjectionRule;

/**
 * A generated packet.
 *
 * @param gapNanos time since the packet before; negative for a capture that steps back
 * @param entry where it enters, null to let its addresses decide
 */
public record FuzzPacket(Bytes frame, long gapNanos, InjectionRule.@Nullable Entry entry) {
  FuzzPacket withFrame(Bytes other) {
    return new FuzzPacket(other, gapNanos, entry);
  }

  FuzzPacket withGap(long nanos) {
    return new FuzzPacket(frame, nanos, entry);
  }

  FuzzPacket withEntry(InjectionRule.@Nullable Entry other) {
    return new FuzzPacket(frame, gapNanos, other);
  }
}
