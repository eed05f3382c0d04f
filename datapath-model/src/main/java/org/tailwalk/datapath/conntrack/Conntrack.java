// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.conntrack;

import org.jspecify.annotations.Nullable;
import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.header.IpHeader;
import org.tailwalk.datapath.header.IpProto;
import org.tailwalk.datapath.header.Transport;
import org.tailwalk.datapath.kernel.HashTable;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.maps.NodeMaps;
import org.tailwalk.datapath.notify.DebugNotify;
import org.tailwalk.datapath.notify.DebugNotify.PerFamily;
import org.tailwalk.event.CtStatus;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MapKey.CtTuple;
import org.tailwalk.event.MapValue.CtEntry;
import org.tailwalk.event.Notification;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.Era;

/**
 * {@code ct_lookup4/6} and {@code ct_create4/6} (sections 3.4 and 3.6). A lookup changes the entry
 * it hits, whatever becomes of the packet.
 */
public final class Conntrack {
  private static final int SIGNAL_CT_FULL = 1;
  private static final int DNS_PORT = 53;

  /** The template's MTU. */
  private static final long MTU = 1_500;

  private static final long U32 = 0xffffffffL;

  private final NodeMaps maps;
  private final CtKey keys;
  private final CtTimeout timeout;
  private final DebugNotify debug;
  private final boolean accounting;
  private final boolean rebalance;
  private final long closeRebalance;
  private final long report;
  private final Era era;
  private final boolean year2020;

  /** Tracks in a node's maps. */
  public Conntrack(DatapathConfig config, NodeMaps maps, Fragments fragments, DebugNotify debug) {
    this.maps = maps;
    this.debug = debug;
    this.keys = new CtKey(config, fragments);
    this.timeout = new CtTimeout(config.constants());
    this.accounting = config.has(DatapathOption.CONNTRACK_ACCOUNTING);
    this.rebalance =
        config.has(DatapathOption.HAVE_LARGE_INSN_LIMIT) && config.era() != Era.WALKTHROUGH2020;
    this.closeRebalance = config.constants().ctServiceCloseRebalance();
    this.report = config.constants().tracePayloadLen();
    this.era = config.era();
    this.year2020 = config.era() == Era.WALKTHROUGH2020;
  }

  /**
   * Looks a packet up, in the reverse direction first; services only in their own.
   *
   * @param state receives what the entry knows
   */
  public CtLookup lookup(
      Run run, IpHeader ip, Transport transport, CtDirection direction, CtState state) {
    return lookup(run, ip, ip.saddr(), ip.daddr(), transport, direction, state);
  }

  /** The same with other addresses than the packet's. */
  public CtLookup lookup(
      Run run,
      IpHeader ip,
      IpAddress saddr,
      IpAddress daddr,
      Transport transport,
      CtDirection direction,
      CtState state) {
    CtTuple base = new CtTuple(daddr, saddr, 0, 0, transport.protocol(), 0);
    CtKey.Parsed packet = keys.parse(run, ip, base, transport.offset(), direction);
    if (packet.error() < 0) {
      return CtLookup.failed(packet.error());
    }
    var map = maps.conntrack(ip.family(), base.nexthdr());
    tellLookup(run, packet.tuple());
    Attempt attempt = new Attempt(run, map, packet, direction, state);
    CtTuple tuple = packet.tuple();
    CtStatus status = attempt.lookup(tuple);
    if (status != CtStatus.NEW) {
      status = (tuple.flags() & CtTuple.RELATED) != 0 ? CtStatus.RELATED : CtStatus.REPLY;
    } else if (direction != CtDirection.SERVICE) {
      tuple = tuple.reversed();
      status = attempt.lookup(tuple);
    }
    debug.message(run, DebugNotify.CT_VERDICT, status.code(), state.revNatIndex);
    // 2020: answers and questions of DNS are always reported whole (conn_is_dns).
    boolean dns = year2020 && tuple.dport() == DNS_PORT;
    return new CtLookup(status.code(), tuple, state, dns ? MTU : attempt.monitor);
  }

