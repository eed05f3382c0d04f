// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import org.jspecify.annotations.Nullable;
import org.tailwalk.datapath.conntrack.Conntrack;
import org.tailwalk.datapath.conntrack.CtDirection;
import org.tailwalk.datapath.conntrack.CtLookup;
import org.tailwalk.datapath.conntrack.CtState;
import org.tailwalk.datapath.context.Cb;
import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.header.IpHeader;
import org.tailwalk.datapath.header.Ipv6HeaderWalk;
import org.tailwalk.datapath.header.RawPort;
import org.tailwalk.datapath.header.Transport;
import org.tailwalk.datapath.ipcache.Identity;
import org.tailwalk.datapath.kernel.Program;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.kernel.SkBuff;
import org.tailwalk.datapath.notify.DropSite;
import org.tailwalk.datapath.policy.PolicyVerdict;
import org.tailwalk.event.CtStatus;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MapKey.EndpointKey;
import org.tailwalk.event.MapValue.EndpointInfo;
import org.tailwalk.event.MapValue.IpcacheEntry;
import org.tailwalk.event.MetricDirection;
import org.tailwalk.event.ObservationPoint;
import org.tailwalk.scenario.DatapathOption;

/**
 * {@code tail_handle_ipv4_cont} and {@code tail_handle_ipv6_cont} (section 2.4): egress policy, new
 * connections, the way back of service replies, and where the packet goes.
 */
final class EgressCont implements Program {
  private final Endpoint self;
  private final Family family;
  private final LocalDelivery localDelivery;
  private final PassToStack passToStack;
  private final CustomCalls customCalls;
  private final boolean perPacketLb;
  private final boolean routing;
  private final boolean hostFirewall;
  private final boolean l7lb;

  EgressCont(Endpoint self, Family family) {
    this.self = self;
    this.family = family;
    this.localDelivery = new LocalDelivery(self);
    this.passToStack = new PassToStack(self, family);
    this.customCalls = new CustomCalls(self);
    this.perPacketLb = self.node.config.perPacketLb();
    this.routing = self.has(DatapathOption.ENABLE_ROUTING);
    this.hostFirewall = self.has(DatapathOption.ENABLE_HOST_FIREWALL);
    this.l7lb = self.has(DatapathOption.ENABLE_L7_LB);
  }

  @Override
  public int run(Run run) {
    Packet packet = new Packet(run);
    int code = packet.handle();
    if (Returns.isError(code)) {
      DropSite site = family.v6() ? DropSite.IPV6_CONT : DropSite.IPV4_CONT;
      return self.drop.send(
          run, site, self.identity(), packet.dstIdentity, 0, code, MetricDirection.EGRESS);
    }
    return customCalls.call(run, family, MetricDirection.EGRESS, code, packet.dstIdentity);
  }

  /** One packet on its way through this program: what the C function keeps in local variables. */
  private final class Packet {
    private final Run run;
    private final SkBuff skb;
    private final CtState fresh = new CtState();
    private long dstIdentity;
    private int proxyPort;
    private boolean hairpin;
    private boolean tellVerdict = true;
    private long monitor;

    private Packet(Run run) {
      this.run = run;
      this.skb = run.skb();
    }

    private int handle() {
      IpHeader ip = IpHeader.read(skb, family);
      if (ip == null) {
        return Returns.drop(DropReason.DROP_INVALID);
      }
      resolveDestination(ip);
      if (perPacketLb) {
        restore(ip);
      }
      CtLookup ct = HandOver.take(run, self, family);
      if (ct == null) {
        return Returns.drop(DropReason.DROP_INVALID_TC_BUFFER);
      }
      monitor = ct.monitor();
      boolean byL7lb = l7lb && proxyPort > 0;
      if (!byL7lb && ct.replyOrRelated() && ct.state().proxyRedirect) {
        return ProxyRedirect.byMark(run, 0);
      }
      PolicyVerdict verdict = verdict(ip, ct, byL7lb);
      if (verdict.refused() && !ct.replyOrRelated()) {
        tell(ct, verdict);
        return verdict.value();
      }
      boolean fromL7lb = l7lb && skb.cb(Cb.FROM_HOST) == Cb.FROM_L7LB_MAGIC;
      int error = track(ip, ct, verdict, fromL7lb);
      if (error < 0) {
        return error;
      }
      hairpin |= ct.state().loopback;
      if (!fromL7lb && verdict.toProxy() && !ct.replyOrRelated()) {
        toProxyTrace(ct, verdict);
        return ProxyRedirect.byMark(run, verdict.value());
      }
      return forward(ct);
    }

    private void resolveDestination(IpHeader ip) {
      IpcacheEntry info = self.node.ipcache.lookup(run, ip.daddr());
      boolean found = info != null && info.identity() != Identity.UNKNOWN;
      dstIdentity = info != null && found ? info.identity() : Identity.WORLD;
      self.debug.identityOf(run, family.v6(), found, ip.daddr().lo() & 0xffffffffL, dstIdentity);
    }

