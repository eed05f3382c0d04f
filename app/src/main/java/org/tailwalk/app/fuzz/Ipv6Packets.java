// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.MacAddress;
import org.tailwalk.scenario.DatapathConstants;

/** IPv6 packets of a flow, most of them right. */
final class Ipv6Packets {
  private static final int HOP = 0;
  private static final int ROUTING = 43;
  private static final int FRAGMENT = 44;
  private static final int AUTH = 51;
  private static final int NONE = 59;
  private static final int DEST = 60;
  private static final int NEIGHBOUR_SOLICITATION = 135;
  private static final int[] ICMP_TYPES = {128, 128, 129, 129, 1, 2, 3, 4, 133, 135, 136, 137, 255};
  private static final int[] HOP_LIMITS = {255, 255, 2, 1, 1, 0};

  private final Dice dice;
  private final Payloads payloads;

  Ipv6Packets(Dice dice) {
    this.dice = dice;
    this.payloads = new Payloads(dice);
  }

  byte[] packet(Flow flow, boolean fromPod, FrameBuilder.Ends ends) {
    int protocol = payloads.protocol(flow);
    byte[] payload =
        protocol == FrameBuilder.ICMPV6
            ? icmp(flow, fromPod, ends)
            : payloads.of(protocol, flow, fromPod, ends);
    List<Integer> chain = dice.oneIn(10) ? chain() : List.of();
    FrameBuilder.Ipv6 header =
        new FrameBuilder.Ipv6(
            dice.oneIn(100) ? dice.below(16) : 6,
            dice.oneIn(10) ? dice.below(256) : 0,
            dice.oneIn(60) ? (int) dice.between(-40, 40) : 0,
            chain.isEmpty() ? protocol : chain.getFirst(),
            dice.oneIn(12) ? dice.of(HOP_LIMITS) : 64,
            ends.source(),
            ends.destination(),
            extensions(chain, protocol));
    return FrameBuilder.ipv6(header, payload);
  }

  private List<Integer> chain() {
    List<Integer> chain = new ArrayList<>();
    int count = 1 + dice.below(5);
    for (int i = 0; i < count; i++) {
      chain.add(dice.oneIn(12) ? dice.of(FRAGMENT, NONE) : dice.of(HOP, ROUTING, AUTH, DEST));
    }
    return chain;
  }

  /** Extension headers, each naming the next; authentication counts its length in another way. */
  private byte[] extensions(List<Integer> chain, int protocol) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < chain.size(); i++) {
      int units = dice.below(3);
      int length =
          switch (chain.get(i)) {
            case FRAGMENT -> 8;
            case AUTH -> (units + 2) * 4;
            default -> (units + 1) * 8;
          };
      byte[] header = new byte[length];
      header[0] = (byte) (i + 1 < chain.size() ? chain.get(i + 1) : protocol);
      header[1] = (byte) (chain.get(i) == FRAGMENT ? 0 : units);
      out.writeBytes(header);
    }
    return out.toByteArray();
  }

  private byte[] icmp(Flow flow, boolean fromPod, FrameBuilder.Ends ends) {
    boolean ping = flow.protocol() == FrameBuilder.ICMPV6;
    int type = ping && dice.percent(60) ? (flow.asks(fromPod) ? 128 : 129) : dice.of(ICMP_TYPES);
    int code = dice.oneIn(10) ? dice.below(256) : 0;
    if (type == NEIGHBOUR_SOLICITATION) {
      return FrameBuilder.icmp6(ends, type, code, 0, solicitation(flow));
    }
    int identifier = ping ? flow.podPort() : dice.below(3);
    boolean error = type >= 1 && type <= 4;
    byte[] rest = error ? quoted(flow, ends) : payloads.data();
    return FrameBuilder.icmp6(ends, type, code, error ? 0 : (long) identifier << 16 | 1, rest);
  }

  /** The target, and the sender's link address, which duplicate address detection leaves out. */
  private byte[] solicitation(Flow flow) {
    IpAddress target =
        dice.of(
            DatapathConstants.AGENT_DEFAULTS.routerIp(),
            dice.of(Universe.PODS).address(true).orElseThrow(),
            dice.of(Universe.peers(true)));
    byte[] data = new byte[dice.oneIn(4) ? 16 : 24];
    System.arraycopy(target.toBytes(), 0, data, 0, 16);
    if (data.length == 24) {
      data[16] = 1;
      data[17] = 1;
      MacAddress mac = flow.pod().mac();
      System.arraycopy(mac.toBytes(), 0, data, 18, 6);
    }
    return data;
  }

  private static byte[] quoted(Flow flow, FrameBuilder.Ends ends) {
    FrameBuilder.Ends back = new FrameBuilder.Ends(ends.destination(), ends.source());
    FrameBuilder.Ipv6 inner =
        new FrameBuilder.Ipv6(
            6, 0, 0, FrameBuilder.UDP, 64, back.source(), back.destination(), new byte[0]);
    return FrameBuilder.ipv6(
        inner, FrameBuilder.udp(back, flow.podPort(), flow.peerPort(), new byte[0]));
  }
}
