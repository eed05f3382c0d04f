// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.policy;

import org.jspecify.annotations.Nullable;
import org.tailwalk.datapath.context.Cb;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.header.IpHeader;
import org.tailwalk.datapath.header.IpProto;
import org.tailwalk.datapath.header.Ipv6HeaderWalk;
import org.tailwalk.datapath.header.RawPort;
import org.tailwalk.datapath.kernel.HashTable;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.kernel.SkBuff;
import org.tailwalk.datapath.notify.DebugNotify;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MapKey.CtTuple;
import org.tailwalk.event.MapKey.PolicyKey;
import org.tailwalk.event.MapValue.PolicyEntry;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.Era;

/**
 * The policy lookup of one endpoint (section 4.2). Every hit is counted in its entry, also those
 * whose verdict the caller ignores.
 */
public final class PolicyLookup {
  private static final int ICMP_HEADER = 8;
  private static final int ICMP_UNREACHABLE = 3;
  private static final int ICMP_FRAG_NEEDED = 4;
  private static final int IPV6_NEXT_HEADER_AT = 20;

  private final HashTable<PolicyKey, PolicyEntry> map;
  private final DebugNotify debug;
  private final boolean allowFragNeeded;
  private final boolean icmpRule;
  private final boolean auditMode;
  private final boolean year2020;

  /** Looks into this map. */
  public PolicyLookup(
      DatapathConfig config, HashTable<PolicyKey, PolicyEntry> map, DebugNotify debug) {
    this.map = map;
    this.debug = debug;
    this.allowFragNeeded = config.has(DatapathOption.ALLOW_ICMP_FRAG_NEEDED);
    this.icmpRule = config.has(DatapathOption.ENABLE_ICMP_RULE);
    this.auditMode = config.has(DatapathOption.POLICY_AUDIT_MODE);
    this.year2020 = config.era() == Era.WALKTHROUGH2020;
  }

  /**
   * The verdict for a packet.
   *
   * @param ip the packet's header as it stands
   * @param remote the other side's identity
   * @param local the own identity, for the debug message
   * @param tuple after the conntrack lookup: for replies its destination port is the packet's
   *     source port
   * @param untrackedFragment whether ports can't be trusted
   */
  public PolicyVerdict check(
      Run run,
      IpHeader ip,
      long remote,
      long local,
      CtTuple tuple,
      boolean egress,
      boolean untrackedFragment) {
    PolicyVerdict verdict = access(run, ip, remote, local, tuple, egress, untrackedFragment);
    if (!verdict.refused()) {
      return verdict;
    }
    debug.message(run, DebugNotify.POLICY_DENIED, egress ? local : remote, egress ? remote : local);
    return auditMode ? new PolicyVerdict(0, verdict.match(), true) : verdict;
  }

  private PolicyVerdict access(
      Run run,
      IpHeader ip,
      long remote,
      long local,
      CtTuple tuple,
      boolean egress,
      boolean untrackedFragment) {
    int dport = tuple.dport();
    int proto = tuple.nexthdr();
    boolean fragNeeded = allowFragNeeded && proto == IpProto.ICMP;
    boolean byType = icmpRule && (proto == IpProto.ICMP || proto == IpProto.ICMPV6);
    if (fragNeeded || byType) {
      int at = icmpOffset(run.skb(), ip);
      if (at < 0 || !run.skb().holds(at, proto == IpProto.ICMP ? ICMP_HEADER : 1)) {
        return PolicyVerdict.drop(DropReason.DROP_INVALID);
      }
      if (fragNeeded
          && run.skb().u8(at) == ICMP_UNREACHABLE
          && run.skb().u8(at + 1) == ICMP_FRAG_NEEDED) {
        return PolicyVerdict.ALLOW;
      }
      if (byType) {
        dport = run.skb().u8(at);
      }
    }
    return lookUp(run, remote, local, tuple, dport, egress, untrackedFragment);
  }

  /**
   * Where the ICMP message begins, negative when the headers can't be read. The IPv6 walk works on
   * the packet itself: it leaves the last next-header value in the fixed header.
   */
  private static int icmpOffset(SkBuff skb, IpHeader ip) {
    if (ip.family() == Family.IPV4) {
      return ip.l4Offset();
    }
    Ipv6HeaderWalk walk = Ipv6HeaderWalk.of(skb, ip);
    if (walk.error() < 0) {
      return walk.error();
    }
    skb.store8(IPV6_NEXT_HEADER_AT, walk.nextHeader());
    return walk.l4Offset();
  }

  private PolicyVerdict lookUp(
      Run run,
      long remote,
      long local,
      CtTuple tuple,
      int dport,
      boolean egress,
      boolean untrackedFragment) {
    int proto = tuple.nexthdr();
    if (!untrackedFragment) {
      PolicyEntry exact = hit(run, new PolicyKey(remote, dport, proto, egress));
      if (exact != null) {
        long portAndProtocol = DebugNotify.raw(tuple.dport()) << 16 | proto;
        debug.message(run, DebugNotify.L4_CREATE, remote, local, portAndProtocol);
        return verdict(exact, RawPort.swap(exact.proxyPort()), MatchType.L3_L4);
      }
      PolicyEntry port = hit(run, new PolicyKey(0, dport, proto, egress));
      if (port != null) {
        return verdict(port, RawPort.swap(port.proxyPort()), MatchType.L4_ONLY);
      }
      // Label 0, not the remote's: {identity, 0, proto} is only ever hit when dport is 0.
      PolicyEntry protocol = year2020 ? null : hit(run, new PolicyKey(0, 0, proto, egress));
      if (protocol != null) {
        return verdict(protocol, 0, MatchType.L4_ONLY);
      }
    }
    PolicyEntry identity = hit(run, new PolicyKey(remote, 0, 0, egress));
    if (identity != null) {
      return verdict(identity, 0, MatchType.L3_ONLY);
    }
    PolicyEntry all = hit(run, new PolicyKey(0, 0, 0, egress));
    if (all != null) {
      return verdict(all, 0, MatchType.ALL);
    }
    if (run.skb().cb(Cb.POLICY) != 0) {
      return PolicyVerdict.ALLOW;
    }
    return PolicyVerdict.drop(
        untrackedFragment ? DropReason.DROP_FRAG_NOSUPPORT : DropReason.DROP_POLICY);
  }

  private @Nullable PolicyEntry hit(Run run, PolicyKey key) {
    PolicyEntry entry = run.lookup(map, key);
    if (entry != null) {
      run.store(
          map,
          key,
          new PolicyEntry(
              entry.proxyPort(),
              entry.deny(),
              entry.packets() + 1,
              entry.bytes() + run.skb().length()));
    }
    return entry;
  }

  /** In 2020 the deny bit was padding. */
  private PolicyVerdict verdict(PolicyEntry entry, int rawProxyPort, MatchType match) {
    return entry.deny() && !year2020
        ? PolicyVerdict.of(-DropReason.DROP_POLICY_DENY.code(), match)
        : PolicyVerdict.of(rawProxyPort, match);
  }
}
