// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.packet;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A packet in the words of a list.
 *
 * @param source address, or MAC where there is no IP
 * @param destination likewise
 * @param protocol {@code TCP}, {@code DNS}, {@code ARP}, …
 * @param info what it is about, protocol included: {@code TCP 45678→80 SYN}
 */
public record PacketSummary(String source, String destination, String protocol, String info) {
  /** Sums up a frame. */
  public static PacketSummary of(Frame frame) {
    return of(PacketView.of(frame.data()), frame.originalLength());
  }

  /** Sums up a view; the length is that on the wire. */
  public static PacketSummary of(PacketView view, int wireLength) {
    Layer.Ethernet ethernet = view.ethernet();
    switch (view.network()) {
      case Layer.Ip ip -> {
        String[] words = ip(view, ip, wireLength);
        return new PacketSummary(ip.src().toString(), ip.dst().toString(), words[0], words[1]);
      }
      case Layer.Arp arp -> {
        String info =
            arp.operation() == 1
                ? "ARP who has " + arp.targetIp() + "? tell " + arp.senderIp()
                : arp.operation() == 2
                    ? "ARP " + arp.senderIp() + " is at " + arp.senderMac()
                    : "ARP operation " + arp.operation();
        return new PacketSummary(arp.senderIp().toString(), arp.targetIp().toString(), "ARP", info);
      }
      case null, default -> {}
    }
    if (ethernet == null) {
      String info = view.bytes().length() + " bytes, too short for Ethernet";
      return new PacketSummary("", "", "?", info);
    }
    String name =
        switch (ethernet.etherType()) {
          case Protocols.ETH_IPV4 -> "IPv4";
          case Protocols.ETH_IPV6 -> "IPv6";
          case Protocols.ETH_ARP -> "ARP";
          default ->
              ethernet.etherType() < 0x600
                  ? "802.3"
                  : "ethertype 0x%04x".formatted(ethernet.etherType());
        };
    boolean cut =
        ethernet.etherType() == Protocols.ETH_IPV4
            || ethernet.etherType() == Protocols.ETH_IPV6
            || ethernet.etherType() == Protocols.ETH_ARP;
    return new PacketSummary(
        ethernet.src().toString(),
        ethernet.dst().toString(),
        name,
        name + ", " + wireLength + " bytes" + (cut ? ", cut or malformed" : ""));
  }

  private static String[] ip(PacketView view, Layer.Ip ip, int wireLength) {
    String name = Protocols.name(ip.protocol());
    if (ip.laterFragment()) {
      return words(name, name + " fragment, " + ip.payloadLength() + " bytes");
    }
    return switch (view.transport()) {
      case Layer.Tcp tcp -> tcp(view, ip, tcp);
      case Layer.Udp udp -> udp(view, udp);
      case Layer.Sctp s -> words("SCTP", "SCTP " + s.srcPort() + "→" + s.dstPort());
      case Layer.Icmp icmp -> words(name, icmp(view, icmp, name));
      case null, default -> words(name, name + ", " + ip.payloadLength() + " bytes");
    };
  }

  private static String[] words(String protocol, String info) {
    return new String[] {protocol, info};
  }

  private static String[] tcp(PacketView view, Layer.Ip ip, Layer.Tcp tcp) {
    int length = Math.max(0, ip.payloadLength() - tcp.length());
    Bytes bytes = view.bytes();
    int at = tcp.offset() + tcp.length();
    if (length > 0 && bytes.length() > at) {
      Optional<String> http = http(bytes, at);
      if (http.isPresent()) {
        return words("HTTP", "HTTP " + http.get());
      }
      if (bytes.at(at) == 22 && bytes.length() > at + 5 && bytes.at(at + 1) == 3) {
        int type = bytes.at(at + 5);
        String hello =
            type == 1 ? "TLS ClientHello" : type == 2 ? "TLS ServerHello" : "TLS handshake";
        return words("TLS", hello);
      }
    }
    String info = "TCP " + tcp.srcPort() + "→" + tcp.dstPort() + " " + tcp.flagNames();
    return words("TCP", length > 0 ? info + ", " + length + " bytes" : info);
  }

