// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import org.tailwalk.datapath.context.Cb;
import org.tailwalk.datapath.context.Mark;
import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.context.TcIndex;
import org.tailwalk.datapath.header.EtherType;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.ipcache.Identity;
import org.tailwalk.datapath.kernel.Program;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.kernel.SkBuff;
import org.tailwalk.datapath.notify.DropSite;
import org.tailwalk.datapath.notify.TraceNotify;
import org.tailwalk.datapath.tailcall.CallIndex;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MetricDirection;
import org.tailwalk.event.ObservationPoint;
import org.tailwalk.scenario.DatapathOption;

/** {@code cil_to_container} (section 2.7): what the stack sends into the pod. */
final class ToContainer implements Program {
  private final Endpoint self;
  private final boolean ipv4;
  private final boolean ipv6;
  private final boolean arp;
  private final boolean l7lb;
  private final boolean hostFirewall;

  ToContainer(Endpoint self) {
    this.self = self;
    this.ipv4 = self.has(DatapathOption.ENABLE_IPV4);
    this.ipv6 = self.has(DatapathOption.ENABLE_IPV6);
    this.arp =
        self.has(DatapathOption.ENABLE_ARP_RESPONDER)
            || self.has(DatapathOption.ENABLE_ARP_PASSTHROUGH);
    this.l7lb = self.has(DatapathOption.ENABLE_L7_LB);
    this.hostFirewall =
        self.has(DatapathOption.ENABLE_HOST_FIREWALL) && !self.has(DatapathOption.ENABLE_ROUTING);
  }

  @Override
  public int run(Run run) {
    SkBuff skb = run.skb();
    int type = EtherType.of(skb);
    if (type < 0) {
      return failed(run, Identity.UNKNOWN, Returns.drop(DropReason.DROP_UNSUPPORTED_L2));
    }
    skb.clearCb();
    long magic = skb.mark() & Mark.MAGIC_MASK;
    long identity = identityFromMark(skb, magic);
    skb.mark(0);
    if (l7lb && magic == Mark.PROXY_EGRESS_EPID) {
      // A miss is the raw code: nobody is told (section 12.2).
      return Endpoint.tailCallOrMissed(run, self.node.maps.policyEgressCall(), identity);
    }
    boolean fromProxy = magic == Mark.PROXY_INGRESS || magic == Mark.PROXY_EGRESS;
    self.trace.send(
        run,
        fromProxy ? ObservationPoint.FROM_PROXY : ObservationPoint.FROM_STACK,
        identity,
        0,
        0,
        skb.ingressIfindex(),
        TraceNotify.REASON_UNKNOWN,
        self.trace.payloadLength());
    if (hostFirewall && identity == Identity.HOST) {
      skb.cb(Cb.FROM_HOST, 1);
      skb.cb(Cb.SRC_LABEL, self.id());
      // Again the raw code.
      return Endpoint.tailCallOrMissed(
          run, self.node.maps.policyCall(), self.node.config.constants().hostEpId());
    }
    skb.cb(Cb.SRC_LABEL, identity);
    int code = dispatch(run, type);
    return Returns.isError(code) ? failed(run, identity, code) : code;
  }

  private long identityFromMark(SkBuff skb, long magic) {
    return switch ((int) magic) {
      case Mark.PROXY_INGRESS -> {
        skb.tcIndex(skb.tcIndex() | TcIndex.SKIP_INGRESS_PROXY);
        yield Mark.identity(skb.mark());
      }
      case Mark.PROXY_EGRESS -> {
        skb.tcIndex(skb.tcIndex() | TcIndex.SKIP_EGRESS_PROXY);
        yield Mark.identity(skb.mark());
      }
      case Mark.IDENTITY, Mark.ENCRYPT -> Mark.identity(skb.mark());
      case Mark.HOST -> Identity.HOST;
      case Mark.PROXY_EGRESS_EPID -> l7lb ? Mark.endpointId(skb.mark()) : Identity.WORLD;
      default -> Identity.WORLD;
    };
  }

  private int dispatch(Run run, int type) {
    if (arp && type == EtherType.ARP) {
      return Returns.OK;
    }
    if (ipv6 && type == Family.IPV6.etherType()) {
      return self.call(run, CallIndex.ctIngress(Family.IPV6));
    }
    if (ipv4 && type == Family.IPV4.etherType()) {
      return self.call(run, CallIndex.ctIngress(Family.IPV4));
    }
    return Returns.drop(DropReason.DROP_UNKNOWN_L3);
  }

  private int failed(Run run, long identity, int code) {
    return self.drop.send(
        run,
        DropSite.TO_CONTAINER,
        identity,
        self.identity(),
        self.id(),
        code,
        MetricDirection.INGRESS);
  }
}
