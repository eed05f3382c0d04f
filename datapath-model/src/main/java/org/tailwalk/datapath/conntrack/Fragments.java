// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.conntrack;

import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.header.IpHeader;
import org.tailwalk.datapath.kernel.Errno;
import org.tailwalk.datapath.kernel.HashTable;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.metrics.Metrics;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MapKey.FragmentKey;
import org.tailwalk.event.MapValue.FragmentPorts;
import org.tailwalk.event.MetricDirection;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.Era;

/**
 * Ports of IPv4 datagrams in fragments ({@code ENABLE_IPV4_FRAGMENTS}, section 3.3): the first
 * fragment leaves its ports for the later ones.
 */
public final class Fragments {
  private final HashTable<FragmentKey, FragmentPorts> map;
  private final Metrics metrics;
  private final boolean counted;

  /** Remembers ports in this map. */
  public Fragments(
      DatapathConfig config, HashTable<FragmentKey, FragmentPorts> map, Metrics metrics) {
    this.map = map;
    this.metrics = metrics;
    // The reasons of 2020 ended at 8: there was none to count a fragment under.
    this.counted = config.era() != Era.WALKTHROUGH2020;
  }

  /**
   * The ports, from the packet or from its datagram's first fragment.
   *
   * @param sport the wire source port, 0 after an error
   * @param dport the wire destination port, 0 after an error
   * @param error 0, a drop code, or the raw helper error number
   */
  public record Ports(int error, int sport, int dport) {
    private static Ports failed(int error) {
      return new Ports(error, 0, 0);
    }
  }

  /** Finds the ports of any packet, in fragments or not. */
  public Ports ports(Run run, IpHeader ip, int l4Offset, MetricDirection direction) {
    FragmentKey key = new FragmentKey(ip.daddr(), ip.saddr(), ip.id(), ip.protocol());
    boolean fragment = ip.isFragment();
    if (fragment) {
      count(run, DropReason.REASON_FRAG_PACKET, direction);
      if (!ip.hasL4Header()) {
        FragmentPorts known = run.lookup(map, key);
        return known == null
            ? Ports.failed(Returns.drop(DropReason.DROP_FRAG_NOT_FOUND))
            : new Ports(0, known.sport(), known.dport());
      }
    }
    if (!run.skb().holds(l4Offset, 4)) {
      return Ports.failed(Errno.EFAULT);
    }
    Ports ports = new Ports(0, run.skb().u16(l4Offset), run.skb().u16(l4Offset + 2));
    if (fragment && run.update(map, key, new FragmentPorts(ports.sport, ports.dport)) != 0) {
      count(run, DropReason.REASON_FRAG_PACKET_UPDATE, direction);
    }
    return ports;
  }

  private void count(Run run, DropReason reason, MetricDirection direction) {
    if (counted) {
      metrics.update(run, reason, direction);
    }
  }
}