  private void tellLookup(Run run, CtTuple tuple) {
    if (debug.on()) {
      boolean v6 = tuple.daddr().v6();
      debug.message(
          run,
          PerFamily.CT_LOOKUP_1,
          v6,
          DebugNotify.raw(tuple.saddr()),
          DebugNotify.raw(tuple.daddr()),
          (long) tuple.sport() << 16 | tuple.dport());
      long protocolAndFlags = (long) tuple.nexthdr() << 8 | tuple.flags();
      debug.message(run, PerFamily.CT_LOOKUP_2, v6, protocolAndFlags, 0, 0);
    }
  }

  /**
   * What a new entry is made of beside the tuple.
   *
   * @param proxyRedirect whether the verdict sends the connection to the proxy
   * @param fromL7lb whether it comes from the L7 load balancer
   */
  public record Creation(CtDirection direction, boolean proxyRedirect, boolean fromL7lb) {
    /** For a packet that goes its normal way. */
    public static Creation plain(CtDirection direction) {
      return new Creation(direction, false, false);
    }
  }

  /**
   * Creates an entry, for loopback a second one, and but for services one for related errors.
   *
   * @param tuple in forward direction
   * @return 0, or the drop code
   */
  public int create(Run run, Family family, CtTuple tuple, CtState state, Creation how) {
    CtDirection direction = how.direction();
    boolean tcp = tuple.nexthdr() == IpProto.TCP;
    MutableCtEntry entry = new MutableCtEntry();
    entry.set(CtEntry.PROXY_REDIRECT, how.proxyRedirect());
    entry.set(CtEntry.FROM_L7LB, how.fromL7lb());
    entry.set(CtEntry.LB_LOOPBACK, state.loopback);
    entry.set(CtEntry.NODE_PORT, state.nodePort);
    entry.set(CtEntry.DSR, state.dsr);
    entry.revNatIndex = state.revNatIndex;
    entry.ifindex = state.ifindex;
    if (direction == CtDirection.SERVICE) {
      entry.rxBytes = state.backendId;
    }
    timeout.update(entry, tcp, direction, tcp ? TcpFlags.SYN : 0, run.nowSeconds());
    entry.account(direction, run.skb().length());
    entry.srcSecId = state.srcSecId;

    long addr = family.v6() ? 0 : DebugNotify.raw(state.addr);
    debug.message(run, PerFamily.CT_CREATED, family.v6(), state.revNatIndex, state.srcSecId, addr);

    var map = maps.conntrack(family, tuple.nexthdr());
    if (run.update(map, tuple, entry.stored()) != 0) {
      return full(run, family);
    }
    if (!family.v6() && state.loopback && !state.addr.isZero()) {
      CtTuple second = loopbackTuple(tuple, state, direction);
      if (run.update(map, second, entry.stored()) != 0) {
        state.leftTuple = second;
        return full(run, family);
      }
    }
    if (direction == CtDirection.SERVICE) {
      return 0;
    }
    int icmp = family.v6() ? IpProto.ICMPV6 : IpProto.ICMP;
    CtTuple related =
        new CtTuple(tuple.daddr(), tuple.saddr(), 0, 0, icmp, tuple.flags() | CtTuple.RELATED);
    entry.set(CtEntry.SEEN_NON_SYN, true);
    return run.update(maps.conntrack(family, icmp), related, entry.stored()) == 0
        ? 0
        : full(run, family);
  }

  private static CtTuple loopbackTuple(CtTuple tuple, CtState state, CtDirection direction) {
    boolean ingress = direction == CtDirection.INGRESS;
    IpAddress saddr = ingress ? state.addr : state.svcAddr;
    IpAddress daddr = ingress ? state.svcAddr : state.addr;
    return new CtTuple(daddr, saddr, tuple.dport(), tuple.sport(), tuple.nexthdr(), CtTuple.IN);
  }

  private static int full(Run run, Family family) {
    run.output(new Notification.Signal(SIGNAL_CT_FULL, family.v6() ? 1 : 0));
    return Returns.drop(DropReason.DROP_CT_CREATE_FAILED);
  }

  /** {@code ct_update_rev_nat_index}: stores the state's index in the entry, if it is there. */
  public void updateRevNatIndex(Run run, Family family, CtTuple tuple, CtState state) {
    var map = maps.conntrack(family, tuple.nexthdr());
    MutableCtEntry entry = find(run, map, tuple);
    if (entry != null) {
      entry.revNatIndex = state.revNatIndex;
      run.store(map, tuple, entry.stored());
    }
  }

