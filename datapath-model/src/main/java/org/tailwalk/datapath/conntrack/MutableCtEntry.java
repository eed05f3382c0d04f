// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.conntrack;

import org.tailwalk.event.MapValue.CtEntry;

/** A conntrack entry while a lookup or a create works on it. */
final class MutableCtEntry {
  long rxPackets;
  long rxBytes;
  long txPackets;
  long txBytes;
  long lifetime;
  int bits;
  int revNatIndex;
  int ifindex;
  int txFlagsSeen;
  int rxFlagsSeen;
  long srcSecId;
  long lastTxReport;
  long lastRxReport;

  /** Zeroed. */
  MutableCtEntry() {}

  /** A copy of a stored entry. */
  MutableCtEntry(CtEntry stored) {
    rxPackets = stored.rxPackets();
    rxBytes = stored.rxBytes();
    txPackets = stored.txPackets();
    txBytes = stored.txBytes();
    lifetime = stored.lifetime();
    bits = stored.bits();
    revNatIndex = stored.revNatIndex();
    ifindex = stored.ifindex();
    txFlagsSeen = stored.txFlagsSeen();
    rxFlagsSeen = stored.rxFlagsSeen();
    srcSecId = stored.srcSecId();
    lastTxReport = stored.lastTxReport();
    lastRxReport = stored.lastRxReport();
  }

  boolean has(int bit) {
    return (bits & bit) != 0;
  }

  void set(int bit, boolean on) {
    bits = on ? bits | bit : bits & ~bit;
  }

  /** Both directions are closing: nothing refreshes the entry any more. */
  boolean dead() {
    return has(CtEntry.RX_CLOSING) && has(CtEntry.TX_CLOSING);
  }

  /** One direction is closing, or both. */
  boolean closing() {
    return has(CtEntry.RX_CLOSING | CtEntry.TX_CLOSING);
  }

  /** One packet more in a direction; services don't count. */
  void account(CtDirection direction, int length) {
    switch (direction) {
      case INGRESS -> {
        rxPackets++;
        rxBytes += length;
      }
      case EGRESS -> {
        txPackets++;
        txBytes += length;
      }
      case SERVICE -> {}
    }
  }

  CtEntry stored() {
    return new CtEntry(
        rxPackets,
        rxBytes,
        txPackets,
        txBytes,
        lifetime,
        bits,
        revNatIndex,
        ifindex,
        txFlagsSeen,
        rxFlagsSeen,
        srcSecId,
        lastTxReport,
        lastRxReport);
  }
}
