// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import org.jspecify.annotations.Nullable;
import org.tailwalk.datapath.conntrack.CtLookup;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.maps.EndpointMaps;
import org.tailwalk.event.MapKey.CtTuple;
import org.tailwalk.event.MapValue.CtBuffer;
import org.tailwalk.packet.IpAddress;

/** The pick-up of a conntrack program's result by its target (section 2.3). */
final class HandOver {
  private HandOver() {}

  /**
   * The lookup's result; null when there is none. A source address of zero is taken for a buffer
   * that was never written, so packets to 0.0.0.0 end here.
   */
  static @Nullable CtLookup take(Run run, Endpoint self, Family family) {
    CtBuffer buffer = run.lookup(self.maps.buffer(family), EndpointMaps.SLOT_0);
    return buffer == null || buffer.tuple().saddr().isZero() ? null : CtLookup.of(buffer);
  }

  /**
   * Writes the tuple's source address through the pointer that the pick-up gave: IPv4 reverse
   * translation keeps the tuple in step with the packet.
   */
  static void storeSource(Run run, Endpoint self, Family family, IpAddress source) {
    var map = self.maps.buffer(family);
    CtBuffer buffer = map.get(EndpointMaps.SLOT_0);
    if (buffer == null || buffer.tuple().saddr().equals(source)) {
      return;
    }
    CtTuple tuple = buffer.tuple();
    CtTuple mended =
        new CtTuple(
            tuple.daddr(), source, tuple.dport(), tuple.sport(), tuple.nexthdr(), tuple.flags());
    run.store(
        map,
        EndpointMaps.SLOT_0,
        new CtBuffer(
            mended,
            buffer.revNatIndex(),
            buffer.stateBits(),
            buffer.addr(),
            buffer.svcAddr(),
            buffer.srcSecId(),
            buffer.ifindex(),
            buffer.backendId(),
            buffer.monitor(),
            buffer.ret()));
  }
}
