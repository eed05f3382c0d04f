// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.header.IpHeader;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.notify.DebugNotify;
import org.tailwalk.datapath.tailcall.CallIndex;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MetricDirection;

/** {@code icmp6_handle} (section 2.8): messages of the pod that the node itself answers. */
final class Icmp6Handler {
  /** The message goes its normal way. */
  static final int NOT_HANDLED = Integer.MIN_VALUE;

  private static final int MESSAGE_AT = 54;
  private static final int NEIGHBOUR_SOLICITATION = 135;
  private static final int ECHO_REQUEST = 128;

  private final Endpoint self;

  Icmp6Handler(Endpoint self) {
    this.self = self;
  }

  int handle(Run run, IpHeader ip) {
    if (!run.skb().holds(MESSAGE_AT, 8)) {
      return Returns.drop(DropReason.DROP_INVALID);
    }
    int type = run.skb().u8(MESSAGE_AT);
    self.debug.message(run, DebugNotify.ICMP6_HANDLE, type, 0);
    return switch (type) {
      case NEIGHBOUR_SOLICITATION -> call(run, self, CallIndex.HANDLE_ICMP6_NS);
      case ECHO_REQUEST ->
          ip.daddr().equals(self.node.config.constants().routerIp())
              ? call(run, self, CallIndex.SEND_ICMP6_ECHO_REPLY)
              : NOT_HANDLED;
      default -> NOT_HANDLED;
    };
  }

  /** Answers that the hop limit ran out. */
  static int callTimeExceeded(Run run, Endpoint self) {
    return call(run, self, CallIndex.SEND_ICMP6_TIME_EXCEEDED);
  }

  private static int call(Run run, Endpoint self, int slot) {
    run.skb().cb(0, IpHeader.L3_OFFSET);
    run.skb().cb(1, MetricDirection.EGRESS.code());
    return self.call(run, slot);
  }
}
