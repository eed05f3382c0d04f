// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.program;

import java.util.Arrays;
import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.header.IpHeader;
import org.tailwalk.datapath.header.IpProto;
import org.tailwalk.datapath.kernel.Checksum;
import org.tailwalk.datapath.kernel.Program;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.kernel.SkBuff;
import org.tailwalk.datapath.notify.DebugNotify;
import org.tailwalk.datapath.notify.DropSite;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MapKey.EndpointKey;
import org.tailwalk.event.MetricDirection;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.MacAddress;
import org.tailwalk.scenario.DatapathOption;

/** The ICMPv6 programs that turn a packet into its answer (section 2.8). */
final class Icmp6Reply {
  /** What skb_change_tail leaves at least: the link-layer header. */
  private static final int LEAST_LENGTH = 14;

  private static final int PAYLOAD_LENGTH = 18;
  private static final int NEXT_HEADER = 20;
  private static final int SADDR = 22;
  private static final int DADDR = 38;
  private static final int MESSAGE = 54;
  private static final int CHECKSUM = MESSAGE + 2;
  private static final int FLAGS = MESSAGE + 4;
  private static final int TARGET = MESSAGE + 8;
  private static final int OPTION = TARGET + 16;
  private static final int MESSAGE_HEADER = 8;
  private static final int IPV6_HEADER = 40;

  private static final int OPTION_LENGTH = 8;

  private static final int TARGET_LINK_ADDRESS = 2;
  private static final int ECHO_REPLY = 129;
  private static final int NEIGHBOUR_ADVERTISEMENT = 136;
  private static final int TIME_EXCEEDED = 3;
  private static final int ROUTER = 0x80;
  private static final int SOLICITED = 0x40;
  private static final int OVERRIDE = 0x20;

  private final Endpoint self;
  private final IpAddress routerIp;
  private final boolean changeTail;

  Icmp6Reply(Endpoint self) {
    this.self = self;
    this.routerIp = self.node.config.constants().routerIp();
    this.changeTail = self.has(DatapathOption.HAVE_CHANGE_TAIL);
  }

  /** {@code tail_icmp6_send_echo_reply}. */
  Program echoReply() {
    return run -> told(run, DropSite.ICMP6_ECHO_REPLY, this::echo);
  }

  /** {@code tail_icmp6_handle_ns}. */
  Program neighbourSolicitation() {
    return run -> told(run, DropSite.ICMP6_NS, this::neighbour);
  }

  /** {@code tail_icmp6_send_time_exceeded}: nothing at all without HAVE_CHANGE_TAIL. */
  Program timeExceeded() {
    return changeTail
        ? run -> told(run, DropSite.ICMP6_TIME_EXCEEDED, this::exceeded)
        : _ -> Returns.OK;
  }

  private int told(Run run, DropSite site, Program reply) {
    MetricDirection direction = MetricDirection.ofCode((int) run.skb().cb(1) & 3);
    run.skb().cb(0, 0);
    int code = reply.run(run);
    return Returns.isError(code) ? self.drop.sendError(run, site, 0, code, direction) : code;
  }

  private int echo(Run run) {
    self.debug.message(run, DebugNotify.ICMP6_REQUEST, IpHeader.L3_OFFSET, 0);
    if (!run.skb().holds(MESSAGE, MESSAGE_HEADER)) {
      return Returns.drop(DropReason.DROP_INVALID);
    }
    byte[] before = run.skb().bytes(MESSAGE, MESSAGE_HEADER);
    run.skb().store8(MESSAGE, ECHO_REPLY);
    run.skb().store8(MESSAGE + 1, 0);
    int error = mendChecksum(run.skb(), MESSAGE, before);
    return error < 0 ? error : reply(run);
  }

  private int neighbour(Run run) {
    SkBuff skb = run.skb();
    if (!skb.holds(TARGET, 16)) {
      return Returns.drop(DropReason.DROP_INVALID);
    }
    IpAddress target = skb.address(TARGET, true);
    self.debug.message(
        run, DebugNotify.ICMP6_NS, DebugNotify.rawThird(target), DebugNotify.raw(target));
    if (target.equals(routerIp)) {
      return advertise(run, ROUTER | SOLICITED);
    }
    return run.lookup(self.node.maps.endpoints(), new EndpointKey(target)) == null
        ? Returns.drop(DropReason.DROP_UNKNOWN_TARGET)
        : advertise(run, SOLICITED | OVERRIDE);
  }

