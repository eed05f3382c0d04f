// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import org.tailwalk.datapath.conntrack.CtLookup;
import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.header.IpHeader;
import org.tailwalk.datapath.kernel.HashTable;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.maps.EndpointMaps;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MapKey.CtTuple;
import org.tailwalk.event.MapKey.IndexKey;
import org.tailwalk.event.MapValue.CtBuffer;
import org.tailwalk.packet.IpAddress;

/** The pick-up of a conntrack program's result by its target (section 2.3). */
final class HandOver implements CtSource {
  private final HashTable<IndexKey, CtBuffer> buffer;

  HandOver(Endpoint self, Family family) {
    this.buffer = self.maps.buffer(family);
  }

  /**
   * A source address of zero is taken for a buffer that was never written, so packets to 0.0.0.0
   * end here.
   */
  @Override
  public CtLookup lookup(Run run, IpHeader ip) {
    CtBuffer found = run.lookup(buffer, EndpointMaps.SLOT_0);
    return found == null || found.tuple().saddr().isZero()
        ? CtLookup.failed(Returns.drop(DropReason.DROP_INVALID_TC_BUFFER))
        : CtLookup.of(found);
  }

  /**
   * Writes the tuple's source address through the pointer that the pick-up gave: IPv4 reverse
   * translation keeps the tuple in step with the packet.
   */
  @Override
  public void sourceTranslated(Run run, IpAddress source) {
    CtBuffer found = buffer.get(EndpointMaps.SLOT_0);
    if (found == null || found.tuple().saddr().equals(source)) {
      return;
    }
    CtTuple tuple = found.tuple();
    write(
        run,
        found,
        new CtTuple(
            tuple.daddr(), source, tuple.dport(), tuple.sport(), tuple.nexthdr(), tuple.flags()));
  }

  /**
   * Leaves the tuple in the buffer as a failed creation left it: the code changes it in place for
   * the second entry of a looped-back connection, and back again only when that could be written.
   */
  void tupleLeft(Run run, CtTuple tuple) {
    CtBuffer found = buffer.get(EndpointMaps.SLOT_0);
    if (found != null && !found.tuple().equals(tuple)) {
      write(run, found, tuple);
    }
  }

  private void write(Run run, CtBuffer found, CtTuple tuple) {
    run.store(
        buffer,
        EndpointMaps.SLOT_0,
        new CtBuffer(
            tuple,
            found.revNatIndex(),
            found.stateBits(),
            found.addr(),
            found.svcAddr(),
            found.srcSecId(),
            found.ifindex(),
            found.backendId(),
            found.monitor(),
            found.ret()));
  }
}
