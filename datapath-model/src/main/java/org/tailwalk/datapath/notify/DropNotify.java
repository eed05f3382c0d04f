// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.notify;

import org.tailwalk.datapath.context.Cb;
import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.kernel.ProgArray;
import org.tailwalk.datapath.kernel.Program;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.metrics.Metrics;
import org.tailwalk.datapath.tailcall.CallIndex;
import org.tailwalk.event.MetricDirection;
import org.tailwalk.event.Notification;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.EndpointConfig;
import org.tailwalk.scenario.Era;

/**
 * {@code send_drop_notify} (section 6.5): parks the event's fields in cb, counts, and tail-calls
 * the program that sends the event. Without that program the drop is counted and nobody hears.
 */
public final class DropNotify {
  private static final int DST_ID = 3;
  private static final int SITE = 4;
  private static final int MOST_CAPTURED = 128;

  private final int source;
  private final boolean compiled;
  private final boolean linesKnown;
  private final boolean year2020;
  private final Metrics metrics;
  private final ProgArray calls;

  /** Sends in an endpoint's name through its private calls map. */
  public DropNotify(
      DatapathConfig config, EndpointConfig endpoint, Metrics metrics, ProgArray calls) {
    this.source = endpoint.id();
    this.compiled = config.has(DatapathOption.DROP_NOTIFY);
    this.linesKnown = config.era() == Era.SEED;
    this.year2020 = config.era() == Era.WALKTHROUGH2020;
    this.metrics = metrics;
    this.calls = calls;
  }

  /**
   * Drops with both identities.
   *
   * @param reason the program's value: negative, or the action 2
   * @return {@link Program#TAKEN} or the exit code, always the drop action
   */
  public int send(
      Run run,
      DropSite site,
      long src,
      long dst,
      long dstId,
      int reason,
      MetricDirection direction) {
    int reason8 = Math.abs(reason) & 0xff;
    // In 2020 the count negated whatever came: the action 2 is counted as 254.
    int counted = year2020 ? -reason & 0xff : reason8;
    return park(run, site, src, dst, dstId, reason8, counted, direction);
  }

  /** The {@code _error} variant: destination unknown. */
  public int sendError(Run run, DropSite site, long src, int reason, MetricDirection direction) {
    return send(run, site, src, 0, 0, reason, direction);
  }

  /**
   * As {@link #send} with a reason that reached it as an unsigned number, whose "absolute value" is
   * itself: the low byte of the two's complement goes out (section 12.3).
   */
  public int sendUnsigned(
      Run run,
      DropSite site,
      long src,
      long dst,
      long dstId,
      int reason,
      MetricDirection direction) {
    return sendReason8(run, site, src, dst, dstId, reason & 0xff, direction);
  }

  private int sendReason8(
      Run run,
      DropSite site,
      long src,
      long dst,
      long dstId,
      int reason8,
      MetricDirection direction) {
    return park(run, site, src, dst, dstId, reason8, reason8, direction);
  }

  private int park(
      Run run,
      DropSite site,
      long src,
      long dst,
      long dstId,
      int reason8,
      int counted,
      MetricDirection direction) {
    if (compiled) {
      // In 2020 no site went along, and the reason was parked signed: the event program negated it.
      long at = year2020 ? 0 : (long) site.file() << 8 | (long) line(site) << 16;
      run.skb().cb(Cb.SRC_LABEL, src);
      run.skb().cb(1, dst);
      run.skb().cb(2, year2020 ? (reason8 == Returns.DROP ? reason8 : -reason8) : reason8);
      run.skb().cb(DST_ID, dstId);
      run.skb().cb(SITE, Returns.DROP | at);
    }
    metrics.update(run, counted, direction);
    return compiled && run.tailCall(calls, CallIndex.DROP_NOTIFY) ? Program.TAKEN : Returns.DROP;
  }

  private int line(DropSite site) {
    return linesKnown ? site.seedLine() : 0;
  }

  /** {@code __send_drop_notify}: the program in slot 1. */
  public int sendParked(Run run) {
    long error = year2020 ? Math.abs((int) run.skb().cb(2)) & 0xff : run.skb().cb(2);
    long site = run.skb().cb(SITE);
    run.output(
        new Notification.Drop(
            source,
            (int) error & 0xff,
            run.skb().length(),
            run.skb().cb(Cb.SRC_LABEL),
            run.skb().cb(1),
            run.skb().cb(DST_ID),
            (int) (site >>> 16) & 0xffff,
            (int) (site >>> 8) & 0xff,
            (byte) (error >>> 8),
            year2020 ? 0 : run.skb().ifindex(),
            run.skb().head(MOST_CAPTURED)));
    return (int) site & 0xff;
  }
}
