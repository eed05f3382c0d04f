// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import org.tailwalk.datapath.context.Mark;
import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.kernel.SkBuff;
import org.tailwalk.datapath.notify.DebugNotify;
import org.tailwalk.datapath.rewrite.FlowLabel;
import org.tailwalk.datapath.rewrite.L3Rewrite;
import org.tailwalk.event.ObservationPoint;
import org.tailwalk.scenario.DatapathOption;

/** The end of the egress path (section 2.4, steps 19 to 21): the host's stack takes over. */
final class PassToStack {
  private final Endpoint self;
  private final Family family;
  private final boolean routing;
  private final boolean identityMark;

  PassToStack(Endpoint self, Family family) {
    this.self = self;
    this.family = family;
    this.routing = self.has(DatapathOption.ENABLE_ROUTING);
    this.identityMark = self.has(DatapathOption.ENABLE_IDENTITY_MARK);
  }

  int pass(Run run, long dstIdentity, int reason, long monitor) {
    SkBuff skb = run.skb();
    if (routing) {
      int error = L3Rewrite.apply(skb, family, null, self.nodeMac());
      if (error == L3Rewrite.HOP_LIMIT_EXCEEDED) {
        return Icmp6Handler.callTimeExceeded(run, self);
      }
      if (error != 0) {
        return error;
      }
    }
    if (family.v6()) {
      FlowLabel.store(skb, self.identity());
    }
    if (identityMark) {
      skb.mark(Mark.withIdentity(skb.mark() | Mark.IDENTITY, self.identity()));
    }
    self.trace.send(
        run, ObservationPoint.TO_STACK, self.identity(), dstIdentity, 0, 0, reason, monitor);
    self.debug.capture(run, DebugNotify.DELIVERY, 0);
    return Returns.OK;
  }
}