  /** {@code ct_update_backend_id}: stores the state's backend in the SERVICE entry. */
  public void updateBackendId(Run run, Family family, CtTuple tuple, CtState state) {
    var map = maps.conntrack(family, tuple.nexthdr());
    MutableCtEntry entry = find(run, map, tuple);
    if (entry != null) {
      entry.rxBytes = state.backendId;
      run.store(map, tuple, entry.stored());
    }
  }

  private static @Nullable MutableCtEntry find(
      Run run, HashTable<CtTuple, CtEntry> map, CtTuple tuple) {
    CtEntry stored = run.lookup(map, tuple);
    return stored == null ? null : new MutableCtEntry(stored);
  }

  /** The one or two lookups of a packet: what the second does not write, the first leaves. */
  private final class Attempt {
    private final Run run;
    private final HashTable<CtTuple, CtEntry> map;
    private final CtKey.Parsed packet;
    private final CtDirection direction;
    private final CtState state;
    private long monitor;

    private Attempt(
        Run run,
        HashTable<CtTuple, CtEntry> map,
        CtKey.Parsed packet,
        CtDirection direction,
        CtState state) {
      this.run = run;
      this.map = map;
      this.packet = packet;
      this.direction = direction;
      this.state = state;
    }

    /** {@code __ct_lookup}: NEW, ESTABLISHED or REOPENED. */
    private CtStatus lookup(CtTuple tuple) {
      CtEntry stored = run.lookup(map, tuple);
      MutableCtEntry entry = stored == null ? null : new MutableCtEntry(stored);
      if (entry != null) {
        debug.message(run, DebugNotify.CT_MATCH, entry.lifetime, entry.revNatIndex);
      }
      if (entry == null || rebalances(entry)) {
        monitor = report;
        return CtStatus.NEW;
      }
      CtStatus status = hit(entry);
      run.store(map, tuple, entry.stored());
      return status;
    }

    private boolean rebalances(MutableCtEntry entry) {
      return rebalance
          && direction == CtDirection.SERVICE
          && packet.syn()
          && entry.closing()
          // The one place that asks the whole clock: after it wrapped, the time is always over.
          && (entry.lastTxReport + closeRebalance & U32) <= run.uptimeSeconds();
    }

    private CtStatus hit(MutableCtEntry entry) {
      if (!entry.dead()) {
        monitor = refresh(entry);
      }
      state.copyFrom(entry, direction, packet.syn(), era);
      if (accounting) {
        entry.account(direction, run.skb().length());
      }
      switch (packet.action()) {
        case CREATE -> {
          if (entry.closing() && packet.syn()) {
            entry.set(CtEntry.RX_CLOSING | CtEntry.TX_CLOSING, false);
            monitor = refresh(entry);
            return year2020 ? CtStatus.ESTABLISHED : CtStatus.REOPENED;
          }
        }
        case CLOSE -> close(entry);
        case UNSPEC -> {}
      }
      return CtStatus.ESTABLISHED;
    }

    private long refresh(MutableCtEntry entry) {
      boolean tcp = packet.tuple().nexthdr() == IpProto.TCP;
      return timeout.update(entry, tcp, direction, packet.flags(), run.nowSeconds());
    }

    /**
     * The real code means to spare a reset of a connection whose SYNs were both seen, but its test
     * can't be true on little-endian machines: every reset closes both directions. In 2020 a reset
     * was no more than a FIN.
     */
    private void close(MutableCtEntry entry) {
      boolean reset = (packet.flags() & TcpFlags.RST) != 0;
      if (reset && !year2020 && direction != CtDirection.SERVICE) {
        entry.set(CtEntry.RX_CLOSING | CtEntry.TX_CLOSING, true);
      } else if (direction == CtDirection.INGRESS) {
        entry.set(CtEntry.RX_CLOSING, true);
      } else {
        entry.set(CtEntry.TX_CLOSING, true);
      }
      monitor = report;
      if (entry.dead()) {
        timeout.close(entry, direction, packet.flags(), run.nowSeconds());
      }
    }
  }
}
