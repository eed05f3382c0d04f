// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import org.tailwalk.datapath.conntrack.CtState;
import org.tailwalk.datapath.conntrack.Fragments;
import org.tailwalk.datapath.context.Cb;
import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.header.IpHeader;
import org.tailwalk.datapath.header.IpProto;
import org.tailwalk.datapath.header.Ipv6HeaderWalk;
import org.tailwalk.datapath.header.Transport;
import org.tailwalk.datapath.kernel.Errno;
import org.tailwalk.datapath.kernel.Program;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.lb.Service;
import org.tailwalk.datapath.notify.DropSite;
import org.tailwalk.datapath.tailcall.ConditionalTailCall;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MetricDirection;
import org.tailwalk.scenario.DatapathOption;

/**
 * {@code tail_handle_ipv4} and {@code tail_handle_ipv6} (section 2.2): who may send, and to which
 * backend; then on to conntrack.
 */
final class HandleFromLxc implements Program {
  private final Endpoint self;
  private final Family family;
  private final ConditionalTailCall ctEgress;
  private final Icmp6Handler icmp6;
  private final boolean perPacketLb;
  private final boolean fragments;
  private final boolean sipVerification;
  private final boolean sctp;
  private final boolean l7lb;

  HandleFromLxc(Endpoint self, Family family, ConditionalTailCall ctEgress) {
    this.self = self;
    this.family = family;
    this.ctEgress = ctEgress;
    this.icmp6 = new Icmp6Handler(self);
    this.perPacketLb = self.node.config.perPacketLb();
    this.fragments = self.has(DatapathOption.ENABLE_IPV4_FRAGMENTS);
    this.sipVerification = !self.has(DatapathOption.DISABLE_SIP_VERIFICATION);
    this.sctp = self.has(DatapathOption.ENABLE_SCTP);
    this.l7lb = self.has(DatapathOption.ENABLE_L7_LB);
  }

  @Override
  public int run(Run run) {
    int code = handle(run);
    if (!Returns.isError(code)) {
      return code;
    }
    DropSite site = family.v6() ? DropSite.HANDLE_IPV6 : DropSite.HANDLE_IPV4;
    return self.drop.sendError(run, site, self.identity(), code, MetricDirection.EGRESS);
  }

  private int handle(Run run) {
    IpHeader ip = IpHeader.read(run.skb(), family);
    if (ip == null) {
      return Returns.drop(DropReason.DROP_INVALID);
    }
    switch (family) {
      case IPV4 -> {
        if (!fragments && ip.isFragment()) {
          return Returns.drop(DropReason.DROP_FRAG_NOSUPPORT);
        }
      }
      case IPV6 -> {
        if (ip.protocol() == IpProto.ICMPV6) {
          int handled = icmp6.handle(run, ip);
          if (handled != Icmp6Handler.NOT_HANDLED) {
            return handled;
          }
        }
      }
    }
    if (sipVerification && !ip.saddr().equals(self.address(family.v6()))) {
      return Returns.drop(DropReason.DROP_INVALID_SIP);
    }
    if (perPacketLb) {
      int error = perPacketLb(run, ip);
      if (error < 0) {
        return error;
      }
    }
    return ctEgress.invoke(run);
  }

  private int perPacketLb(Run run, IpHeader ip) {
    int protocol = ip.protocol();
    int l4Offset = ip.l4Offset();
    if (family.v6()) {
      Ipv6HeaderWalk walk = Ipv6HeaderWalk.of(run.skb(), ip);
      if (walk.error() < 0) {
        return walk.error();
      }
      protocol = walk.nextHeader();
      l4Offset = walk.l4Offset();
    }
    CtState state = new CtState();
    int proxyPort = 0;
    if (hasPorts(protocol)) {
      Transport transport = new Transport(protocol, l4Offset, ip.hasL4Header());
      int dport = destinationPort(run, ip, transport);
      if (dport < 0) {
        return dport;
      }
      Service service = self.node.loadBalancer.lookup(run, family, ip.daddr(), dport);
      if (service != null && l7lb && service.l7()) {
        proxyPort = service.l7ProxyPort();
      } else if (service != null) {
        int error = self.node.loadBalancer.local(run, ip, transport, service, state);
        if (error < 0) {
          return error;
        }
      }
    }
    handOver(run, state, proxyPort);
    return 0;
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

  /** Parks what conntrack and policy will need, for the program after the next. */
  private void handOver(Run run, CtState state, int proxyPort) {
    run.skb().cb(Cb.SRC_LABEL, (long) proxyPort << 16);
    run.skb().cb(Cb.BACKEND_ID, state.backendId);
    run.skb()
        .cb(
            Cb.CT_STATE,
            family.v6()
                ? state.revNatIndex
                : (long) state.revNatIndex << 16 | (state.loopback ? 1 : 0));
  }
}
