// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import org.tailwalk.datapath.conntrack.CtState;
import org.tailwalk.datapath.conntrack.Fragments;
import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.header.IpHeader;
import org.tailwalk.datapath.header.IpProto;
import org.tailwalk.datapath.header.Transport;
import org.tailwalk.datapath.kernel.Errno;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.lb.Service;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MetricDirection;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.Era;

/** The beginning of the egress path (section 2.2): who may send, and to which backend. */
final class EgressGate {
  private final Endpoint self;
  private final Family family;
  private final Icmp6Handler icmp6;
  private final boolean perPacketLb;
  private final boolean fragments;
  private final boolean sipVerification;
  private final boolean sctp;
  private final boolean l7lb;
  private final boolean year2020;

  EgressGate(Endpoint self, Family family) {
    this.self = self;
    this.family = family;
    this.icmp6 = new Icmp6Handler(self);
    this.perPacketLb = self.node.config.perPacketLb();
    this.fragments = self.has(DatapathOption.ENABLE_IPV4_FRAGMENTS);
    this.sipVerification = !self.has(DatapathOption.DISABLE_SIP_VERIFICATION);
    this.sctp = self.has(DatapathOption.ENABLE_SCTP);
    this.year2020 = self.node.config.era() == Era.WALKTHROUGH2020;
    this.l7lb = self.has(DatapathOption.ENABLE_L7_LB);
  }

  /**
   * What the gate says.
   *
   * @param open whether the packet goes on; else the code is the program's value
   * @param service what service handling found for conntrack
   * @param proxyPort of the L7 load balancer as stored, 0 for none
   */
  record Passage(boolean open, int code, CtState service, int proxyPort) {
    private static Passage closed(int code) {
      return new Passage(false, code, new CtState(), 0);
    }

    private static Passage closed(DropReason reason) {
      return closed(Returns.drop(reason));
    }
  }

  Passage pass(Run run) {
    IpHeader ip = IpHeader.read(run.skb(), family);
    if (ip == null) {
      return Passage.closed(DropReason.DROP_INVALID);
    }
    switch (family) {
      case IPV4 -> {
        if (!fragments && !year2020 && ip.isFragment()) {
          return Passage.closed(DropReason.DROP_FRAG_NOSUPPORT);
        }
      }
      case IPV6 -> {
        if (ip.protocol() == IpProto.ICMPV6) {
          int handled = icmp6.handle(run, ip);
          if (handled != Icmp6Handler.NOT_HANDLED) {
            return Passage.closed(handled);
          }
        }
      }
    }
    if (sipVerification && !ip.saddr().equals(self.address(family.v6()))) {
      return Passage.closed(DropReason.DROP_INVALID_SIP);
    }
    return perPacketLb ? balance(run, ip) : new Passage(true, 0, new CtState(), 0);
  }

  private Passage balance(Run run, IpHeader ip) {
    Transport transport = Transport.of(run.skb(), ip);
    if (transport.error() < 0) {
      return Passage.closed(transport.error());
    }
    CtState state = new CtState();
    boolean icmp = transport.protocol() == IpProto.ICMP || transport.protocol() == IpProto.ICMPV6;
    if (!hasPorts(transport.protocol()) && !(year2020 && icmp)) {
      return new Passage(true, 0, state, 0);
    }
    // In 2020 ICMP asked for the service with port 0.
    int dport = icmp ? 0 : destinationPort(run, ip, transport);
    if (dport < 0) {
      return Passage.closed(dport);
    }
    Service service = self.node.loadBalancer.lookup(run, family, ip.daddr(), dport);
    if (service == null) {
      return new Passage(true, 0, state, 0);
    }
    if (l7lb && service.l7()) {
      return new Passage(true, 0, state, service.l7ProxyPort());
    }
    int error = self.node.loadBalancer.local(run, ip, transport, service, state);
    return error < 0 ? Passage.closed(error) : new Passage(true, 0, state, 0);
  }

  private boolean hasPorts(int protocol) {
    return switch (protocol) {
      case IpProto.TCP, IpProto.UDP -> true;
      case IpProto.SCTP -> sctp;
      default -> false;
    };
  }

  /** The port, or the negative code of a header that can't be read. */
  private int destinationPort(Run run, IpHeader ip, Transport transport) {
    if (fragments && !family.v6()) {
      Fragments.Ports ports =
          self.node.fragments.ports(run, ip, transport.offset(), MetricDirection.EGRESS);
      return ports.error() < 0 ? ports.error() : ports.dport();
    }
    int at = transport.offset() + 2;
    return run.skb().holds(at, 2) ? run.skb().u16(at) : Errno.EFAULT;
  }
}
