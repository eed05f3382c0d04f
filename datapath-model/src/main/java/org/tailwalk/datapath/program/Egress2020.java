// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import org.tailwalk.datapath.conntrack.CtDirection;
import org.tailwalk.datapath.conntrack.CtLookup;
import org.tailwalk.datapath.conntrack.CtState;
import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.header.IpHeader;
import org.tailwalk.datapath.kernel.Program;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.notify.DropSite;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MetricDirection;
import org.tailwalk.packet.IpAddress;

/**
 * {@code tail_handle_ipv4} and {@code tail_handle_ipv6} as of 2020 (section 14): the whole egress
 * path with conntrack in place, and one wrapper that tells of every error.
 */
final class Egress2020 implements Program {
  private final Endpoint self;
  private final Family family;
  private final EgressGate gate;
  private final InlineCt conntrack;
  private final EgressPath path;

  Egress2020(Endpoint self, Family family) {
    this.self = self;
    this.family = family;
    this.gate = new EgressGate(self, family);
    this.conntrack = new InlineCt(self, CtDirection.EGRESS);
    this.path = new EgressPath(self, family);
  }

  @Override
  public int run(Run run) {
    EgressPath.Packet packet = path.begin(run);
    int code = handle(run, packet);
    if (!Returns.isError(code)) {
      return code;
    }
    DropSite site = family.v6() ? DropSite.HANDLE_IPV6 : DropSite.HANDLE_IPV4;
    return self.drop.send(
        run, site, self.identity(), packet.dstIdentity(), 0, code, MetricDirection.EGRESS);
  }

  private int handle(Run run, EgressPath.Packet packet) {
    IpHeader asked = IpHeader.read(run.skb(), family);
    if (asked == null) {
      return Returns.drop(DropReason.DROP_INVALID);
    }
    EgressGate.Passage passage = gate.pass(run);
    if (!passage.open()) {
      return passage.code();
    }
    IpHeader ip = IpHeader.read(run.skb(), family);
    if (ip == null) {
      return Returns.drop(DropReason.DROP_INVALID);
    }
    CtState service = passage.service();
    IpAddress saddr = ip.saddr();
    IpAddress daddr = ip.daddr();
    if (service.loopback) {
      // Conntrack goes on with the addresses as they were asked for.
      saddr = asked.saddr();
      daddr = asked.daddr();
      boolean rewritten = !ip.saddr().equals(saddr);
      // Not rewritten: an old entry said so, and nothing was looped back.
      service.addr = rewritten ? ip.saddr() : ip.daddr();
      service.svcAddr = rewritten ? saddr : IpAddress.ANY4;
    }
    packet.serviceWas(service, 0);
    CtLookup ct = conntrack.lookup(run, ip, saddr, daddr);
    if (ct.result() < 0) {
      return ct.result();
    }
    if (ct.replyOrRelated() && ct.state().proxyRedirect) {
      return ProxyRedirect.byMark(run, self, 0);
    }
    packet.resolveDestination(daddr);
    return packet.proceed(ip, ct);
  }
}
