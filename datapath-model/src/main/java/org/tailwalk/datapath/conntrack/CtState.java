// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.conntrack;

import org.jspecify.annotations.Nullable;
import org.tailwalk.event.MapKey.CtTuple;
import org.tailwalk.event.MapValue.CtBuffer;
import org.tailwalk.event.MapValue.CtEntry;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.scenario.Era;

/**
 * {@code ct_state}: what a lookup tells of the connection, and what a new entry is made of. The
 * addresses and the source identity are never filled by a lookup.
 */
public final class CtState {
  private static final int LOOPBACK = 1;
  private static final int NODE_PORT = 2;
  private static final int DSR = 4;
  private static final int SYN = 8;
  private static final int PROXY_REDIRECT = 16;
  private static final int FROM_L7LB = 32;

  /** Reverse NAT index, 0 for none. */
  public int revNatIndex;

  /** Whether the client is its own backend. */
  public boolean loopback;

  /** Whether the entry was made by NodePort. */
  public boolean nodePort;

  /** Whether the reply leaves by direct server return. */
  public boolean dsr;

  /** Whether the packet has SYN; for SERVICE lookups. */
  public boolean syn;

  /** Whether the connection goes through the proxy. */
  public boolean proxyRedirect;

  /** Whether the connection comes from the L7 load balancer. */
  public boolean fromL7lb;

  /** For loopback: the address the client appears under. */
  public IpAddress addr = IpAddress.ANY4;

  /** For loopback: the translated destination. */
  public IpAddress svcAddr = IpAddress.ANY4;

  /** The source's identity, stored in new entries. */
  public long srcSecId;

  /** The entry's interface. */
  public int ifindex;

  /** Backend of a SERVICE entry. */
  public long backendId;

  /** What a creation that failed half-way left of the tuple it was given; null but for that. */
  public @Nullable CtTuple leftTuple;

  /** All zero. */
  public CtState() {}

  /** As read back from the hand-over buffer. */
  public static CtState of(CtBuffer buffer) {
    CtState state = new CtState();
    int bits = buffer.stateBits();
    state.revNatIndex = buffer.revNatIndex();
    state.loopback = (bits & LOOPBACK) != 0;
    state.nodePort = (bits & NODE_PORT) != 0;
    state.dsr = (bits & DSR) != 0;
    state.syn = (bits & SYN) != 0;
    state.proxyRedirect = (bits & PROXY_REDIRECT) != 0;
    state.fromL7lb = (bits & FROM_L7LB) != 0;
    state.addr = buffer.addr();
    state.svcAddr = buffer.svcAddr();
    state.srcSecId = buffer.srcSecId();
    state.ifindex = buffer.ifindex();
    state.backendId = buffer.backendId();
    return state;
  }

  /** The bit field of the hand-over buffer. */
  int bits() {
    return (loopback ? LOOPBACK : 0)
        | (nodePort ? NODE_PORT : 0)
        | (dsr ? DSR : 0)
        | (syn ? SYN : 0)
        | (proxyRedirect ? PROXY_REDIRECT : 0)
        | (fromL7lb ? FROM_L7LB : 0);
  }

  /**
   * Takes over what a lookup copies from the entry it hit; in 2020 there was no L7 load balancer,
   * and a backend's id had 16 bits on its way.
   */
  void copyFrom(MutableCtEntry entry, CtDirection direction, boolean packetHasSyn, Era era) {
    boolean year2020 = era == Era.WALKTHROUGH2020;
    revNatIndex = entry.revNatIndex;
    loopback = entry.has(CtEntry.LB_LOOPBACK);
    nodePort = entry.has(CtEntry.NODE_PORT);
    ifindex = entry.ifindex;
    dsr = entry.has(CtEntry.DSR);
    proxyRedirect = entry.has(CtEntry.PROXY_REDIRECT);
    fromL7lb = !year2020 && entry.has(CtEntry.FROM_L7LB);
    if (direction == CtDirection.SERVICE) {
      backendId = entry.rxBytes & (year2020 ? 0xffff : 0xffffffffL);
      syn = packetHasSyn;
    }
  }
}
