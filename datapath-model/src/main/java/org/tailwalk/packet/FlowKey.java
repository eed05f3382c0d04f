// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.packet;

import java.util.Optional;

/**
 * Both directions of a conversation under one key: the smaller of the two ends comes first.
 *
 * @param portA host order; an echo's identifier at both ends; 0 without ports
 */
public record FlowKey(IpAddress a, int portA, IpAddress b, int portB, int protocol) {
  /** Sorts the ends. */
  public FlowKey {
    int order = a.compareTo(b);
    if (order > 0 || (order == 0 && portA > portB)) {
      IpAddress address = a;
      a = b;
      b = address;
      int port = portA;
      portA = portB;
      portB = port;
    }
  }

  /** The flow of a packet; an ICMP error belongs to the flow of the packet it quotes. */
  public static Optional<FlowKey> of(PacketView view) {
    return view.quoted().flatMap(FlowKey::own).or(() -> own(view));
  }

  private static Optional<FlowKey> own(PacketView view) {
    return view.ip()
        .map(ip ->
            switch (view.transport()) {
              case Layer.Tcp t ->
                  new FlowKey(ip.src(), t.srcPort(), ip.dst(), t.dstPort(), ip.protocol());
              case Layer.Udp u ->
                  new FlowKey(ip.src(), u.srcPort(), ip.dst(), u.dstPort(), ip.protocol());
              case Layer.Sctp s ->
                  new FlowKey(ip.src(), s.srcPort(), ip.dst(), s.dstPort(), ip.protocol());
              case Layer.Icmp i when i.echo() && i.id() >= 0 ->
                  new FlowKey(ip.src(), i.id(), ip.dst(), i.id(), ip.protocol());
              case null, default -> new FlowKey(ip.src(), 0, ip.dst(), 0, ip.protocol());
            });
  }

  @Override
  public String toString() {
    return "%s %s ↔ %s".formatted(Protocols.name(protocol), end(a, portA), end(b, portB));
  }

  private static String end(IpAddress address, int port) {
    String text = address.v6() ? "[" + address + "]" : address.toString();
    return port == 0 ? address.toString() : text + ":" + port;
  }
}
