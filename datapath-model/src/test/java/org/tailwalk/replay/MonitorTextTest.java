// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tailwalk.packet.Packets.fromA;
import static org.tailwalk.packet.Packets.icmp;
import static org.tailwalk.packet.Packets.ipv4;
import static org.tailwalk.packet.Packets.tcp;
import static org.tailwalk.packet.Packets.udp;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tailwalk.event.Notification;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.IpAddress;

/** The monitor's words: sections 6.3, 6.5 and 7 of the datapath facts. */
final class MonitorTextTest {
  record Case(Notification notification, String line) {
    @Override
    public String toString() {
      return line;
    }
  }

  private static Bytes packet(int protocol, byte[] payload) {
    return fromA(0, ipv4("10.0.0.1", "10.0.0.2", protocol, payload)).data();
  }

  private static Notification drop(int reason, int ext, long src, long dst, Bytes captured) {
    return new Notification.Drop(100, reason, 54, src, dst, 0, 1163, 2, ext, 11, captured);
  }

  private static Notification trace(int point, int dstId, int reason, Bytes captured) {
    return new Notification.Trace(
        100,
        point,
        54,
        1000,
        2000,
        dstId,
        reason,
        false,
        12,
        IpAddress.parse("10.0.0.1"),
        captured);
  }

  private static Notification verdict(int verdict, int direction, int match, boolean audited) {
    return new Notification.PolicyVerdict(
        100,
        54,
        2000,
        verdict,
        80,
        6,
        direction,
        false,
        match,
        audited,
        packet(6, tcp(4, 80, 2, "")));
  }

  static Stream<Case> cases() {
    Bytes syn = packet(6, tcp(40000, 81, 2, ""));
    return Stream.of(
        new Case(
            drop(133, 0, 1000, 2000, syn),
            "xx drop (Policy denied) flow 0x0 to endpoint 0, ifindex 11, file 2:1163, identity"
                + " 1000->2000: 10.0.0.1:40000 -> 10.0.0.2:81 tcp SYN"),
        new Case(
            drop(119, 0, 1000, 0, packet(47, new byte[8])),
            "xx drop (119, 0) flow 0x0 to endpoint 0, ifindex 11, file 2:1163, identity"
                + " 1000->unknown: 10.0.0.1 -> 10.0.0.2 gre"),
        new Case(
            drop(14, -3, 2, 1, syn),
            "xx drop (14, -3) flow 0x0 to endpoint 0, ifindex 11, file 2:1163, identity"
                + " world->host: 10.0.0.1:40000 -> 10.0.0.2:81 tcp SYN"),
        new Case(
            trace(0, 200, 0, syn),
            "-> endpoint 200 flow 0x0 , identity 1000->2000 state new ifindex 12 orig-ip 10.0.0.1:"
                + " 10.0.0.1:40000 -> 10.0.0.2:81 tcp SYN"),
        new Case(
            trace(5, 0, 5, packet(17, udp(1, 2, new byte[0]))),
            "<- endpoint 100 flow 0x0 , identity 1000->2000 state unknown ifindex 12 orig-ip"
                + " 10.0.0.1: 10.0.0.1:1 -> 10.0.0.2:2 udp"),
        new Case(
            trace(3, 0, 0x82, packet(1, icmp(0, 0, 1, 1, new byte[0]))),
            "-> stack flow 0x0 , identity 1000->2000 state encrypted reply ifindex 12 orig-ip"
                + " 10.0.0.1: 10.0.0.1 -> 10.0.0.2 EchoReply"),
        new Case(
            trace(1, 15001, 1, syn),
            "-> proxy port 15001 flow 0x0 , identity 1000->2000 state established ifindex 12"
                + " orig-ip 10.0.0.1: 10.0.0.1:40000 -> 10.0.0.2:81 tcp SYN"),
        new Case(
            verdict(0, 2, 2, false),
            "Policy verdict log: flow 0x0 local EP ID 100, remote ID 2000, proto 6, egress, action"
                + " allow, match L3-L4, 10.0.0.1:4 -> 10.0.0.2:80 tcp SYN"),
        new Case(
            verdict(-133, 1, 0, false),
            "Policy verdict log: flow 0x0 local EP ID 100, remote ID 2000, proto 6, ingress, action"
                + " deny, match none, 10.0.0.1:4 -> 10.0.0.2:80 tcp SYN"),
        new Case(
            verdict(39226, 1, 3, false),
            "Policy verdict log: flow 0x0 local EP ID 100, remote ID 2000, proto 6, ingress, action"
                + " redirect to proxy port 15001, match L4-Only, 10.0.0.1:4 -> 10.0.0.2:80 tcp"
                + " SYN"),
        new Case(
            verdict(0, 1, 0, true),
            "Policy verdict log: flow 0x0 local EP ID 100, remote ID 2000, proto 6, ingress, action"
                + " audit, match none, 10.0.0.1:4 -> 10.0.0.2:80 tcp SYN"),
        new Case(new Notification.Signal(1, 0), "signal: CT map full (IPv4)"),
        new Case(new Notification.Unknown(Bytes.ofHex("6301")), "unknown event, 2 bytes: 6301"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void notificationReadsAsTheMonitorWordsIt(Case c) {
    assertThat(MonitorText.line(c.notification())).isEqualTo(c.line());
  }
}
