// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.conntrack;

import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.header.IpHeader;
import org.tailwalk.datapath.header.IpProto;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.kernel.SkBuff;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MapKey.CtTuple;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.Era;

/**
 * The tuple of a packet's first lookup (section 3.3). Ports are loaded as the header has them, so
 * the tuple's dport is the packet's source port until it is reversed.
 */
final class CtKey {
  private static final int ECHO_ID_AT = 4;
  private static final int TCP_FLAGS_AT = 12;

  private final boolean sctp;
  private final boolean trackFragments;
  private final boolean year2020;
  private final Fragments fragments;

  /**
   * What the packet asks for.
   *
   * @param error 0, or the negative code
   * @param tuple for the reverse lookup
   * @param flags TCP flag byte
   */
  record Parsed(int error, CtTuple tuple, CtAction action, int flags) {
    boolean syn() {
      return (flags & TcpFlags.SYN) != 0;
    }
  }

  CtKey(DatapathConfig config, Fragments fragments) {
    this.sctp = config.has(DatapathOption.ENABLE_SCTP);
    this.trackFragments = config.has(DatapathOption.ENABLE_IPV4_FRAGMENTS);
    this.year2020 = config.era() == Era.WALKTHROUGH2020;
    this.fragments = fragments;
  }

  /**
   * Reads the transport header.
   *
   * @param base addresses and protocol of the tuple
   */
  Parsed parse(Run run, IpHeader ip, CtTuple base, int l4Offset, CtDirection direction) {
    return switch (base.nexthdr()) {
      case IpProto.ICMP -> ip.family().v6() ? unknown(base) : icmp4(run, base, l4Offset, direction);
      case IpProto.ICMPV6 ->
          ip.family().v6() ? icmp6(run, base, l4Offset, direction) : unknown(base);
      case IpProto.TCP -> tcp(run, ip, base, l4Offset, direction);
      case IpProto.UDP -> ports(run, ip, base, l4Offset, direction);
      case IpProto.SCTP -> sctp ? ports(run, ip, base, l4Offset, direction) : unknown(base);
      default -> unknown(base);
    };
  }

  private static Parsed unknown(CtTuple base) {
    return failed(base, Returns.drop(DropReason.DROP_CT_UNKNOWN_PROTO));
  }

  private static Parsed invalid(CtTuple base) {
    return failed(base, Returns.drop(DropReason.DROP_CT_INVALID_HDR));
  }

  private static Parsed failed(CtTuple base, int error) {
    return new Parsed(error, base, CtAction.UNSPEC, 0);
  }

  private static Parsed of(
      CtTuple base, int dport, int sport, int flags, CtAction action, int tcpFlags) {
    return new Parsed(
        0,
        new CtTuple(base.daddr(), base.saddr(), dport, sport, base.nexthdr(), flags),
        action,
        tcpFlags);
  }

  private Parsed icmp4(Run run, CtTuple base, int at, CtDirection direction) {
    if (!run.skb().holds(at, 1)) {
      return invalid(base);
    }
    return switch (run.skb().u8(at)) {
      case 8 -> echoRequest(run.skb(), base, at, direction);
      case 0 -> echoReply(run.skb(), base, at, direction);
      case 3, 11, 12 -> related(base, direction);
      default -> of(base, 0, 0, direction.initialFlags(), CtAction.CREATE, 0);
    };
  }

  private Parsed icmp6(Run run, CtTuple base, int at, CtDirection direction) {
    if (!run.skb().holds(at, 1)) {
      return invalid(base);
    }
    return switch (run.skb().u8(at)) {
      case 128 -> echoRequest(run.skb(), base, at, direction);
      case 129 -> echoReply(run.skb(), base, at, direction);
      case 1, 2, 3, 4 -> related(base, direction);
      default -> of(base, 0, 0, direction.initialFlags(), CtAction.CREATE, 0);
    };
  }

  private Parsed echoRequest(SkBuff skb, CtTuple base, int at, CtDirection direction) {
    if (year2020) {
      return echo2020(skb, base, at, direction);
    }
    return skb.holds(at + ECHO_ID_AT, 2)
        ? of(base, skb.u16(at + ECHO_ID_AT), 0, direction.initialFlags(), CtAction.CREATE, 0)
        : invalid(base);
  }

  /** Then the identifier was the sender's port on the way out, the receiver's on the way in. */
  private static Parsed echo2020(SkBuff skb, CtTuple base, int at, CtDirection direction) {
    if (!skb.holds(at + ECHO_ID_AT, 2)) {
      return invalid(base);
    }
    int id = skb.u16(at + ECHO_ID_AT);
    boolean in = direction == CtDirection.INGRESS;
    return of(base, in ? 0 : id, in ? id : 0, direction.initialFlags(), CtAction.CREATE, 0);
  }

  private Parsed echoReply(SkBuff skb, CtTuple base, int at, CtDirection direction) {
    if (year2020) {
      return echo2020(skb, base, at, direction);
    }
    return skb.holds(at + ECHO_ID_AT, 2)
        ? of(base, 0, skb.u16(at + ECHO_ID_AT), direction.initialFlags(), CtAction.UNSPEC, 0)
        : invalid(base);
  }

  private static Parsed related(CtTuple base, CtDirection direction) {
    return of(base, 0, 0, direction.initialFlags() | CtTuple.RELATED, CtAction.UNSPEC, 0);
  }

  private Parsed tcp(Run run, IpHeader ip, CtTuple base, int at, CtDirection direction) {
    if (year2020 && !run.skb().holds(at + TCP_FLAGS_AT, 2)) {
      return invalid(base); // then the flags were read first
    }
    Parsed ported = ports(run, ip, base, at, direction);
    if (ported.error < 0 || trackFragments && !ip.hasL4Header() && !year2020) {
      return ported;
    }
    if (!run.skb().holds(at + TCP_FLAGS_AT, 2)) {
      return invalid(base);
    }
    int flags = run.skb().u8(at + TCP_FLAGS_AT + 1);
    boolean closes = (flags & (TcpFlags.RST | TcpFlags.FIN)) != 0;
    return new Parsed(0, ported.tuple, closes ? CtAction.CLOSE : CtAction.CREATE, flags);
  }

  private Parsed ports(Run run, IpHeader ip, CtTuple base, int at, CtDirection direction) {
    int flags = direction.initialFlags();
    if (trackFragments && !ip.family().v6()) {
      Fragments.Ports ports = fragments.ports(run, ip, at, direction.metric());
      if (ports.error() < 0) {
        return year2020 ? invalid(base) : failed(base, ports.error());
      }
      return of(base, ports.sport(), ports.dport(), flags, CtAction.CREATE, 0);
    }
    return run.skb().holds(at, 4)
        ? of(base, run.skb().u16(at), run.skb().u16(at + 2), flags, CtAction.CREATE, 0)
        : invalid(base);
  }
}
