// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import org.tailwalk.datapath.context.Cb;
import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.kernel.Program;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.kernel.SkBuff;
import org.tailwalk.datapath.notify.DropSite;
import org.tailwalk.event.MetricDirection;

/** {@code tail_ipv4_policy} and {@code tail_ipv6_policy} (section 2.5). */
final class TailPolicy implements Program {
  private final Endpoint self;
  private final Family family;
  private final IngressPolicy policy;
  private final CustomCalls customCalls;

  TailPolicy(Endpoint self, Family family, CtSource ctSource) {
    this.self = self;
    this.family = family;
    this.policy = new IngressPolicy(self, family, ctSource);
    this.customCalls = new CustomCalls(self);
  }

  @Override
  public int run(Run run) {
    SkBuff skb = run.skb();
    long ifindex = skb.cb(Cb.IFINDEX);
    long srcIdentity = skb.cb(Cb.SRC_LABEL);
    skb.cb(Cb.SRC_LABEL, 0);
    skb.cb(Cb.FROM_HOST, 0);
    IngressPolicy.Outcome outcome = policy.apply(run, srcIdentity, ifindex);
    int code =
        outcome.toProxy() ? ProxyRedirect.byMark(run, self, outcome.proxyPort()) : outcome.code();
    if (Returns.isError(code)) {
      DropSite site = family.v6() ? DropSite.IPV6_POLICY : DropSite.IPV4_POLICY;
      return self.drop.send(
          run, site, srcIdentity, self.identity(), self.id(), code, MetricDirection.INGRESS);
    }
    skb.cb(Cb.SRC_LABEL, skb.mark());
    return outcome.toProxy()
        ? code
        : customCalls.call(run, family, MetricDirection.INGRESS, code, srcIdentity);
  }
}
