// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import org.tailwalk.datapath.conntrack.Conntrack;
import org.tailwalk.datapath.conntrack.CtDirection;
import org.tailwalk.datapath.conntrack.CtLookup;
import org.tailwalk.datapath.conntrack.CtState;
import org.tailwalk.datapath.context.Cb;
import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.context.TcIndex;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.header.IpHeader;
import org.tailwalk.datapath.header.RawPort;
import org.tailwalk.datapath.header.Transport;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.notify.DebugNotify;
import org.tailwalk.datapath.policy.PolicyVerdict;
import org.tailwalk.event.CtStatus;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MetricDirection;
import org.tailwalk.event.ObservationPoint;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.Era;

/** {@code ipv4_policy} and {@code ipv6_policy} (section 2.5): what may come into the pod. */
final class IngressPolicy {
  private final Endpoint self;
  private final Family family;
  private final CtSource ctSource;
  private final boolean fragments;
  private final boolean l7lb;
  private final boolean skipsLoopback;
  private final boolean year2020;

  IngressPolicy(Endpoint self, Family family, CtSource ctSource) {
    this.self = self;
    this.family = family;
    this.ctSource = ctSource;
    this.fragments = self.has(DatapathOption.ENABLE_IPV4_FRAGMENTS);
    this.l7lb = self.has(DatapathOption.ENABLE_L7_LB);
    this.year2020 = self.node.config.era() == Era.WALKTHROUGH2020;
    this.skipsLoopback =
        !family.v6()
            && self.node.config.perPacketLb()
            && !self.has(DatapathOption.DISABLE_LOOPBACK_LB)
            && !year2020;
  }

  /**
   * What became of the packet.
   *
   * @param code {@link Returns#PROXY_REDIRECT}, or the function's value
   * @param proxyPort as stored; only for a redirect
   */
  record Outcome(int code, int proxyPort) {
    private static Outcome of(int code) {
      return new Outcome(code, 0);
    }

    private static Outcome drop(DropReason reason) {
      return of(Returns.drop(reason));
    }

    private static Outcome redirect(int rawPort) {
      return new Outcome(Returns.PROXY_REDIRECT, rawPort);
    }

    boolean toProxy() {
      return code == Returns.PROXY_REDIRECT;
    }
  }

  /** Applies the policy to a packet from {@code srcIdentity}. */
  Outcome apply(Run run, long srcIdentity, long ifindex) {
    IpHeader ip = IpHeader.read(run.skb(), family);
    if (ip == null) {
      return Outcome.drop(DropReason.DROP_INVALID);
    }
    run.skb().cb(Cb.POLICY, 0);
    boolean skipsProxy = (run.skb().tcIndex() & TcIndex.SKIP_INGRESS_PROXY) != 0;
    if (skipsProxy) {
      self.debug.message(run, DebugNotify.SKIP_PROXY, run.skb().tcIndex(), 0);
    }
    CtLookup ct = ctSource.lookup(run, ip);
    if (ct.result() < 0) {
      return Outcome.of(ct.result());
    }
    CtState state = ct.state();
    if (ct.replyOrRelated()
        && (l7lb && state.fromL7lb || state.proxyRedirect && !skipsEgressProxy(run))) {
      int reason = year2020 ? CtStatus.NEW.code() : ct.result();
      toProxy(run, srcIdentity, 0, ifindex, ct, reason, ip.saddr());
      return Outcome.redirect(0);
    }
    int error = reverse(run, ip, ct);
    if (error < 0) {
      return Outcome.of(error);
    }
    PolicyVerdict verdict = PolicyVerdict.ALLOW;
    if (!(skipsLoopback && state.loopback)) {
      boolean untracked = !fragments && ip.isFragment();
      verdict =
          self.policy.check(run, ip, srcIdentity, self.identity(), ct.tuple(), false, untracked);
      if (verdict.refused() && !ct.replyOrRelated()) {
        tell(run, srcIdentity, ct, verdict);
        return Outcome.of(verdict.value());
      }
      if (skipsProxy) {
        // In 2020 the event told of it, with the match that the policy had found.
        verdict = new PolicyVerdict(0, verdict.match(), verdict.audited());
      }
      if (ct.newOrReopened() && (year2020 || !skipsProxy)) {
        tell(run, srcIdentity, ct, verdict);
      }
    }
    if (ct.is(CtStatus.NEW)) {
      CtState fresh = new CtState();
      fresh.srcSecId = srcIdentity;
      error =
          self.node.conntrack.create(
              run,
              family,
              ct.tuple(),
              fresh,
              new Conntrack.Creation(CtDirection.INGRESS, verdict.toProxy(), false));
      if (error < 0) {
        return Outcome.of(error);
      }
    }
    if (!run.skb().holds(0, family.headersEnd())) {
      return Outcome.drop(DropReason.DROP_INVALID);
    }
    if (verdict.toProxy() && !ct.replyOrRelated()) {
      int port = year2020 ? 0 : RawPort.swap(verdict.value());
      toProxy(run, srcIdentity, port, ifindex, ct, ct.result(), ip.saddr());
      return Outcome.redirect(verdict.value());
    }
    return Outcome.of(toLxc(run, srcIdentity, ifindex, ct, ip.saddr()));
  }

  /** IPv4 translates replies only, and never loopback; IPv6 whatever has an index. */
  private int reverse(Run run, IpHeader ip, CtLookup ct) {
    CtState state = ct.state();
    if (state.revNatIndex == 0) {
      return 0;
    }
    if (!family.v6() && (!ct.is(CtStatus.REPLY) || state.loopback)) {
      return 0;
    }
    // The walk that ends where it begins is of a later time.
    Transport transport =
        year2020
            ? Transport.of(run.skb(), ip)
            : Transport.behindFixedHeader(ip, ct.tuple().nexthdr());
    int error =
        self.node.reverseTranslation.apply(
            run, family, transport, state.revNatIndex, false, ip.saddr(), false);
    if (!family.v6()) {
      ctSource.sourceTranslated(run, IpHeader.source(run.skb(), family));
    }
    return error;
  }

  private boolean skipsEgressProxy(Run run) {
    boolean skips = (run.skb().tcIndex() & TcIndex.SKIP_EGRESS_PROXY) != 0;
    if (skips) {
      self.debug.message(run, DebugNotify.SKIP_PROXY, run.skb().tcIndex(), 0);
    }
    return skips;
  }

  private void tell(Run run, long remote, CtLookup ct, PolicyVerdict verdict) {
    self.verdicts.send(
        run,
        remote,
        ct.tuple(),
        MetricDirection.INGRESS,
        verdict.value(),
        verdict.match().code(),
        verdict.audited());
  }

  private void toProxy(
      Run run, long src, int port, long ifindex, CtLookup ct, int reason, IpAddress original) {
    self.trace.send(
        run,
        ObservationPoint.TO_PROXY,
        src,
        self.identity(),
        port,
        ifindex,
        reason,
        ct.monitor(),
        original);
  }

  private int toLxc(Run run, long src, long ifindex, CtLookup ct, IpAddress original) {
    self.trace.send(
        run,
        ObservationPoint.TO_LXC,
        src,
        self.identity(),
        self.id(),
        ifindex,
        ct.result(),
        ct.monitor(),
        original);
    long out = run.skb().cb(Cb.IFINDEX);
    return out == 0 ? Returns.OK : run.redirect(out, 0);
  }
}
