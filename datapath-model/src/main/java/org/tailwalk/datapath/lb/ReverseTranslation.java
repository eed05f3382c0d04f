// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.lb;

import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.header.Transport;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.maps.NodeMaps;
import org.tailwalk.datapath.rewrite.Translation;
import org.tailwalk.event.MapKey.IndexKey;
import org.tailwalk.event.MapValue.ReverseNat;
import org.tailwalk.packet.IpAddress;

/** {@code lb4_rev_nat} and {@code lb6_rev_nat}: a reply gets the service's address as source. */
public final class ReverseTranslation {
  private final NodeMaps maps;

  /** Translates by a node's reverse NAT maps. */
  public ReverseTranslation(NodeMaps maps) {
    this.maps = maps;
  }

  /**
   * Translates a reply; an index that leads nowhere is no error.
   *
   * @param loopback whether the destination becomes the old source
   * @param oldSource the source before translation
   * @return 0, a drop code, or a raw helper error number
   */
  public int apply(
      Run run,
      Family family,
      Transport transport,
      int revNatIndex,
      boolean loopback,
      IpAddress oldSource) {
    ReverseNat nat = run.lookup(maps.lb(family).reverseNat(), IndexKey.u16(revNatIndex));
    if (nat == null) {
      return 0;
    }
    if (nat.port() != 0 && transport.present()) {
      int error = Translation.sourcePort(run.skb(), transport, nat.port());
      if (error < 0) {
        return error;
      }
    }
    IpAddress newDestination = loopback ? oldSource : null;
    return Translation.addresses(run.skb(), family, transport, nat.address(), newDestination);
  }
}
