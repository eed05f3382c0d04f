// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import org.tailwalk.datapath.context.Cb;
import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.header.EtherType;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.kernel.Program;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.notify.DropSite;
import org.tailwalk.datapath.tailcall.CallIndex;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MetricDirection;
import org.tailwalk.event.ObservationPoint;
import org.tailwalk.scenario.DatapathOption;

/** {@code handle_policy_egress} (section 2.11): packets back from the L7 load balancer. */
final class HandlePolicyEgress implements Program {
  private final Endpoint self;
  private final boolean ipv4;
  private final boolean ipv6;

  HandlePolicyEgress(Endpoint self) {
    this.self = self;
    this.ipv4 = self.has(DatapathOption.ENABLE_IPV4);
    this.ipv6 = self.has(DatapathOption.ENABLE_IPV6);
  }

  @Override
  public int run(Run run) {
    int code = dispatch(run);
    return Returns.isError(code)
        ? self.drop.send(
            run,
            DropSite.HANDLE_POLICY_EGRESS,
            self.identity(),
            0,
            self.id(),
            code,
            MetricDirection.EGRESS)
        : code;
  }

  private int dispatch(Run run) {
    int type = EtherType.of(run.skb());
    if (type < 0) {
      return Returns.drop(DropReason.DROP_UNSUPPORTED_L2);
    }
    run.skb().cb(Cb.FROM_HOST, Cb.FROM_L7LB_MAGIC);
    self.trace.send(
        run, ObservationPoint.FROM_PROXY, self.identity(), 0, 0, 0, self.trace.unknownReason(), 0);
    if (ipv6 && type == Family.IPV6.etherType()) {
      return self.call(run, CallIndex.fromLxc(Family.IPV6));
    }
    if (ipv4 && type == Family.IPV4.etherType()) {
      return self.call(run, CallIndex.fromLxc(Family.IPV4));
    }
    return Returns.drop(DropReason.DROP_UNKNOWN_L3);
  }
}
