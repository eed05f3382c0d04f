// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import org.tailwalk.datapath.context.Cb;
import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.kernel.Program;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.notify.DropSite;
import org.tailwalk.datapath.tailcall.ConditionalTailCall;
import org.tailwalk.event.MetricDirection;

/**
 * {@code tail_handle_ipv4} and {@code tail_handle_ipv6} (section 2.2): the gate, then on to
 * conntrack.
 */
final class HandleFromLxc implements Program {
  private final Endpoint self;
  private final Family family;
  private final EgressGate gate;
  private final ConditionalTailCall ctEgress;
  private final boolean perPacketLb;

  HandleFromLxc(Endpoint self, Family family, ConditionalTailCall ctEgress) {
    this.self = self;
    this.family = family;
    this.gate = new EgressGate(self, family);
    this.ctEgress = ctEgress;
    this.perPacketLb = self.node.config.perPacketLb();
  }

  @Override
  public int run(Run run) {
    int code = handle(run);
    if (!Returns.isError(code)) {
      return code;
    }
    DropSite site = family.v6() ? DropSite.HANDLE_IPV6 : DropSite.HANDLE_IPV4;
    return self.drop.sendError(run, site, self.identity(), code, MetricDirection.EGRESS);
  }

  private int handle(Run run) {
    EgressGate.Passage passage = gate.pass(run);
    if (!passage.open()) {
      return passage.code();
    }
    if (perPacketLb) {
      park(run, passage);
    }
    return ctEgress.invoke(run);
  }

  /** Leaves in cb what conntrack and policy will need, for the program after the next. */
  private void park(Run run, EgressGate.Passage passage) {
    long index = passage.service().revNatIndex;
    run.skb().cb(Cb.SRC_LABEL, (long) passage.proxyPort() << 16);
    run.skb().cb(Cb.BACKEND_ID, passage.service().backendId);
    run.skb()
        .cb(Cb.CT_STATE, family.v6() ? index : index << 16 | (passage.service().loopback ? 1 : 0));
  }
}
