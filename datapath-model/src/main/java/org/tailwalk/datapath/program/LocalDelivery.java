// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import org.tailwalk.datapath.context.Cb;
import org.tailwalk.datapath.context.Mark;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.kernel.SkBuff;
import org.tailwalk.datapath.notify.DebugNotify;
import org.tailwalk.datapath.rewrite.L3Rewrite;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MapValue.EndpointInfo;
import org.tailwalk.event.MetricDirection;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.Era;

/** {@code ipv4_local_delivery} and {@code ipv6_local_delivery} (section 2.6). */
final class LocalDelivery {
  private final Endpoint self;
  private final boolean metrics;
  private final boolean policyAtDestination;
  private final boolean year2020;

  LocalDelivery(Endpoint self) {
    this.self = self;
    this.metrics = self.has(DatapathOption.LOCAL_DELIVERY_METRICS);
    this.year2020 = self.node.config.era() == Era.WALKTHROUGH2020;
    this.policyAtDestination = self.has(DatapathOption.USE_BPF_PROG_FOR_INGRESS_POLICY);
  }

  /**
   * Into another pod of this node: on to its policy program.
   *
   * @param fromL7lb passed on as "from the host"
   */
  int deliver(Run run, Family family, EndpointInfo to, boolean fromL7lb) {
    SkBuff skb = run.skb();
    self.debug.message(run, DebugNotify.LOCAL_DELIVERY, to.lxcId(), self.identity());
    int error = L3Rewrite.apply(skb, family, to.nodeMac(), to.mac());
    if (error == L3Rewrite.HOP_LIMIT_EXCEEDED) {
      return Icmp6Handler.callTimeExceeded(run, self);
    }
    if (error != 0) {
      return error;
    }
    if (metrics) {
      self.node.metrics.update(run, DropReason.REASON_FORWARDED, MetricDirection.EGRESS);
    }
    if (policyAtDestination) {
      skb.mark(
          year2020
              ? (self.identity() << 16 | Mark.IDENTITY) & 0xffffffffL
              : Mark.withIdentity(skb.mark() | Mark.IDENTITY, self.identity()));
      return run.redirect(to.ifindex(), 0);
    }
    skb.cb(Cb.SRC_LABEL, self.identity());
    skb.cb(Cb.IFINDEX, to.ifindex());
    skb.cb(Cb.FROM_HOST, fromL7lb ? 1 : 0);
    return Endpoint.tailCallOrMissed(run, self.node.maps.policyCall(), to.lxcId());
  }
}
