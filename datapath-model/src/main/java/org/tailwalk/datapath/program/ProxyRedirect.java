// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import org.tailwalk.datapath.context.Cb;
import org.tailwalk.datapath.context.Mark;
import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.notify.DebugNotify;
import org.tailwalk.datapath.rewrite.L3Rewrite;
import org.tailwalk.packet.MacAddress;

/** Hands a packet to the proxy (section 2.10). */
final class ProxyRedirect {
  private ProxyRedirect() {}

  /**
   * By mark, through the stack.
   *
   * @param rawPort as stored, 0 for none
   */
  static int byMark(Run run, Endpoint self, int rawPort) {
    self.debug.message(run, DebugNotify.PROXY_PRE, rawPort, 0);
    run.skb().mark(Mark.toProxy(rawPort));
    run.skb().toThisHost();
    return Returns.OK;
  }

  /** Through the host's interface, for packets that are already on their way into the pod. */
  static int hairpin(Run run, Endpoint self, Family family, int rawPort) {
    run.skb().cb(Cb.SRC_LABEL, Mark.toProxy(rawPort));
    MacAddress host = self.node.config.constants().hostIfindexMac();
    int error = L3Rewrite.apply(run.skb(), family, self.nodeMac(), host);
    if (error == L3Rewrite.HOP_LIMIT_EXCEEDED) {
      return Icmp6Handler.callTimeExceeded(run, self);
    }
    if (error != 0) {
      return error;
    }
    self.debug.message(run, DebugNotify.PROXY_PRE, rawPort, 0);
    return run.redirect(self.node.config.constants().hostIfindex(), 0);
  }
}
