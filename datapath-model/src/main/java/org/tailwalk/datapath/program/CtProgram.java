// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import org.tailwalk.datapath.conntrack.CtDirection;
import org.tailwalk.datapath.conntrack.CtLookup;
import org.tailwalk.datapath.conntrack.CtState;
import org.tailwalk.datapath.context.Cb;
import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.header.IpHeader;
import org.tailwalk.datapath.header.Transport;
import org.tailwalk.datapath.kernel.Program;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.maps.EndpointMaps;
import org.tailwalk.datapath.notify.DropSite;
import org.tailwalk.datapath.tailcall.ConditionalTailCall;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MetricDirection;
import org.tailwalk.scenario.Era;

/**
 * The six conntrack lookup programs (section 2.3). Up to PR 25426 none of them tells anybody about
 * its errors: that is issue 22527 (section 12). Which errors are told, and with which reason, is a
 * matter of the era.
 */
final class CtProgram implements Program {
  private final Endpoint self;
  private final Family family;
  private final CtDirection direction;
  private final ConditionalTailCall target;
  private final boolean tellsErrors;
  private final boolean tellsHeaderWalk;
  private final boolean tellsTarget;
  private final boolean signedReason;

  CtProgram(Endpoint self, Family family, CtDirection direction, ConditionalTailCall target) {
    Era era = self.node.config.era();
    this.self = self;
    this.family = family;
    this.direction = direction;
    this.target = target;
    this.tellsErrors = era.atLeast(Era.PR25426);
    this.tellsHeaderWalk = era.atLeast(Era.PR26115);
    this.tellsTarget = era.atLeast(Era.PR26118);
    this.signedReason = era.atLeast(Era.PR33551);
  }

  @Override
  public int run(Run run) {
    IpHeader ip = IpHeader.read(run.skb(), family);
    if (ip == null) {
      return failed(run, Returns.drop(DropReason.DROP_INVALID), tellsErrors);
    }
    Transport transport = Transport.of(run.skb(), ip);
    if (transport.error() < 0) {
      return failed(run, transport.error(), tellsHeaderWalk);
    }
    CtLookup found = self.node.conntrack.lookup(run, ip, transport, direction, new CtState());
    if (found.result() < 0) {
      return failed(run, found.result(), tellsErrors);
    }
    var buffer = self.maps.buffer(family);
    if (run.update(buffer, EndpointMaps.SLOT_0, found.toBuffer()) != 0) {
      return failed(run, Returns.drop(DropReason.DROP_INVALID_TC_BUFFER), tellsErrors);
    }
    int code = target.invoke(run);
    return Returns.isError(code) ? failed(run, code, tellsTarget) : code;
  }

  private int failed(Run run, int code, boolean told) {
    return told ? dropForDirection(run, code) : code;
  }

  /** {@code drop_for_direction}, the helper of PR 25426. */
  private int dropForDirection(Run run, int code) {
    boolean ingress = direction == CtDirection.INGRESS;
    long src = ingress ? run.skb().cb(Cb.SRC_LABEL) : self.identity();
    long dst = ingress ? self.identity() : 0;
    long dstId = ingress ? self.id() : 0;
    MetricDirection metric = direction.metric();
    DropSite site = DropSite.DROP_FOR_DIRECTION;
    return signedReason
        ? self.drop.send(run, site, src, dst, dstId, code, metric)
        : self.drop.sendUnsigned(run, site, src, dst, dstId, code, metric);
  }
}
