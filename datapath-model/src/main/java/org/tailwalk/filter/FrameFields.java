// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tailwalk.filter.Field.Type;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.DnsMessage;
import org.tailwalk.packet.Layer;
import org.tailwalk.packet.PacketView;

/** Fields that need a packet's bytes. */
final class FrameFields {
  private static final Map<String, Long> ETHER_TYPES =
      Map.of("ip", 0x800L, "arp", 0x806L, "ipv6", 0x86ddL);
  private static final Map<String, Long> DNS_TYPES =
      Map.of(
          "a", 1L, "ns", 2L, "cname", 5L, "soa", 6L, "ptr", 12L, "mx", 15L, "txt", 16L, "aaaa", 28L,
          "srv", 33L, "https", 65L);

  private FrameFields() {}

  static void addTo(Consumer<Field> to) {
    FieldMaker make = new FieldMaker(to, Level.FRAME);
    make.values("frame", Type.BYTES, (s, each) -> each.accept(s.view().bytes()));
    ethernet(make);
    ipv4(make);
    ipv6(make);
    transport(make);
    dns(make);
    http(make);
    make.protocol("tls", s -> tls(s.view()) >= 0);
    make.number(
        "tls.handshake.type", Map.of("client-hello", 1L, "server-hello", 2L), s -> tls(s.view()));
  }

  private static <L extends Layer> void of(
      FieldMaker make,
      Class<L> kind,
      String name,
      Type type,
      BiConsumer<L, Consumer<Object>> value) {
    of(make, kind, name, type, Map.of(), value);
  }

  private static <L extends Layer> void of(
      FieldMaker make,
      Class<L> kind,
      String name,
      Type type,
      Map<String, Long> names,
      BiConsumer<L, Consumer<Object>> value) {
    make.values(
        name,
        type,
        names,
        (s, each) -> {
          PacketView view = s.view();
          for (Layer layer :
              new @Nullable Layer[] {view.ethernet(), view.network(), view.transport()}) {
            if (kind.isInstance(layer)) {
              value.accept(kind.cast(layer), each);
            }
          }
        });
  }

  private static void ethernet(FieldMaker make) {
    Class<Layer.Ethernet> eth = Layer.Ethernet.class;
    make.protocol("eth", s -> s.view().ethernet() != null);
    of(make, eth, "eth.src", Type.MAC, (e, to) -> to.accept(e.src()));
    of(make, eth, "eth.dst", Type.MAC, (e, to) -> to.accept(e.dst()));
    of(
        make,
        eth,
        "eth.addr",
        Type.MAC,
        (e, to) -> {
          to.accept(e.src());
          to.accept(e.dst());
        });
    of(make, eth, "eth.type", Type.NUMBER, ETHER_TYPES, (e, to) -> to.accept((long) e.etherType()));
    make.protocol(
        "vlan",
        s -> {
          Layer.Ethernet e = s.view().ethernet();
          return e != null && !e.vlans().isEmpty();
        });
    of(
        make,
        eth,
        "vlan.id",
        Type.NUMBER,
        (e, to) -> e.vlans().forEach(tag -> to.accept(tag & 0xfffL)));
    Class<Layer.Arp> arp = Layer.Arp.class;
    make.protocol("arp", s -> s.view().network() instanceof Layer.Arp);
    of(
        make,
        arp,
        "arp.opcode",
        Type.NUMBER,
        Map.of("request", 1L, "reply", 2L),
        (a, to) -> to.accept((long) a.operation()));
    of(make, arp, "arp.src.proto_ipv4", Type.IPV4, (a, to) -> to.accept(a.senderIp()));
    of(make, arp, "arp.dst.proto_ipv4", Type.IPV4, (a, to) -> to.accept(a.targetIp()));
    of(make, arp, "arp.src.hw_mac", Type.MAC, (a, to) -> to.accept(a.senderMac()));
    of(make, arp, "arp.dst.hw_mac", Type.MAC, (a, to) -> to.accept(a.targetMac()));
  }

