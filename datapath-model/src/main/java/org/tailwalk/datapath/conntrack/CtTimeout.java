// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.conntrack;

import org.tailwalk.event.MapValue.CtEntry;
import org.tailwalk.scenario.DatapathConstants;

/**
 * Lifetimes and report intervals (section 3.5). The datapath only ever writes a lifetime; it never
 * compares one with the clock.
 */
final class CtTimeout {
  private static final long U32 = 0xffffffffL;

  private final DatapathConstants constants;

  CtTimeout(DatapathConstants constants) {
    this.constants = constants;
  }

  /**
   * {@code ct_update_timeout}.
   *
   * @param flags the packet's TCP flag byte, 0 for other protocols
   * @return the monitor value: 128 when there is something to report, else 0
   */
  long update(MutableCtEntry entry, boolean tcp, CtDirection direction, int flags, long now) {
    boolean service = direction == CtDirection.SERVICE;
    long lifetime =
        service ? constants.ctServiceLifetimeNontcp() : constants.ctConnectionLifetimeNontcp();
    if (tcp) {
      if ((flags & TcpFlags.SYN) == 0) {
        entry.set(CtEntry.SEEN_NON_SYN, true);
      }
      if (!entry.has(CtEntry.SEEN_NON_SYN)) {
        lifetime = constants.ctSynTimeout();
      } else {
        lifetime = service ? constants.ctServiceLifetimeTcp() : constants.ctConnectionLifetimeTcp();
      }
    }
    return setLifetime(entry, lifetime, direction, flags, now);
  }

  /** The timeout of an entry that has just died. */
  long close(MutableCtEntry entry, CtDirection direction, int flags, long now) {
    return setLifetime(entry, constants.ctCloseTimeout(), direction, flags, now);
  }

  private long setLifetime(
      MutableCtEntry entry, long lifetime, CtDirection direction, int flags, long now) {
    entry.lifetime = now + lifetime & U32;
    boolean rx = direction == CtDirection.INGRESS;
    int accumulated = rx ? entry.rxFlagsSeen : entry.txFlagsSeen;
    long lastReport = rx ? entry.lastRxReport : entry.lastTxReport;
    int seen = flags & constants.ctReportFlags() & 0xff | accumulated;
    if ((lastReport + constants.ctReportInterval() & U32) >= now && seen == accumulated) {
      return 0;
    }
    if (rx) {
      entry.rxFlagsSeen = seen;
      entry.lastRxReport = now;
    } else {
      entry.txFlagsSeen = seen;
      entry.lastTxReport = now;
    }
    return constants.tracePayloadLen();
  }
}
