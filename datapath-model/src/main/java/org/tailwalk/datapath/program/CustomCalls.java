// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import org.tailwalk.datapath.context.Cb;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.kernel.Program;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MetricDirection;
import org.tailwalk.scenario.DatapathOption;

/** The last tail call of a packet that passes, to a program of the user's (sections 1.4, 8.2). */
final class CustomCalls {
  private final Endpoint self;
  private final boolean compiled;

  CustomCalls(Endpoint self) {
    this.self = self;
    this.compiled = self.has(DatapathOption.ENABLE_CUSTOM_CALLS);
  }

  /**
   * Calls the custom program with the return value, or counts that there is none.
   *
   * @return {@link Program#TAKEN} or the value unchanged
   */
  int call(Run run, Family family, MetricDirection direction, int code, long identity) {
    if (!compiled || (code & 0xff) != code) {
      return code;
    }
    run.skb().cb(Cb.CUSTOM_CALLS, (long) code << 24 | identity & 0xffffff);
    int slot = (family.v6() ? 2 : 0) + (direction == MetricDirection.EGRESS ? 1 : 0);
    if (run.tailCall(self.maps.customCalls(), slot)) {
      return Program.TAKEN;
    }
    self.node.metrics.update(run, DropReason.REASON_MISSED_CUSTOM_CALL, direction);
    return code;
  }
}
