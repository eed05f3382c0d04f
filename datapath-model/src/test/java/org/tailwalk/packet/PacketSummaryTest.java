// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tailwalk.packet.Packets.NODE_A;
import static org.tailwalk.packet.Packets.POD_A;
import static org.tailwalk.packet.Packets.arp;
import static org.tailwalk.packet.Packets.dns;
import static org.tailwalk.packet.Packets.eth;
import static org.tailwalk.packet.Packets.icmp;
import static org.tailwalk.packet.Packets.ipv4;
import static org.tailwalk.packet.Packets.ipv6;
import static org.tailwalk.packet.Packets.tcp;
import static org.tailwalk.packet.Packets.udp;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PacketSummaryTest {
  record Case(byte[] frame, String protocol, String info) {
    @Override
    public String toString() {
      return info;
    }
  }

  private static byte[] v4(int protocol, byte[] payload) {
    return eth(NODE_A, POD_A, 0x0800, ipv4("10.0.0.1", "192.0.2.1", protocol, payload));
  }

  private static byte[] v6(int next, byte[] payload) {
    return eth(NODE_A, POD_A, 0x86dd, ipv6("fd00::1", "2001:db8::1", next, payload));
  }

  private static byte[] ext(int next, byte[] payload) {
    byte[] all = new byte[8 + payload.length];
    all[0] = (byte) next;
    System.arraycopy(payload, 0, all, 8, payload.length);
    return all;
  }

  static Stream<Case> cases() {
    byte[] quoted = ipv4("10.0.0.1", "192.0.2.1", 17, udp(5000, 53, new byte[0]));
    byte[] tagged = eth(NODE_A, POD_A, 0x8100, new byte[0]);
    byte[] vlan = new byte[tagged.length + 4 + 28];
    System.arraycopy(tagged, 0, vlan, 0, 14);
    vlan[15] = 5;
    vlan[16] = 8;
    System.arraycopy(
        ipv4("10.0.0.1", "192.0.2.1", 1, icmp(8, 0, 7, 1, new byte[0])), 0, vlan, 18, 28);
    return Stream.of(
        new Case(v4(6, tcp(45678, 80, 2, "")), "TCP", "TCP 45678→80 SYN"),
        new Case(v4(6, tcp(80, 45678, 18, "")), "TCP", "TCP 80→45678 SYN,ACK"),
        new Case(v4(6, tcp(1, 2, 0, "")), "TCP", "TCP 1→2 none"),
        new Case(v4(6, tcp(1, 2, 24, "abcde")), "TCP", "TCP 1→2 PSH,ACK, 5 bytes"),
        new Case(v4(6, tcp(1, 80, 24, "GET / HTTP/1.1\r\nHost: x")), "HTTP", "HTTP GET /"),
        new Case(v4(6, tcp(80, 1, 24, "HTTP/1.1 200 OK\r\n")), "HTTP", "HTTP 200 OK"),
        new Case(v4(6, tcp(80, 1, 24, "HTTP/1.1 200 OK\nServer: x\n")), "HTTP", "HTTP 200 OK"),
        new Case(v4(6, tcp(1, 443, 24, "\u0016\u0003\u0001..\u0001")), "TLS", "TLS ClientHello"),
        new Case(v4(17, udp(40001, 9000, new byte[3])), "UDP", "UDP 40001→9000, 3 bytes"),
        new Case(v4(17, udp(40001, 53, dns("db.local", false))), "DNS", "DNS query A db.local"),
        new Case(v4(17, udp(53, 40001, dns("db.local", true))), "DNS", "DNS response A db.local"),
        new Case(v4(17, udp(40001, 53, new byte[5])), "UDP", "UDP 40001→53, 5 bytes"),
        new Case(v4(1, icmp(8, 0, 7, 1, new byte[0])), "ICMP", "ICMP echo id=7 seq=1"),
        new Case(v4(1, icmp(0, 0, 7, 1, new byte[0])), "ICMP", "ICMP echo reply id=7 seq=1"),
        new Case(v4(1, icmp(3, 3, 0, 0, quoted)), "ICMP", "ICMP port unreachable (UDP 5000→53)"),
        new Case(v4(1, icmp(11, 0, 0, 0, new byte[0])), "ICMP", "ICMP time exceeded"),
        new Case(v4(47, new byte[60]), "GRE", "GRE, 60 bytes"),
        new Case(v4(200, new byte[2]), "protocol 200", "protocol 200, 2 bytes"),
        new Case(
            eth(NODE_A, POD_A, 0x0800, ipv4("10.0.0.1", "1.2.3.4", 17, 64, 0x20, 9, new byte[8])),
            "UDP",
            "UDP fragment, 8 bytes"),
        new Case(v6(6, tcp(1, 2, 2, "")), "TCP", "TCP 1→2 SYN"),
        new Case(v6(60, ext(17, udp(3, 4, new byte[1]))), "UDP", "UDP 3→4, 1 bytes"),
        new Case(
            v6(58, icmp(135, 0, 0, 0, new byte[16])), "ICMPv6", "ICMPv6 neighbour solicitation"),
        new Case(v6(58, icmp(128, 0, 1, 2, new byte[0])), "ICMPv6", "ICMPv6 echo id=1 seq=2"),
        new Case(v6(59, new byte[0]), "no next header", "no next header, 0 bytes"),
        new Case(
            eth("ff:ff:ff:ff:ff:ff", POD_A, 0x0806, arp(1, POD_A, "10.0.0.1", "10.0.0.254")),
            "ARP",
            "ARP who has 10.0.0.254? tell 10.0.0.1"),
        new Case(
            eth(NODE_A, POD_A, 0x0806, arp(2, POD_A, "10.0.0.1", "10.0.0.254")),
            "ARP",
            "ARP 10.0.0.1 is at 02:00:00:00:00:0a"),
        new Case(vlan, "ICMP", "ICMP echo id=7 seq=1"),
        new Case(
            eth(NODE_A, POD_A, 0x0800, new byte[3]), "IPv4", "IPv4, 17 bytes, cut or malformed"),
        new Case(
            eth(NODE_A, POD_A, 0x88cc, new byte[3]),
            "ethertype 0x88cc",
            "ethertype 0x88cc, 17 bytes"),
        new Case(new byte[13], "?", "13 bytes, too short for Ethernet"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void packetIsSummedUpInOneLine(Case c) {
    PacketSummary summary = PacketSummary.of(Packets.frame(0, c.frame()));
    assertThat(summary.info()).isEqualTo(c.info());
    assertThat(summary.protocol()).isEqualTo(c.protocol());
  }

  @Test
  void bothDirectionsAreOneFlow() {
    FlowKey there = FlowKey.of(PacketView.of(Bytes.copyOf(v4(6, tcp(45678, 80, 2, ""))))).get();
    byte[] back =
        eth(POD_A, NODE_A, 0x0800, ipv4("192.0.2.1", "10.0.0.1", 6, tcp(80, 45678, 18, "")));
    assertThat(FlowKey.of(PacketView.of(Bytes.copyOf(back)))).contains(there);
    assertThat(there).hasToString("TCP 10.0.0.1:45678 ↔ 192.0.2.1:80");
  }

  @Test
  void icmpErrorBelongsToTheFlowItQuotes() {
    byte[] quoted = ipv4("10.0.0.1", "192.0.2.1", 17, udp(5000, 53, new byte[0]));
    byte[] error =
        eth(POD_A, NODE_A, 0x0800, ipv4("198.51.100.1", "10.0.0.1", 1, icmp(3, 3, 0, 0, quoted)));
    assertThat(FlowKey.of(PacketView.of(Bytes.copyOf(error))))
        .contains(
            new FlowKey(IpAddress.parse("10.0.0.1"), 5000, IpAddress.parse("192.0.2.1"), 53, 17));
  }

  /** Cut anywhere or with any byte changed, a frame still has a summary. */
  @Test
  void viewsNeverFail() {
    Random random = new Random(7);
    Case[] all = cases().toArray(Case[]::new);
    for (int i = 0; i < 40_000; i++) {
      byte[] frame = all[random.nextInt(all.length)].frame().clone();
      for (int n = random.nextInt(4); n > 0; n--) {
        frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
      }
      Bytes cut = Bytes.copyOf(frame, 0, random.nextInt(frame.length + 1));
      assertThat(PacketSummary.of(new Frame(cut, frame.length, 0)).info()).isNotNull();
      FlowKey.of(PacketView.of(cut));
    }
  }
}
