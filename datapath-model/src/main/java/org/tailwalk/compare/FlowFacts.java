// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import org.tailwalk.packet.FlowKey;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.Layer;
import org.tailwalk.packet.PacketView;
import org.tailwalk.packet.Protocols;

/**
 * A flow, and which of its two ends plays which part. The client is who opened it, as far as can be
 * told; it has the ephemeral port.
 *
 * @param key both directions under one key
 * @param client who opened it
 * @param clientPort host order, an echo's identifier, 0 without ports
 * @param server the other end
 * @param serverPort host order, 0 without ports and for echoes
 */
public record FlowFacts(
    FlowKey key, IpAddress client, int clientPort, IpAddress server, int serverPort) {
  /** Protocols from here on are EtherTypes of what is not IP. */
  static final int NOT_IP = 0x10000;

  private static final int EPHEMERAL = 32768;

  /** The flow as its first packet shows it. */
  static FlowFacts of(FlowKey key, PacketView view) {
    PacketView told = view.quoted().orElse(view);
    Layer.Ip ip = told.ip().orElse(null);
    if (ip == null) {
      return new FlowFacts(key, key.a(), key.portA(), key.b(), key.portB());
    }
    boolean echo = false;
    int src = 0;
    int dst = 0;
    boolean fromClient = true;
    switch (told.transport()) {
      case Layer.Tcp t -> {
        src = t.srcPort();
        dst = t.dstPort();
        boolean syn = (t.flags() & Layer.Tcp.SYN) != 0;
        boolean ack = (t.flags() & Layer.Tcp.ACK) != 0;
        fromClient = syn ? !ack : !serves(src, dst);
      }
      case Layer.Udp u -> {
        src = u.srcPort();
        dst = u.dstPort();
        fromClient = !serves(src, dst);
      }
      case Layer.Sctp s -> {
        src = s.srcPort();
        dst = s.dstPort();
        fromClient = !serves(src, dst);
      }
      case Layer.Icmp i when i.echo() && i.id() >= 0 -> {
        echo = true;
        src = i.id();
        fromClient = i.request();
      }
      case null, default -> {}
    }
    IpAddress client = fromClient ? ip.src() : ip.dst();
    IpAddress server = fromClient ? ip.dst() : ip.src();
    if (echo) {
      return new FlowFacts(key, client, src, server, 0);
    }
    return new FlowFacts(key, client, fromClient ? src : dst, server, fromClient ? dst : src);
  }

  /** Whether the end that sent this looks like the serving one. */
  private static boolean serves(int src, int dst) {
    return (src < 1024 && dst >= 1024) || (src < EPHEMERAL && dst >= EPHEMERAL);
  }

  /** Whether a packet of the flow goes from its client to its server. */
  boolean fromClient(PacketView view) {
    Layer.Ip ip = view.ip().orElse(null);
    if (ip == null || client.equals(server) && clientPort == serverPort) {
      return true;
    }
    if (!ip.src().equals(client)) {
      return false;
    }
    return switch (view.transport()) {
      case Layer.Tcp t -> t.srcPort() == clientPort;
      case Layer.Udp u -> u.srcPort() == clientPort;
      case Layer.Sctp s -> s.srcPort() == clientPort;
      case null, default -> true;
    };
  }

  /** The protocol, an IP number or {@link #NOT_IP} and an EtherType. */
  public int protocol() {
    return key.protocol();
  }

  /** Whether it is one of IP. */
  public boolean isIp() {
    return key.protocol() < NOT_IP;
  }

  /** In a few words: {@code UDP 10.0.0.11:40001 → 10.0.1.20:9000}. */
  public String text() {
    if (!isIp()) {
      int type = key.protocol() - NOT_IP;
      return type == Protocols.ETH_ARP
          ? "ARP " + client + ", " + server
          : "ethertype 0x%04x".formatted(type);
    }
    return "%s %s → %s"
        .formatted(
            Protocols.name(key.protocol()), end(client, clientPort), end(server, serverPort));
  }

  private static String end(IpAddress address, int port) {
    String text = address.v6() && port != 0 ? "[" + address + "]" : address.toString();
    return port == 0 ? text : text + ":" + port;
  }
}