  private static Optional<String> http(Bytes bytes, int at) {
    int end = Math.min(bytes.length(), at + 72);
    byte[] data = bytes.slice(at, end).toArray();
    String text = new String(data, StandardCharsets.ISO_8859_1);
    boolean response = text.startsWith("HTTP/1.");
    boolean request =
        !response
            && (text.startsWith("GET ")
                || text.startsWith("POST ")
                || text.startsWith("PUT ")
                || text.startsWith("HEAD ")
                || text.startsWith("DELETE ")
                || text.startsWith("OPTIONS ")
                || text.startsWith("PATCH ")
                || text.startsWith("CONNECT "));
    if (!response && !request) {
      return Optional.empty();
    }
    String line = text.lines().findFirst().orElse("");
    int version = request ? line.indexOf(" HTTP/") : -1;
    line = version < 0 ? line : line.substring(0, version);
    return Optional.of((response ? line.substring(Math.min(line.length(), 9)) : line).strip());
  }

  private static String[] udp(PacketView view, Layer.Udp udp) {
    if (udp.srcPort() == 53 || udp.dstPort() == 53) {
      Optional<String> dns = DnsText.of(view.bytes(), udp.offset() + 8);
      if (dns.isPresent()) {
        return words("DNS", "DNS " + dns.get());
      }
    }
    return words(
        "UDP",
        "UDP %d→%d, %d bytes"
            .formatted(udp.srcPort(), udp.dstPort(), Math.max(0, udp.udpLength() - 8)));
  }

  private static String icmp(PacketView view, Layer.Icmp icmp, String name) {
    if (icmp.echo()) {
      String kind = icmp.request() ? " echo" : " echo reply";
      return icmp.id() < 0 ? name + kind : name + kind + " id=" + icmp.id() + " seq=" + icmp.seq();
    }
    String kind = icmp.v6() ? v6(icmp) : v4(icmp);
    String about =
        view.quoted().flatMap(FlowKeyless::of).map(quoted -> " (" + quoted + ")").orElse("");
    return name + " " + kind + about;
  }

  private static String v4(Layer.Icmp icmp) {
    return switch (icmp.type()) {
      case 3 ->
          switch (icmp.code()) {
            case 0 -> "network unreachable";
            case 1 -> "host unreachable";
            case 2 -> "protocol unreachable";
            case 3 -> "port unreachable";
            case 4 -> "fragmentation needed";
            default -> "unreachable, code " + icmp.code();
          };
      case 4 -> "source quench";
      case 5 -> "redirect";
      case 9 -> "router advertisement";
      case 10 -> "router solicitation";
      case 11 -> icmp.code() == 0 ? "time exceeded" : "reassembly time exceeded";
      case 12 -> "parameter problem";
      case 13 -> "timestamp";
      case 14 -> "timestamp reply";
      default -> "type " + icmp.type() + " code " + icmp.code();
    };
  }

  private static String v6(Layer.Icmp icmp) {
    return switch (icmp.type()) {
      case 1 -> icmp.code() == 4 ? "port unreachable" : "unreachable, code " + icmp.code();
      case 2 -> "packet too big";
      case 3 -> "time exceeded";
      case 4 -> "parameter problem";
      case 130 -> "multicast listener query";
      case 131 -> "multicast listener report";
      case 132 -> "multicast listener done";
      case 133 -> "router solicitation";
      case 134 -> "router advertisement";
      case 135 -> "neighbour solicitation";
      case 136 -> "neighbour advertisement";
      case 137 -> "redirect";
      case 143 -> "multicast listener report v2";
      default -> "type " + icmp.type() + " code " + icmp.code();
    };
  }

  /** The packet quoted by an ICMP error, in few words. */
  private static final class FlowKeyless {
    private FlowKeyless() {}

    static Optional<String> of(PacketView quoted) {
      return quoted
          .ip()
          .map(ip -> {
            int at = ip.payload();
            Bytes b = quoted.bytes();
            String name = Protocols.name(ip.protocol());
            boolean ports =
                (ip.protocol() == Protocols.TCP || ip.protocol() == Protocols.UDP)
                    && b.length() >= at + 4;
            return ports ? name + " " + b.u16(at) + "→" + b.u16(at + 2) : name;
          });
    }
  }
}
