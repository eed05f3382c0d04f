// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import org.jspecify.annotations.Nullable;
import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.header.EtherType;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.kernel.Program;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.notify.DropSite;
import org.tailwalk.datapath.tailcall.CallIndex;
import org.tailwalk.datapath.tailcall.ConditionalTailCall;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MetricDirection;
import org.tailwalk.event.ObservationPoint;
import org.tailwalk.scenario.DatapathOption;

/** {@code cil_from_container} (section 2.1): what the pod sends. */
final class FromContainer implements Program {
  private final Endpoint self;
  private final @Nullable ConditionalTailCall handle4;
  private final @Nullable ConditionalTailCall handle6;
  private final boolean arpResponder;
  private final boolean arpPassthrough;

  /**
   * The entry of the pod's packets.
   *
   * @param handle4 null without the family
   * @param handle6 null without the family
   */
  FromContainer(
      Endpoint self, @Nullable ConditionalTailCall handle4, @Nullable ConditionalTailCall handle6) {
    this.self = self;
    this.handle4 = handle4;
    this.handle6 = handle6;
    boolean ipv4 = self.has(DatapathOption.ENABLE_IPV4);
    this.arpResponder = ipv4 && self.has(DatapathOption.ENABLE_ARP_RESPONDER);
    this.arpPassthrough = ipv4 && self.has(DatapathOption.ENABLE_ARP_PASSTHROUGH);
  }

  @Override
  public int run(Run run) {
    run.skb().clearCb();
    self.trace.send(
        run,
        ObservationPoint.FROM_LXC,
        self.identity(),
        0,
        0,
        0,
        self.trace.unknownReason(),
        self.trace.payloadLength());
    int type = EtherType.of(run.skb());
    if (type < 0) {
      return failed(run, Returns.drop(DropReason.DROP_UNSUPPORTED_L2));
    }
    ConditionalTailCall handle =
        type == Family.IPV4.etherType()
            ? handle4
            : type == Family.IPV6.etherType() ? handle6 : null;
    if (handle != null) {
      int code = handle.invoke(run);
      return handle.leavesCaller() || !Returns.isError(code) ? code : failed(run, code);
    }
    if (type == EtherType.ARP && arpPassthrough) {
      return Returns.OK;
    }
    int code =
        type == EtherType.ARP && arpResponder
            ? self.call(run, CallIndex.ARP)
            : Returns.drop(DropReason.DROP_UNKNOWN_L3);
    return Returns.isError(code) ? failed(run, code) : code;
  }

  private int failed(Run run, int code) {
    return self.drop.sendError(
        run, DropSite.FROM_CONTAINER, self.identity(), code, MetricDirection.EGRESS);
  }
}
