// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * A build of the datapath. A switch that its era has never heard of has no effect, as a macro has
 * none that no code asks for: it is not among the options.
 *
 * @param options the switches that are on
 */
public record DatapathConfig(Era era, Set<DatapathOption> options, DatapathConstants constants) {
  /** Keeps its own copy of the options. */
  public DatapathConfig {
    EnumSet<DatapathOption> copy = EnumSet.noneOf(DatapathOption.class);
    copy.addAll(options);
    copy.removeIf(option -> !option.existsIn(era));
    options = Collections.unmodifiableSet(copy);
  }

  /**
   * Both families, per-packet load balancing, routing, all notifications, accounting: the facts'
   * reference build.
   */
  public static DatapathConfig dual(Era era) {
    return new DatapathConfig(
        era,
        EnumSet.of(
            DatapathOption.ENABLE_IPV4,
            DatapathOption.ENABLE_IPV6,
            DatapathOption.ENABLE_ROUTING,
            DatapathOption.ENABLE_ARP_RESPONDER,
            DatapathOption.ENABLE_IDENTITY_MARK,
            DatapathOption.DROP_NOTIFY,
            DatapathOption.TRACE_NOTIFY,
            DatapathOption.POLICY_VERDICT_NOTIFY,
            DatapathOption.CONNTRACK_ACCOUNTING,
            DatapathOption.LOCAL_DELIVERY_METRICS,
            DatapathOption.HAVE_LARGE_INSN_LIMIT,
            DatapathOption.HAVE_LRU_HASH_MAP_TYPE,
            DatapathOption.HAVE_LPM_TRIE_MAP_TYPE,
            DatapathOption.HAVE_CHANGE_TAIL),
        DatapathConstants.AGENT_DEFAULTS);
  }

  /** Whether a switch is on. */
  public boolean has(DatapathOption option) {
    return options.contains(option);
  }

  /** Whether both families are on. */
  public boolean dual() {
    return has(DatapathOption.ENABLE_IPV4) && has(DatapathOption.ENABLE_IPV6);
  }

  /** The derived switch ENABLE_PER_PACKET_LB, section 1.1 of the datapath facts. */
  public boolean perPacketLb() {
    return !has(DatapathOption.ENABLE_SOCKET_LB_FULL)
        || has(DatapathOption.ENABLE_L7_LB)
        || has(DatapathOption.ENABLE_SCTP);
  }

  /** The same build with a switch on or off. */
  public DatapathConfig with(DatapathOption option, boolean on) {
    EnumSet<DatapathOption> changed = EnumSet.noneOf(DatapathOption.class);
    changed.addAll(options);
    if (on) {
      changed.add(option);
    } else {
      changed.remove(option);
    }
    return new DatapathConfig(era, changed, constants);
  }

  /** The same build of another era. */
  public DatapathConfig withEra(Era other) {
    return new DatapathConfig(other, options, constants);
  }

  /** The same build with other constants. */
  public DatapathConfig withConstants(DatapathConstants other) {
    return new DatapathConfig(era, options, other);
  }
}
