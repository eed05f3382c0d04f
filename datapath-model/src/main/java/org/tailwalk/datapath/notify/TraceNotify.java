// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.notify;

import org.jspecify.annotations.Nullable;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.metrics.Metrics;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MetricDirection;
import org.tailwalk.event.Notification;
import org.tailwalk.event.ObservationPoint;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.EndpointConfig;
import org.tailwalk.scenario.Era;

/** {@code send_trace_notify}: the metric of an observation point, then the event. */
public final class TraceNotify {
  /** TRACE_REASON_UNKNOWN. */
  private static final int REASON_UNKNOWN = 5;

  private static final int REASON_ENCRYPTED = 0x80;
  private static final int HIDE_FROM = 1;
  private static final int HIDE_UNREPORTED = 3;

  private final int source;
  private final boolean compiled;
  private final int aggregation;
  private final int payloadLength;
  private final boolean year2020;
  private final Metrics metrics;

  /** Sends in an endpoint's name. */
  public TraceNotify(DatapathConfig config, EndpointConfig endpoint, Metrics metrics) {
    this.source = endpoint.id();
    this.compiled = config.has(DatapathOption.TRACE_NOTIFY);
    this.aggregation = config.constants().monitorAggregation();
    this.payloadLength = config.constants().tracePayloadLen();
    this.metrics = metrics;
    this.year2020 = config.era() == Era.WALKTHROUGH2020;
  }

  /** The reason of a trace that knows no conntrack status; in 2020 it was told as new. */
  public int unknownReason() {
    return year2020 ? 0 : REASON_UNKNOWN;
  }

  /** TRACE_PAYLOAD_LEN, the monitor value of traces that are always wanted. */
  public long payloadLength() {
    return payloadLength;
  }

  /**
   * The plain variant, which tells no original address.
   *
   * @param monitor 0 when conntrack sees nothing to report
   */
  public void send(
      Run run,
      ObservationPoint point,
      long src,
      long dst,
      int dstId,
      long ifindex,
      int reason,
      long monitor) {
    send(run, point, src, dst, dstId, ifindex, reason, monitor, null);
  }

  /** With the source address before translation, and with it the family. */
  public void send(
      Run run,
      ObservationPoint point,
      long src,
      long dst,
      int dstId,
      long ifindex,
      int reason,
      long monitor,
      @Nullable IpAddress original) {
    count(run, point, reason);
    if (!compiled || hidden(point, monitor)) {
      return;
    }
    int most = (int) (monitor == 0 ? payloadLength : monitor);
    run.output(
        new Notification.Trace(
            source,
            point.code(),
            run.skb().length(),
            src,
            dst,
            dstId & 0xffff,
            reason,
            original != null && original.v6(),
            ifindex,
            original == null ? IpAddress.ANY4 : original,
            run.skb().head(most)));
  }

  private void count(Run run, ObservationPoint point, int reason) {
    switch (point) {
      case TO_LXC -> metrics.update(run, DropReason.REASON_FORWARDED, MetricDirection.INGRESS);
      case TO_HOST, TO_STACK, TO_OVERLAY, TO_NETWORK ->
          metrics.update(run, DropReason.REASON_FORWARDED, MetricDirection.EGRESS);
      case FROM_HOST, FROM_STACK, FROM_OVERLAY, FROM_NETWORK -> {
        if (!year2020
            || point == ObservationPoint.FROM_OVERLAY
            || point == ObservationPoint.FROM_NETWORK) {
          metrics.update(
              run,
              (reason & REASON_ENCRYPTED) != 0
                  ? DropReason.REASON_DECRYPT
                  : DropReason.REASON_PLAINTEXT,
              MetricDirection.INGRESS);
        }
      }
      case FROM_LXC, FROM_PROXY, TO_PROXY -> {}
    }
  }

  private boolean hidden(ObservationPoint point, long monitor) {
    boolean from =
        switch (point) {
          case FROM_LXC, FROM_PROXY, FROM_HOST, FROM_STACK, FROM_OVERLAY, FROM_NETWORK -> true;
          case TO_LXC, TO_PROXY, TO_HOST, TO_STACK, TO_OVERLAY, TO_NETWORK -> false;
        };
    return from && aggregation >= HIDE_FROM || aggregation >= HIDE_UNREPORTED && monitor == 0;
  }
}