  private static void ipv4(FieldMaker make) {
    Class<Layer.Ipv4> ip = Layer.Ipv4.class;
    of(make, ip, "ip.ttl", Type.NUMBER, (i, to) -> to.accept((long) i.ttl()));
    of(make, ip, "ip.len", Type.NUMBER, (i, to) -> to.accept((long) i.totalLength()));
    of(make, ip, "ip.hdr_len", Type.NUMBER, (i, to) -> to.accept((long) i.length()));
    of(make, ip, "ip.id", Type.NUMBER, (i, to) -> to.accept((long) i.id()));
    of(make, ip, "ip.dsfield", Type.NUMBER, (i, to) -> to.accept((long) i.tos()));
    of(make, ip, "ip.dsfield.dscp", Type.NUMBER, (i, to) -> to.accept((long) i.tos() >> 2));
    of(make, ip, "ip.flags.df", Type.BOOL, (i, to) -> to.accept((long) i.fragment() >> 14 & 1));
    of(make, ip, "ip.flags.mf", Type.BOOL, (i, to) -> to.accept((long) i.fragment() >> 13 & 1));
    of(make, ip, "ip.frag_offset", Type.NUMBER, (i, to) -> to.accept((i.fragment() & 0x1fffL) * 8));
    of(make, ip, "ip.checksum", Type.NUMBER, (i, to) -> to.accept((long) i.checksum()));
  }

  private static void ipv6(FieldMaker make) {
    Class<Layer.Ipv6> ip = Layer.Ipv6.class;
    of(make, ip, "ipv6.hlim", Type.NUMBER, (i, to) -> to.accept((long) i.ttl()));
    of(
        make,
        ip,
        "ipv6.nxt",
        Type.NUMBER,
        PacketFields.PROTOCOLS,
        (i, to) -> to.accept((long) i.nextHeader()));
    of(make, ip, "ipv6.plen", Type.NUMBER, (i, to) -> to.accept((long) i.totalPayload()));
    of(make, ip, "ipv6.flow", Type.NUMBER, (i, to) -> to.accept((long) i.flowLabel()));
    of(make, ip, "ipv6.tclass", Type.NUMBER, (i, to) -> to.accept((long) i.trafficClass()));
    of(
        make,
        ip,
        "ipv6.exthdr",
        Type.NUMBER,
        (i, to) -> i.extensions().forEach(e -> to.accept((long) e)));
  }

  private static void transport(FieldMaker make) {
    Class<Layer.Tcp> tcp = Layer.Tcp.class;
    of(make, tcp, "tcp.seq_raw", Type.NUMBER, (t, to) -> to.accept(t.seq()));
    of(make, tcp, "tcp.ack_raw", Type.NUMBER, (t, to) -> to.accept(t.ack()));
    of(make, tcp, "tcp.window_size_value", Type.NUMBER, (t, to) -> to.accept((long) t.window()));
    of(make, tcp, "tcp.hdr_len", Type.NUMBER, (t, to) -> to.accept((long) t.length()));
    of(make, tcp, "tcp.checksum", Type.NUMBER, (t, to) -> to.accept((long) t.checksum()));
    make.number(
        "tcp.len",
        s ->
            s.view().transport() instanceof Layer.Tcp t
                ? s.view().ip().map(ip -> Math.max(0, ip.payloadLength() - t.length())).orElse(-1)
                : -1);
    make.values(
        "tcp.payload",
        Type.BYTES,
        (s, to) -> {
          if (s.view().transport() instanceof Layer.Tcp) {
            payload(s.view(), to);
          }
        });
    Class<Layer.Udp> udp = Layer.Udp.class;
    of(make, udp, "udp.length", Type.NUMBER, (u, to) -> to.accept((long) u.udpLength()));
    of(make, udp, "udp.checksum", Type.NUMBER, (u, to) -> to.accept((long) u.checksum()));
    make.values(
        "udp.payload",
        Type.BYTES,
        (s, to) -> {
          if (s.view().transport() instanceof Layer.Udp) {
            payload(s.view(), to);
          }
        });
    echo(make, "icmp.ident", "icmp.seq", false);
    echo(make, "icmpv6.echo.identifier", "icmpv6.echo.sequence_number", true);
  }

