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
import org.tailwalk.datapath.header.RawPort;
import org.tailwalk.datapath.header.Transport;
import org.tailwalk.datapath.ipcache.Identity;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.kernel.SkBuff;
import org.tailwalk.datapath.notify.DebugNotify;
import org.tailwalk.datapath.notify.DebugNotify.PerFamily;
import org.tailwalk.datapath.policy.PolicyVerdict;
import org.tailwalk.event.CtStatus;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MapKey.CtTuple;
import org.tailwalk.event.MapKey.EndpointKey;
import org.tailwalk.event.MapValue.EndpointInfo;
import org.tailwalk.event.MapValue.IpcacheEntry;
import org.tailwalk.event.MetricDirection;
import org.tailwalk.event.ObservationPoint;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.Era;

/**
 * The egress path behind conntrack (section 2.4): policy, new connections, the way back of service
 * replies, and where the packet goes.
 */
final class EgressPath {
  private final Endpoint self;
  private final Family family;
  private final LocalDelivery localDelivery;
  private final PassToStack passToStack;
  private final boolean routing;
  private final boolean hostFirewall;
  private final boolean l7lb;
  private final boolean year2020;

  EgressPath(Endpoint self, Family family) {
    this.self = self;
    this.family = family;
    this.localDelivery = new LocalDelivery(self);
    this.passToStack = new PassToStack(self, family);
    this.routing = self.has(DatapathOption.ENABLE_ROUTING);
    this.hostFirewall = self.has(DatapathOption.ENABLE_HOST_FIREWALL);
    this.year2020 = self.node.config.era() == Era.WALKTHROUGH2020;
    this.l7lb = self.has(DatapathOption.ENABLE_L7_LB);
  }

  Packet begin(Run run) {
    return new Packet(run);
  }

  /** One packet on its way along the path: what the C function keeps in local variables. */
  final class Packet {
    private final Run run;
    private final SkBuff skb;
    private CtState fresh = new CtState();
    private long dstIdentity;
    private int proxyPort;
    private boolean hairpin;
    private boolean tellVerdict = true;
    private long monitor;

    private Packet(Run run) {
      this.run = run;
      this.skb = run.skb();
    }

    /** The destination's identity as resolved so far. */
    long dstIdentity() {
      return dstIdentity;
    }

    /** What a creation that failed left of the tuple; null but for that. */
    @Nullable CtTuple leftTuple() {
      return fresh.leftTuple;
    }

    /** Everything from the conntrack result on; the destination is resolved. */
    int proceed(IpHeader ip, CtLookup ct) {
      monitor = ct.monitor();
      boolean byL7lb = l7lb && proxyPort > 0;
      if (byL7lb) {
        self.debug.message(
            run,
            DebugNotify.L7_LB,
            DebugNotify.raw(ct.tuple().daddr()),
            DebugNotify.raw(ct.tuple().saddr()),
            RawPort.swap(proxyPort));
      }
      if (!byL7lb && ct.replyOrRelated() && ct.state().proxyRedirect) {
        return ProxyRedirect.byMark(run, self, 0);
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
        return ProxyRedirect.byMark(run, self, verdict.value());
      }
      return forward(ct, fromL7lb);
    }

    void resolveDestination(IpAddress daddr) {
      IpcacheEntry info = self.node.ipcache.lookup(run, daddr);
      boolean found = info != null && info.identity() != Identity.UNKNOWN;
      dstIdentity = info != null && found ? info.identity() : Identity.WORLD;
      self.debug.message(
          run,
          info == null ? PerFamily.IP_ID_MAP_FAILED : PerFamily.IP_ID_MAP_SUCCEED,
          family.v6(),
          DebugNotify.raw(daddr),
          dstIdentity,
          0);
    }

    /** What service handling found: parked in cb by an earlier program, or still at hand. */
    void serviceWas(CtState state, int rawProxyPort) {
      fresh = state;
      proxyPort = rawProxyPort;
      hairpin = state.loopback;
    }

    /** Also for replies: their entries are counted, their verdict is not asked for. */
    private PolicyVerdict verdict(IpHeader ip, CtLookup ct, boolean byL7lb) {
      if (byL7lb) {
        tellVerdict = false;
        return PolicyVerdict.proxy(proxyPort);
      }
      if (hairpin && !year2020) {
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

    /** For IPv6 whatever makes an entry is reported, also one that replaces another. */
    private int create(CtLookup ct, PolicyVerdict verdict, boolean fromL7lb) {
      if (family.v6()) {
        monitor = self.trace.payloadLength();
      }
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
      // The walk that ends where it begins is of a later time.
      Transport transport =
          year2020 ? Transport.of(skb, ip) : Transport.behindFixedHeader(ip, ct.tuple().nexthdr());
      return self.node.reverseTranslation.apply(
          run,
          family,
          transport,
          ct.state().revNatIndex,
          ct.state().loopback && !family.v6(),
          ip.saddr(),
          true);
    }

    private void toProxyTrace(CtLookup ct, PolicyVerdict verdict) {
      self.trace.send(
          run,
          ObservationPoint.TO_PROXY,
          self.identity(),
          0,
          year2020 ? 0 : RawPort.swap(verdict.value()),
          0,
          ct.result(),
          monitor);
    }

    private int forward(CtLookup ct, boolean fromL7lb) {
      IpHeader ip = IpHeader.read(skb, family);
      if (ip == null) {
        return Returns.drop(DropReason.DROP_INVALID);
      }
      if (routing || hairpin) {
        EndpointInfo to = localEndpoint(ip);
        if (to != null && !(routing && (to.flags() & EndpointInfo.HOST) != 0)) {
          skb.cb(Cb.POLICY, 0);
          return localDelivery.deliver(run, family, to, fromL7lb);
        }
        if (to != null && hostFirewall && dstIdentity == Identity.HOST) {
          return toHost(ct);
        }
      }
      if (hostFirewall && !routing && !year2020 && dstIdentity == Identity.HOST) {
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
