// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.tailwalk.filter.Field.Type;
import org.tailwalk.filter.Subject.Transport;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.Layer;

/** Fields of packets that the summaries hold. */
final class PacketFields {
  static final Map<String, Long> PROTOCOLS =
      Map.ofEntries(
          Map.entry("icmp", 1L),
          Map.entry("igmp", 2L),
          Map.entry("tcp", 6L),
          Map.entry("udp", 17L),
          Map.entry("ipv6", 41L),
          Map.entry("gre", 47L),
          Map.entry("esp", 50L),
          Map.entry("ah", 51L),
          Map.entry("icmpv6", 58L),
          Map.entry("ospf", 89L),
          Map.entry("sctp", 132L));
  private static final Map<String, Long> ICMP_TYPES =
      Map.of(
          "echo-reply", 0L,
          "unreachable", 3L,
          "redirect", 5L,
          "echo", 8L,
          "time-exceeded", 11L,
          "parameter-problem", 12L);
  private static final Map<String, Long> ICMPV6_TYPES =
      Map.of(
          "unreachable", 1L,
          "packet-too-big", 2L,
          "time-exceeded", 3L,
          "parameter-problem", 4L,
          "echo", 128L,
          "echo-reply", 129L,
          "router-solicitation", 133L,
          "router-advertisement", 134L,
          "neighbour-solicitation", 135L,
          "neighbour-advertisement", 136L);

  private PacketFields() {}

  static void addTo(Consumer<Field> to) {
    FieldMaker make = new FieldMaker(to, Level.SUMMARY);
    frame(make);
    addresses(make);
    ports(make, "tcp", Transport.TCP);
    flags(make);
    ports(make, "udp", Transport.UDP);
    ports(make, "sctp", Transport.SCTP);
    icmp(make, "icmp", Transport.ICMP, ICMP_TYPES);
    icmp(make, "icmpv6", Transport.ICMPV6, ICMPV6_TYPES);
    make.number(
        "flow",
        s -> {
          long flow = s.flow();
          return flow == 0 ? -1 : flow;
        });
    make.values("info", Type.TEXT, (s, each) -> each.accept(s.info()));
    make.flag("marked", _ -> true, Subject::marked);
    make.values(
        "note",
        Type.TEXT,
        (s, each) -> {
          if (!s.note().isEmpty()) {
            each.accept(s.note());
          }
        });
  }

  private static void frame(FieldMaker make) {
    make.number("frame.number", Subject::number);
    make.values("frame.time_relative", Type.TIME, (s, each) -> each.accept(s.sinceFirstNanos()));
    make.values("frame.time_delta", Type.TIME, (s, each) -> each.accept(s.deltaNanos()));
    make.values("frame.time_epoch", Type.TIME, (s, each) -> each.accept(s.timeNanos()));
    make.number("frame.len", Subject::length);
    make.number("frame.cap_len", Subject::capturedLength);
  }

  private static void addresses(FieldMaker make) {
    make.protocol("ip", s -> v4(s.source()));
    make.protocol("ipv6", s -> v6(s.source()));
    for (boolean six : new boolean[] {false, true}) {
      String name = six ? "ipv6" : "ip";
      Type type = six ? Type.IPV6 : Type.IPV4;
      make.values(name + ".src", type, (s, each) -> one(s.source(), six, each));
      make.values(name + ".dst", type, (s, each) -> one(s.destination(), six, each));
      make.values(
          name + ".addr",
          type,
          (s, each) -> {
            one(s.source(), six, each);
            one(s.destination(), six, each);
          });
    }
    make.number("ip.proto", PROTOCOLS, s -> v4(s.source()) ? s.protocol() : -1);
    make.number("ipv6.proto", PROTOCOLS, s -> v6(s.source()) ? s.protocol() : -1);
  }

  private static boolean v4(@org.jspecify.annotations.Nullable IpAddress address) {
    return address != null && !address.v6();
  }

  private static boolean v6(@org.jspecify.annotations.Nullable IpAddress address) {
    return address != null && address.v6();
  }

  private static void one(
      @org.jspecify.annotations.Nullable IpAddress address, boolean six, Consumer<Object> each) {
    if (address != null && address.v6() == six) {
      each.accept(address);
    }
  }

  private static void ports(FieldMaker make, String name, Transport transport) {
    Predicate<Subject> there = s -> s.transport() == transport;
    make.protocol(name, there);
    make.number(name + ".srcport", s -> there.test(s) ? s.sourcePort() : -1);
    make.number(name + ".dstport", s -> there.test(s) ? s.destinationPort() : -1);
    make.values(
        name + ".port",
        Type.NUMBER,
        (s, each) -> {
          if (there.test(s)) {
            each.accept((long) s.sourcePort());
            each.accept((long) s.destinationPort());
          }
        });
  }

  private static void flags(FieldMaker make) {
    Predicate<Subject> tcp = s -> s.transport() == Transport.TCP;
    make.number("tcp.flags", s -> tcp.test(s) ? s.tcpFlags() : -1);
    Map<String, Integer> bits = new TreeMap<>();
    bits.put("fin", Layer.Tcp.FIN);
    bits.put("syn", Layer.Tcp.SYN);
    bits.put("reset", Layer.Tcp.RST);
    bits.put("push", Layer.Tcp.PSH);
    bits.put("ack", Layer.Tcp.ACK);
    bits.put("urg", Layer.Tcp.URG);
    bits.put("ece", 64);
    bits.put("cwr", 128);
    bits.forEach(
        (name, bit) -> make.flag("tcp.flags." + name, tcp, s -> (s.tcpFlags() & bit) != 0));
  }

  private static void icmp(
      FieldMaker make, String name, Transport transport, Map<String, Long> types) {
    make.protocol(name, s -> s.transport() == transport);
    make.number(name + ".type", types, s -> s.transport() == transport ? s.sourcePort() : -1);
    make.number(name + ".code", s -> s.transport() == transport ? s.destinationPort() : -1);
  }
}