  /** A message without an option is refused only when type and flags are already rewritten. */
  private int advertise(Run run, int flags) {
    SkBuff skb = run.skb();
    byte[] before = skb.bytes(MESSAGE, MESSAGE_HEADER);
    skb.store8(MESSAGE, NEIGHBOUR_ADVERTISEMENT);
    skb.store8(MESSAGE + 1, 0);
    skb.store32(FLAGS, (long) flags << 24);
    int error = mendChecksum(skb, MESSAGE, before);
    if (error < 0) {
      return error;
    }
    if (!skb.holds(OPTION, OPTION_LENGTH)) {
      return Returns.drop(DropReason.DROP_INVALID);
    }
    byte[] option = skb.bytes(OPTION, OPTION_LENGTH);
    skb.store8(OPTION, TARGET_LINK_ADDRESS);
    skb.store8(OPTION + 1, 1);
    skb.store(OPTION + 2, self.nodeMac());
    error = mendChecksum(skb, OPTION, option);
    return error < 0 ? error : reply(run);
  }

  private static int mendChecksum(SkBuff skb, int changedAt, byte[] before) {
    return mendChecksum(skb, Checksum.diff(before, skb.bytes(changedAt, before.length), 0));
  }

  private static int mendChecksum(SkBuff skb, int difference) {
    return skb.l4ChecksumReplaceByDiff(CHECKSUM, difference, 0) == 0
        ? 0
        : Returns.drop(DropReason.DROP_CSUM_L4);
  }

  /** Sends the message back, from the router's address. */
  private int reply(Run run) {
    SkBuff skb = run.skb();
    IpAddress saddr = skb.address(SADDR, true);
    IpAddress daddr = skb.address(DADDR, true);
    skb.store(SADDR, routerIp);
    skb.store(DADDR, saddr);
    int difference = Checksum.diff(saddr.toBytes(), routerIp.toBytes(), 0);
    difference = Checksum.diff(daddr.toBytes(), saddr.toBytes(), difference);
    int error = mendChecksum(skb, difference);
    if (error < 0) {
      return error;
    }
    MacAddress requester = MacAddress.of(skb.bytes(6, 6), 0);
    skb.store(0, requester);
    skb.store(6, self.nodeMac());
    self.debug.capture(run, DebugNotify.DELIVERY, skb.ifindex());
    return run.redirect(skb.ifindex(), 0);
  }

  private int exceeded(Run run) {
    SkBuff skb = run.skb();
    self.debug.message(run, DebugNotify.ICMP6_TIME_EXCEEDED, 0, 0);
    byte[] header = skb.bytes(14, IPV6_HEADER);
    // Written before the quoted protocol is known to be one that can be quoted.
    int protocol = skb.u8(NEXT_HEADER);
    skb.store8(NEXT_HEADER, IpProto.ICMPV6);
    int transport =
        switch (protocol) {
          case IpProto.UDP, IpProto.ICMPV6, IpProto.SCTP -> 8;
          case IpProto.TCP -> 20;
          default -> -1;
        };
    if (transport < 0) {
      return Returns.drop(DropReason.DROP_UNKNOWN_L4);
    }
    if (!skb.holds(MESSAGE, transport)) {
      return Returns.drop(DropReason.DROP_INVALID);
    }
    byte[] quoted = Arrays.copyOf(header, IPV6_HEADER + transport);
    System.arraycopy(skb.bytes(MESSAGE, transport), 0, quoted, IPV6_HEADER, transport);
    int payload = MESSAGE_HEADER + quoted.length;
    // The new length trusts the header's: where that lies, the frame is cut or padded wrongly.
    int length = skb.length() + payload - skb.u16(PAYLOAD_LENGTH);
    if (length < LEAST_LENGTH) {
      return Returns.drop(DropReason.DROP_WRITE_ERROR);
    }
    skb.changeTail(length);
    if (!skb.holds(MESSAGE, payload)) {
      return Returns.drop(DropReason.DROP_WRITE_ERROR);
    }
    skb.store16(PAYLOAD_LENGTH, payload);
    skb.store(MESSAGE, new byte[MESSAGE_HEADER]);
    skb.store8(MESSAGE, TIME_EXCEEDED);
    skb.store(MESSAGE + MESSAGE_HEADER, quoted);
    // Sum of message and pseudo header: addresses, length, protocol. The hop limit stays as it is.
    int sum = skb.sum(SADDR, 32 + payload, 0);
    sum = Checksum.add(sum, Integer.reverseBytes(payload) >>> 16);
    sum = Checksum.add(sum, IpProto.ICMPV6 << 8);
    skb.storeChecksum(CHECKSUM, Checksum.fold(sum));
    return reply(run);
  }
}
