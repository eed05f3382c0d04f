// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import org.jspecify.annotations.Nullable;
import org.tailwalk.datapath.context.Cb;
import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.header.EtherType;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.kernel.Program;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.notify.DropSite;
import org.tailwalk.datapath.tailcall.ConditionalTailCall;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MetricDirection;

/**
 * {@code handle_policy} (section 2.5): the program in the policy-call map, run by whoever delivers
 * to this endpoint.
 */
final class HandlePolicy implements Program {
  private final Endpoint self;
  private final @Nullable ConditionalTailCall ct4;
  private final @Nullable ConditionalTailCall ct6;

  /**
   * The entry to the conntrack programs.
   *
   * @param ct4 null without the family
   * @param ct6 null without the family
   */
  HandlePolicy(
      Endpoint self, @Nullable ConditionalTailCall ct4, @Nullable ConditionalTailCall ct6) {
    this.self = self;
    this.ct4 = ct4;
    this.ct6 = ct6;
  }

  @Override
  public int run(Run run) {
    long srcIdentity = run.skb().cb(Cb.SRC_LABEL);
    int type = EtherType.of(run.skb());
    if (type < 0) {
      return failed(run, srcIdentity, Returns.drop(DropReason.DROP_UNSUPPORTED_L2));
    }
    ConditionalTailCall ct =
        type == Family.IPV4.etherType() ? ct4 : type == Family.IPV6.etherType() ? ct6 : null;
    if (ct == null) {
      return failed(run, srcIdentity, Returns.drop(DropReason.DROP_UNKNOWN_L3));
    }
    int code = ct.invoke(run);
    return ct.leavesCaller() || !Returns.isError(code) ? code : failed(run, srcIdentity, code);
  }

  private int failed(Run run, long srcIdentity, int code) {
    return self.drop.send(
        run,
        DropSite.HANDLE_POLICY,
        srcIdentity,
        self.identity(),
        self.id(),
        code,
        MetricDirection.INGRESS);
  }
}
