// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.kernel.Program;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.kernel.SkBuff;
import org.tailwalk.datapath.notify.DebugNotify;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.MacAddress;

/**
 * {@code tail_handle_arp} (section 2.8): answers for every address but the pod's own, so that the
 * node is the pod's gateway.
 */
final class ArpResponder implements Program {
  private static final int END = 42;
  private static final int HARDWARE_TYPE = 14;
  private static final int OPERATION = 20;
  private static final int SENDER_MAC = 22;
  private static final int SENDER_IP = 28;
  private static final int TARGET_MAC = 32;
  private static final int TARGET_IP = 38;
  private static final int ETHERNET = 1;
  private static final int REQUEST = 1;
  private static final int REPLY = 2;
  private static final MacAddress BROADCAST = new MacAddress(0xffff_ffff_ffffL);

  private final Endpoint self;

  ArpResponder(Endpoint self) {
    this.self = self;
  }

  @Override
  public int run(Run run) {
    SkBuff skb = run.skb();
    if (!asksUs(skb)) {
      return Returns.OK;
    }
    MacAddress requester = MacAddress.of(skb.bytes(6, 6), 0);
    IpAddress requesterIp = skb.address(SENDER_IP, false);
    IpAddress target = skb.address(TARGET_IP, false);
    if (target.equals(self.address(false))) {
      return Returns.OK;
    }
    skb.store(0, requester);
    skb.store(6, self.nodeMac());
    skb.store16(OPERATION, REPLY);
    skb.store(SENDER_MAC, self.nodeMac());
    skb.store(SENDER_IP, target);
    skb.store(TARGET_MAC, requester);
    skb.store(TARGET_IP, requesterIp);
    self.debug.capture(run, DebugNotify.DELIVERY, skb.ifindex());
    return run.redirect(skb.ifindex(), 0);
  }

  private boolean asksUs(SkBuff skb) {
    if (!skb.holds(0, END) || skb.u16(OPERATION) != REQUEST || skb.u16(HARDWARE_TYPE) != ETHERNET) {
      return false;
    }
    MacAddress to = MacAddress.of(skb.bytes(0, 6), 0);
    return to.equals(BROADCAST) || to.equals(self.nodeMac());
  }
}
