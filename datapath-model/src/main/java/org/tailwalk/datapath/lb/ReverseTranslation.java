// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.lb;

import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.header.Transport;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.maps.NodeMaps;
import org.tailwalk.datapath.notify.DebugNotify;
import org.tailwalk.datapath.notify.DebugNotify.PerFamily;
import org.tailwalk.datapath.rewrite.Translation;
import org.tailwalk.event.MapKey.IndexKey;
import org.tailwalk.event.MapValue.ReverseNat;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.Era;

/** {@code lb4_rev_nat} and {@code lb6_rev_nat}: a reply gets the service's address as source. */
public final class ReverseTranslation {
  private static final int IPV4_DADDR = 30;

  private final NodeMaps maps;
  private final DebugNotify debug;
  private final boolean year2020;

  /** Translates by a node's reverse NAT maps. */
  public ReverseTranslation(DatapathConfig config, NodeMaps maps, DebugNotify debug) {
    this.maps = maps;
    this.debug = debug;
    this.year2020 = config.era() == Era.WALKTHROUGH2020;
  }

  /**
   * Translates a reply; an index that leads nowhere is no error.
   *
   * @param loopback whether the destination becomes the old source
   * @param oldSource the source before translation
   * @param checksumAnyway whether the checksum's place is taken to be there in later fragments, too
   * @return 0, a drop code, or a raw helper error number
   */
  public int apply(
      Run run,
      Family family,
      Transport transport,
      int revNatIndex,
      boolean loopback,
      IpAddress oldSource,
      boolean checksumAnyway) {
    boolean v6 = family.v6();
    debug.message(run, PerFamily.LB_REVERSE_NAT_LOOKUP, v6, revNatIndex, 0, 0);
    ReverseNat nat = run.lookup(maps.lb(family).reverseNat(), IndexKey.u16(revNatIndex));
    if (nat == null) {
      return 0;
    }
    debug.message(
        run,
        PerFamily.LB_REVERSE_NAT,
        v6,
        DebugNotify.raw(nat.address()),
        DebugNotify.raw(nat.port()),
        0);
    // In 2020 nobody asked whether the packet is a later fragment.
    boolean present = transport.present() || year2020;
    if (nat.port() != 0 && present) {
      int error = Translation.sourcePort(run.skb(), transport, nat.port());
      if (error < 0) {
        return error;
      }
    }
    IpAddress newDestination = null;
    if (loopback) {
      newDestination = oldSource;
      IpAddress oldDestination = run.skb().address(IPV4_DADDR, false);
      debug.message(
          run,
          DebugNotify.LB4_LOOPBACK_SNAT_REV,
          DebugNotify.raw(oldDestination),
          DebugNotify.raw(newDestination));
    }
    boolean mend = checksumAnyway || present;
    return Translation.addresses(run.skb(), family, transport, mend, nat.address(), newDestination);
  }
}
