// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import org.tailwalk.datapath.conntrack.CtLookup;
import org.tailwalk.datapath.conntrack.CtState;
import org.tailwalk.datapath.context.Cb;
import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.header.IpHeader;
import org.tailwalk.datapath.kernel.Program;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.kernel.SkBuff;
import org.tailwalk.datapath.notify.DropSite;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MapKey.CtTuple;
import org.tailwalk.event.MetricDirection;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.scenario.DatapathOption;

/**
 * {@code tail_handle_ipv4_cont} and {@code tail_handle_ipv6_cont} (section 2.4): picks up what the
 * earlier programs left in cb and in the hand-over buffer, and walks the rest of the egress path.
 */
final class EgressCont implements Program {
  private final Endpoint self;
  private final Family family;
  private final EgressPath path;
  private final HandOver handOver;
  private final CustomCalls customCalls;
  private final boolean perPacketLb;
  private final IpAddress loopback;
  private final boolean loopbackCompiled;

  EgressCont(Endpoint self, Family family) {
    this.self = self;
    this.family = family;
    this.path = new EgressPath(self, family);
    this.handOver = new HandOver(self, family);
    this.customCalls = new CustomCalls(self);
    this.perPacketLb = self.node.config.perPacketLb();
    this.loopback = self.node.config.constants().ipv4Loopback();
    this.loopbackCompiled = !self.has(DatapathOption.DISABLE_LOOPBACK_LB);
  }

  @Override
  public int run(Run run) {
    EgressPath.Packet packet = path.begin(run);
    int code = handle(run, packet);
    long dst = packet.dstIdentity();
    if (Returns.isError(code)) {
      DropSite site = family.v6() ? DropSite.IPV6_CONT : DropSite.IPV4_CONT;
      return self.drop.send(run, site, self.identity(), dst, 0, code, MetricDirection.EGRESS);
    }
    return customCalls.call(run, family, MetricDirection.EGRESS, code, dst);
  }

  private int handle(Run run, EgressPath.Packet packet) {
    IpHeader ip = IpHeader.read(run.skb(), family);
    if (ip == null) {
      return Returns.drop(DropReason.DROP_INVALID);
    }
    packet.resolveDestination(ip.daddr());
    if (perPacketLb) {
      restore(run.skb(), ip, packet);
    }
    CtLookup ct = handOver.lookup(run, ip);
    if (ct.result() < 0) {
      return ct.result();
    }
    int code = packet.proceed(ip, ct);
    CtTuple left = packet.leftTuple();
    if (left != null) {
      handOver.tupleLeft(run, left);
    }
    return code;
  }

  /** Takes back what the first program parked in cb, and clears the slots. */
  private void restore(SkBuff skb, IpHeader ip, EgressPath.Packet packet) {
    CtState service = new CtState();
    long parked = skb.cb(Cb.CT_STATE);
    switch (family) {
      case IPV4 -> {
        service.revNatIndex = (int) (parked >>> 16);
        if ((parked & 1) != 0 && loopbackCompiled) {
          service.loopback = true;
          service.addr = loopback;
          service.svcAddr = ip.daddr();
        }
      }
      case IPV6 -> service.revNatIndex = (int) parked & 0xffff;
    }
    service.backendId = skb.cb(Cb.BACKEND_ID);
    packet.serviceWas(service, (int) (skb.cb(Cb.SRC_LABEL) >>> 16));
    skb.cb(Cb.SRC_LABEL, 0);
    skb.cb(Cb.BACKEND_ID, 0);
    skb.cb(Cb.CT_STATE, 0);
  }
}