  private static void echo(FieldMaker make, String id, String seq, boolean six) {
    make.number(
        id, s -> s.view().transport() instanceof Layer.Icmp i && i.v6() == six ? i.id() : -1);
    make.number(
        seq, s -> s.view().transport() instanceof Layer.Icmp i && i.v6() == six ? i.seq() : -1);
  }

  private static void payload(PacketView view, Consumer<Object> to) {
    Bytes bytes = view.bytes();
    if (view.payload() < bytes.length()) {
      to.accept(bytes.slice(view.payload(), bytes.length()));
    }
  }

  private static Optional<DnsMessage> dns(Subject s) {
    return s.view().transport() instanceof Layer.Udp u && (u.srcPort() == 53 || u.dstPort() == 53)
        ? DnsMessage.of(s.view().bytes(), u.offset() + 8)
        : Optional.empty();
  }

  private static void dns(FieldMaker make) {
    make.protocol("dns", s -> dns(s).isPresent());
    make.values("dns.qry.name", Type.TEXT, (s, to) -> dns(s).ifPresent(d -> to.accept(d.name())));
    make.values(
        "dns.qry.type",
        Type.NUMBER,
        DNS_TYPES,
        (s, to) -> dns(s).ifPresent(d -> to.accept((long) d.type())));
    make.values(
        "dns.flags.response",
        Type.BOOL,
        (s, to) -> dns(s).ifPresent(d -> to.accept(d.response() ? 1L : 0L)));
    make.values(
        "dns.flags.rcode",
        Type.NUMBER,
        Map.of("noerror", 0L, "formerr", 1L, "servfail", 2L, "nxdomain", 3L, "refused", 5L),
        (s, to) ->
            dns(s).filter(DnsMessage::response).ifPresent(d -> to.accept((long) d.responseCode())));
    make.values("dns.id", Type.NUMBER, (s, to) -> dns(s).ifPresent(d -> to.accept((long) d.id())));
  }

  private static Optional<String> http(Subject s) {
    if (!(s.view().transport() instanceof Layer.Tcp)) {
      return Optional.empty();
    }
    Bytes bytes = s.view().bytes();
    int from = s.view().payload();
    byte[] data = bytes.slice(from, Math.min(bytes.length(), from + Filter.HTTP_BYTES)).toArray();
    String text = new String(data, StandardCharsets.ISO_8859_1);
    String line = text.lines().findFirst().orElse("");
    boolean http = line.startsWith("HTTP/1.") || line.matches("[A-Z]{3,7} [^ ]+ HTTP/1\\.[01]");
    return http ? Optional.of(text) : Optional.empty();
  }

  private static void http(FieldMaker make) {
    make.protocol("http", s -> http(s).isPresent());
    part(make, "http.request.method", false, 0);
    part(make, "http.request.uri", false, 1);
    make.values(
        "http.response.code",
        Type.NUMBER,
        (s, to) ->
            http(s)
                .filter(t -> t.startsWith("HTTP/") && t.length() >= 12)
                .map(t -> t.substring(9, 12))
                .filter(t -> t.matches("\\d{3}"))
                .ifPresent(t -> to.accept(Long.parseLong(t))));
    make.values(
        "http.host",
        Type.TEXT,
        (s, to) ->
            http(s).stream()
                .flatMap(String::lines)
                // Behind an empty line is the body.
                .takeWhile(l -> !l.isEmpty())
                .filter(l -> l.toLowerCase(Locale.ROOT).startsWith("host:"))
                .findFirst()
                .ifPresent(l -> to.accept(l.substring(5).strip())));
  }

  private static void part(FieldMaker make, String name, boolean response, int index) {
    make.values(
        name,
        Type.TEXT,
        (s, to) ->
            http(s)
                .filter(t -> t.startsWith("HTTP/") == response)
                .ifPresent(t -> to.accept(t.split("[ \r\n]", 3)[index])));
  }

  private static long tls(PacketView view) {
    Bytes b = view.bytes();
    int at = view.payload();
    return view.transport() instanceof Layer.Tcp
            && b.length() > at + 5
            && b.at(at) == 22
            && b.at(at + 1) == 3
        ? b.at(at + 5)
        : -1;
  }
}
