// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import org.jspecify.annotations.Nullable;
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
import org.tailwalk.datapath.notify.DebugNotify;
import org.tailwalk.datapath.notify.DropSite;
import org.tailwalk.datapath.tailcall.ConditionalTailCall;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MetricDirection;
import org.tailwalk.event.ObservationPoint;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.Era;

/** {@code cil_to_container} (section 2.7): what the stack sends into the pod. */
final class ToContainer implements Program {
  private final Endpoint self;
  private final @Nullable ConditionalTailCall to4;
  private final @Nullable ConditionalTailCall to6;
  private final boolean arp;
  private final boolean l7lb;
  private final boolean hostFirewall;
  private final boolean year2020;

  /**
   * The entry of packets to the pod.
   *
   * @param to4 null without the family
   * @param to6 null without the family
   */
  ToContainer(Endpoint self, @Nullable ConditionalTailCall to4, @Nullable ConditionalTailCall to6) {
    this.self = self;
    this.to4 = to4;
    this.to6 = to6;
    this.arp =
        self.has(DatapathOption.ENABLE_ARP_RESPONDER)
            || self.has(DatapathOption.ENABLE_ARP_PASSTHROUGH);
    this.l7lb = self.has(DatapathOption.ENABLE_L7_LB);
    this.year2020 = self.node.config.era() == Era.WALKTHROUGH2020;
    this.hostFirewall =
        self.has(DatapathOption.ENABLE_HOST_FIREWALL)
            && !self.has(DatapathOption.ENABLE_ROUTING)
            && !year2020;
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
    boolean fromL7lb = l7lb && magic == Mark.PROXY_EGRESS_EPID;
    if (!fromL7lb) {
      self.debug.message(run, DebugNotify.INHERIT_IDENTITY, identity, 0);
    }
    if (fromL7lb) {
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
        self.trace.unknownReason(),
        self.trace.payloadLength());
    if (hostFirewall && identity == Identity.HOST) {
      skb.cb(Cb.FROM_HOST, 1);
      skb.cb(Cb.SRC_LABEL, self.id());
      // Again the raw code.
      return Endpoint.tailCallOrMissed(
          run, self.node.maps.policyCall(), self.node.config.constants().hostEpId());
    }
    skb.cb(Cb.SRC_LABEL, identity);
    if (arp && type == EtherType.ARP) {
      return Returns.OK;
    }
    ConditionalTailCall to =
        type == Family.IPV4.etherType() ? to4 : type == Family.IPV6.etherType() ? to6 : null;
    if (to == null) {
      return failed(run, identity, Returns.drop(DropReason.DROP_UNKNOWN_L3));
    }
    int code = to.invoke(run);
    return to.leavesCaller() || !Returns.isError(code) ? code : failed(run, identity, code);
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
      case Mark.IDENTITY -> Mark.identity(skb.mark());
      case Mark.ENCRYPT -> year2020 ? Identity.WORLD : Mark.identity(skb.mark());
      case Mark.HOST -> Identity.HOST;
      case Mark.PROXY_EGRESS_EPID -> l7lb ? Mark.endpointId(skb.mark()) : Identity.WORLD;
      default -> Identity.WORLD;
    };
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
