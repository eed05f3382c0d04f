// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import org.tailwalk.datapath.context.Cb;
import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.header.IpHeader;
import org.tailwalk.datapath.ipcache.Identity;
import org.tailwalk.datapath.kernel.Program;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.notify.DebugNotify;
import org.tailwalk.datapath.notify.DebugNotify.PerFamily;
import org.tailwalk.datapath.notify.DropSite;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MapValue.IpcacheEntry;
import org.tailwalk.event.MetricDirection;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.Era;

/**
 * {@code tail_ipv4_to_endpoint} and {@code tail_ipv6_to_endpoint} (section 2.7). A packet that
 * passes is counted twice as forwarded: here and by its trace.
 */
final class ToEndpoint implements Program {
  private final Endpoint self;
  private final Family family;
  private final IngressPolicy policy;
  private final CustomCalls customCalls;
  private final boolean metrics;
  private final boolean year2020;

  ToEndpoint(Endpoint self, Family family, CtSource ctSource) {
    this.self = self;
    this.family = family;
    this.policy = new IngressPolicy(self, family, ctSource);
    this.customCalls = new CustomCalls(self);
    this.year2020 = self.node.config.era() == Era.WALKTHROUGH2020;
    this.metrics = self.has(DatapathOption.LOCAL_DELIVERY_METRICS);
  }

  @Override
  public int run(Run run) {
    long srcIdentity = run.skb().cb(Cb.SRC_LABEL);
    IpHeader ip = IpHeader.read(run.skb(), family);
    if (ip == null) {
      return failed(run, srcIdentity, Returns.drop(DropReason.DROP_INVALID));
    }
    srcIdentity = resolve(run, ip, srcIdentity);
    self.debug.message(run, DebugNotify.LOCAL_DELIVERY, self.id(), self.identity());
    if (metrics) {
      self.node.metrics.update(run, DropReason.REASON_FORWARDED, MetricDirection.INGRESS);
    }
    run.skb().cb(Cb.SRC_LABEL, 0);
    IngressPolicy.Outcome outcome = policy.apply(run, srcIdentity, 0);
    int code =
        outcome.toProxy()
            ? ProxyRedirect.hairpin(run, self, year2020 ? Family.IPV4 : family, outcome.proxyPort())
            : outcome.code();
    if (Returns.isError(code)) {
      return failed(run, srcIdentity, code);
    }
    return outcome.toProxy()
        ? code
        : customCalls.call(run, family, MetricDirection.INGRESS, code, srcIdentity);
  }

  /** In 2020 the API server's nodes had no identity of their own. */
  private boolean reserved(long identity) {
    return Identity.isReserved(identity) && !(year2020 && identity == Identity.KUBE_APISERVER);
  }

  /** A reserved identity is too coarse: the ipcache may know better, though never "host". */
  private long resolve(Run run, IpHeader ip, long identity) {
    if (!reserved(identity)) {
      return identity;
    }
    IpcacheEntry info = self.node.ipcache.lookup(run, ip.saddr());
    long resolved =
        info != null && info.identity() != Identity.UNKNOWN && info.identity() != Identity.HOST
            ? info.identity()
            : identity;
    self.debug.message(
        run,
        info == null ? PerFamily.IP_ID_MAP_FAILED : PerFamily.IP_ID_MAP_SUCCEED,
        family.v6(),
        DebugNotify.raw(ip.saddr()),
        resolved,
        0);
    return resolved;
  }

  private int failed(Run run, long srcIdentity, int code) {
    DropSite site = family.v6() ? DropSite.IPV6_TO_ENDPOINT : DropSite.IPV4_TO_ENDPOINT;
    return self.drop.send(
        run, site, srcIdentity, self.identity(), self.id(), code, MetricDirection.INGRESS);
  }
}
