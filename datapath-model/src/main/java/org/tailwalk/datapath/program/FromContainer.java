// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.header.EtherType;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.kernel.Program;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.notify.DropSite;
import org.tailwalk.datapath.notify.TraceNotify;
import org.tailwalk.datapath.tailcall.CallIndex;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MetricDirection;
import org.tailwalk.event.ObservationPoint;
import org.tailwalk.scenario.DatapathOption;

/** {@code cil_from_container} (section 2.1): what the pod sends. */
final class FromContainer implements Program {
  private final Endpoint self;
  private final boolean ipv4;
  private final boolean ipv6;
  private final boolean arpResponder;
  private final boolean arpPassthrough;

  FromContainer(Endpoint self) {
    this.self = self;
    this.ipv4 = self.has(DatapathOption.ENABLE_IPV4);
    this.ipv6 = self.has(DatapathOption.ENABLE_IPV6);
    this.arpResponder = ipv4 && self.has(DatapathOption.ENABLE_ARP_RESPONDER);
    this.arpPassthrough = ipv4 && self.has(DatapathOption.ENABLE_ARP_PASSTHROUGH);
  }

  @Override
  public int run(Run run) {
    run.skb().clearCb();
    self.trace.send(
        run,
        ObservationPoint.FROM_LXC,
        self.identity(),
        0,
        0,
        0,
        TraceNotify.REASON_UNKNOWN,
        self.trace.payloadLength());
    int code = dispatch(run);
    return Returns.isError(code)
        ? self.drop.sendError(
            run, DropSite.FROM_CONTAINER, self.identity(), code, MetricDirection.EGRESS)
        : code;
  }

  private int dispatch(Run run) {
    int type = EtherType.of(run.skb());
    if (type < 0) {
      return Returns.drop(DropReason.DROP_UNSUPPORTED_L2);
    }
    if (ipv6 && type == Family.IPV6.etherType()) {
      return self.call(run, CallIndex.fromLxc(Family.IPV6));
    }
    if (ipv4 && type == Family.IPV4.etherType()) {
      return self.call(run, CallIndex.fromLxc(Family.IPV4));
    }
    if (type == EtherType.ARP) {
      if (arpPassthrough) {
        return Returns.OK;
      }
      if (arpResponder) {
        return self.call(run, CallIndex.ARP);
      }
    }
    return Returns.drop(DropReason.DROP_UNKNOWN_L3);
  }
}
