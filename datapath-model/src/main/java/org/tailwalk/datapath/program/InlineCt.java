// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import org.tailwalk.datapath.conntrack.CtDirection;
import org.tailwalk.datapath.conntrack.CtLookup;
import org.tailwalk.datapath.conntrack.CtState;
import org.tailwalk.datapath.header.IpHeader;
import org.tailwalk.datapath.header.Transport;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.packet.IpAddress;

/** The lookup in place, as it was in 2020: its errors are those of the function it stands in. */
final class InlineCt implements CtSource {
  private final Endpoint self;
  private final CtDirection direction;

  InlineCt(Endpoint self, CtDirection direction) {
    this.self = self;
    this.direction = direction;
  }

  @Override
  public CtLookup lookup(Run run, IpHeader ip) {
    return lookup(run, ip, ip.saddr(), ip.daddr());
  }

  /** With other addresses than the packet's. */
  CtLookup lookup(Run run, IpHeader ip, IpAddress saddr, IpAddress daddr) {
    Transport transport = Transport.of(run.skb(), ip);
    return transport.error() < 0
        ? CtLookup.failed(transport.error())
        : self.node.conntrack.lookup(run, ip, saddr, daddr, transport, direction, new CtState());
  }

  @Override
  public void sourceTranslated(Run run, IpAddress source) {
    // The tuple is a local variable that nobody reads again.
  }
}