    /** Takes back what the first program parked in cb, and clears the slots. */
    private void restore(IpHeader ip) {
      long parked = skb.cb(Cb.CT_STATE);
      switch (family) {
        case IPV4 -> {
          fresh.revNatIndex = (int) (parked >>> 16);
          if ((parked & 1) != 0) {
            fresh.loopback = true;
            fresh.addr = self.node.config.constants().ipv4Loopback();
            fresh.svcAddr = ip.daddr();
            hairpin = true;
          }
        }
        case IPV6 -> fresh.revNatIndex = (int) parked & 0xffff;
      }
      fresh.backendId = skb.cb(Cb.BACKEND_ID);
      proxyPort = (int) (skb.cb(Cb.SRC_LABEL) >>> 16);
      skb.cb(Cb.SRC_LABEL, 0);
      skb.cb(Cb.BACKEND_ID, 0);
      skb.cb(Cb.CT_STATE, 0);
    }

    /** Also for replies: their entries are counted, their verdict is not asked for. */
    private PolicyVerdict verdict(IpHeader ip, CtLookup ct, boolean byL7lb) {
      if (byL7lb) {
        tellVerdict = false;
        return PolicyVerdict.proxy(proxyPort);
      }
      if (hairpin) {
        tellVerdict = false;
        return PolicyVerdict.ALLOW;
      }
      return self.policy.check(run, ip, dstIdentity, self.identity(), ct.tuple(), true, false);
    }

    private void tell(CtLookup ct, PolicyVerdict verdict) {
      if (tellVerdict) {
        self.verdicts.send(
            run,
            dstIdentity,
            ct.tuple(),
            MetricDirection.EGRESS,
            verdict.value(),
            verdict.match().code(),
            verdict.audited());
      }
    }

    private int track(IpHeader ip, CtLookup ct, PolicyVerdict verdict, boolean fromL7lb) {
      CtStatus status = CtStatus.ofCode(ct.result()).orElse(null);
      if (status == null) {
        return Returns.drop(DropReason.DROP_UNKNOWN_CT);
      }
      return switch (status) {
        case NEW -> {
          tell(ct, verdict);
          if (family.v6()) {
            monitor = self.trace.payloadLength();
          }
          yield create(ct, verdict, fromL7lb);
        }
        case REOPENED -> {
          tell(ct, verdict);
          yield renew(ct, verdict, fromL7lb);
        }
        case ESTABLISHED -> renew(ct, verdict, fromL7lb);
        case RELATED, REPLY -> {
          skb.cb(Cb.POLICY, 1);
          yield ct.state().revNatIndex == 0 ? 0 : reverse(ip, ct);
        }
      };
    }

    private int create(CtLookup ct, PolicyVerdict verdict, boolean fromL7lb) {
      fresh.srcSecId = self.identity();
      return self.node.conntrack.create(
          run,
          family,
          ct.tuple(),
          fresh,
          new Conntrack.Creation(CtDirection.EGRESS, verdict.toProxy(), fromL7lb));
    }

    /** A connection whose service changed gets its entry again. */
    private int renew(CtLookup ct, PolicyVerdict verdict, boolean fromL7lb) {
      return ct.state().revNatIndex == fresh.revNatIndex ? 0 : create(ct, verdict, fromL7lb);
    }

    private int reverse(IpHeader ip, CtLookup ct) {
      int l4Offset = ip.l4Offset();
      if (family.v6()) {
        Ipv6HeaderWalk walk = Ipv6HeaderWalk.of(skb, ip);
        if (walk.error() < 0) {
          return walk.error();
        }
        l4Offset = walk.l4Offset();
      }
      return self.node.reverseTranslation.apply(
          run,
          family,
          new Transport(ct.tuple().nexthdr(), l4Offset, ip.hasL4Header()),
          ct.state().revNatIndex,
          ct.state().loopback && !family.v6(),
          ip.saddr());
    }

    private void toProxyTrace(CtLookup ct, PolicyVerdict verdict) {
      self.trace.send(
          run,
          ObservationPoint.TO_PROXY,
          self.identity(),
          0,
          RawPort.swap(verdict.value()),
          0,
          ct.result(),
          monitor);
    }

    private int forward(CtLookup ct) {
      IpHeader ip = IpHeader.read(skb, family);
      if (ip == null) {
        return Returns.drop(DropReason.DROP_INVALID);
      }
      if (routing || hairpin) {
        EndpointInfo to = localEndpoint(ip);
        if (to != null && !(routing && (to.flags() & EndpointInfo.HOST) != 0)) {
          skb.cb(Cb.POLICY, 0);
          return localDelivery.deliver(run, family, to);
        }
        if (to != null && hostFirewall && dstIdentity == Identity.HOST) {
          return toHost(ct);
        }
      }
      if (hostFirewall && !routing && dstIdentity == Identity.HOST) {
        skb.cb(Cb.FROM_HOST, 0);
        return Endpoint.tailCallOrMissed(
            run, self.node.maps.policyCall(), self.node.config.constants().hostEpId());
      }
      return passToStack.pass(run, dstIdentity, ct.result(), monitor);
    }

    private @Nullable EndpointInfo localEndpoint(IpHeader ip) {
      return run.lookup(self.node.maps.endpoints(), new EndpointKey(ip.daddr()));
    }

    private int toHost(CtLookup ct) {
      self.trace.send(
          run,
          ObservationPoint.TO_HOST,
          self.identity(),
          Identity.HOST,
          0,
          self.node.config.constants().hostIfindex(),
          ct.result(),
          monitor);
      return run.redirect(self.node.config.constants().hostIfindex(), 1);
    }
  }
}
