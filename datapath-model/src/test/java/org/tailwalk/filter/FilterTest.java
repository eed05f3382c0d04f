// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.tailwalk.packet.Packets;

/** What filters mean, on frames, and how wrong ones are told. */
final class FilterTest {
  private static final TraceSubject SYN =
      FrameSubject.of(
          3,
          Packets.fromA(
              1250, Packets.ipv4("10.0.0.11", "10.0.1.20", 6, Packets.tcp(45678, 80, 2, ""))));
  private static final TraceSubject GET =
      FrameSubject.of(
          4,
          Packets.fromA(
              1300,
              Packets.ipv4(
                  "10.0.0.11",
                  "10.0.1.20",
                  6,
                  Packets.tcp(
                      45678, 80, 24, "GET /a?x=1&y=2 HTTP/1.1\r\nHost: web.test\r\n\r\n"))));
  private static final TraceSubject DNS =
      FrameSubject.of(
          5,
          Packets.toA(
              1400,
              Packets.ipv4(
                  "10.96.0.10",
                  "10.0.0.11",
                  17,
                  Packets.udp(53, 40000, Packets.dns("web.example.com", true)))));
  private static final TraceSubject SIX =
      FrameSubject.of(
          6,
          Packets.frame(
              1500,
              Packets.eth(
                  Packets.NODE_A,
                  Packets.POD_A,
                  0x86dd,
                  Packets.ipv6(
                      "fd00::11", "fd00::1:20", 58, Packets.icmp(128, 0, 7, 1, new byte[8])))));
  private static final TraceSubject ARP =
      FrameSubject.of(
          7,
          Packets.frame(
              1600,
              Packets.eth(
                  "ff:ff:ff:ff:ff:ff",
                  Packets.POD_A,
                  0x0806,
                  Packets.arp(1, Packets.POD_A, "10.0.0.11", "10.0.0.1"))));
  private static final List<TraceSubject> ALL = List.of(SYN, GET, DNS, SIX, ARP);

  private static List<Long> numbers(String filter) throws FilterException {
    Filter parsed = Filter.parse(filter);
    return ALL.stream().filter(s -> parsed.test(s) == Truth.YES).map(TraceSubject::number).toList();
  }

  @Test
  void filtersFindWhatTheySay() throws FilterException {
    record Case(String filter, List<Long> numbers) {}
    Case[] cases = {
      new Case("", List.of(3L, 4L, 5L, 6L, 7L)),
      new Case("syn", List.of(3L)),
      new Case("SYN 10.0.1.20", List.of(3L)),
      new Case("\"80 syn\"", List.of(3L)),
      new Case("45678→80", List.of(3L)),
      new Case("id=7", List.of(6L)),
      new Case("tcp", List.of(3L, 4L)),
      new Case("!tcp && !arp", List.of(5L, 6L)),
      new Case("not tcp not arp", List.of(5L, 6L)),
      new Case("ip.src == 10.0.0.11", List.of(3L, 4L)),
      new Case("ip.addr==10.0.0.11", List.of(3L, 4L, 5L)),
      new Case("ip.addr != 10.0.1.20", List.of(5L)),
      new Case("ip.addr ~= 10.0.1.20", List.of(3L, 4L, 5L)),
      new Case("ip.addr === 10.0.0.0/15", List.of(3L, 4L)),
      new Case("ip.dst == 10.0.1.0/24", List.of(3L, 4L)),
      new Case("ip.src in {10.96.0.0/12, 1.1.1.1}", List.of(5L)),
      new Case("ip.src in {10.0.0.1..10.0.0.99}", List.of(3L, 4L)),
      new Case("ip.src > 10.90.0.0", List.of(5L)),
      new Case("ip.src == ip.dst", List.of()),
      new Case("ipv6.dst == fd00::1:0/112", List.of(6L)),
      new Case("ipv6.src == fd00::11 or arp", List.of(6L, 7L)),
      new Case("ip.proto == tcp", List.of(3L, 4L)),
      new Case("ip.proto in {udp, 1}", List.of(5L)),
      new Case("tcp.port == 80", List.of(3L, 4L)),
      new Case("tcp.port eq 80 and tcp.srcport gt 40000", List.of(3L, 4L)),
      new Case("tcp.dstport in {22 80 443}", List.of(3L, 4L)),
      new Case("tcp.dstport in {79..80}", List.of(3L, 4L)),
      new Case("tcp.dstport not in {80}", List.of(5L, 6L, 7L)),
      new Case("tcp && tcp.dstport not in {80}", List.of()),
      new Case("tcp.flags.syn", List.of(3L)),
      new Case("tcp.flags.syn == 0", List.of(4L)),
      new Case("tcp.flags.rst == false", List.of(3L, 4L)),
      new Case("tcp.flags & 0x12 == 2", List.of(3L)),
      new Case("tcp.flags&0x10", List.of(4L)),
      new Case("tcp.flags == 0x18", List.of(4L)),
      new Case("tcp.len > 0", List.of(4L)),
      new Case("udp.port == 53", List.of(5L)),
      new Case("dns.qry.name == web.example.com", List.of(5L)),
      new Case("dns.qry.name contains \"example\" && dns.flags.response", List.of(5L)),
      new Case("dns.qry.name matches \"^WEB\\.\"", List.of(5L)),
      new Case("dns.qry.type == a", List.of(5L)),
      new Case("http.request.method == GET", List.of(4L)),
      new Case("http.request.uri contains \"x=1&y=2\"", List.of(4L)),
      new Case("http.host == web.test", List.of(4L)),
      new Case("icmpv6.type == echo", List.of(6L)),
      new Case("icmpv6.echo.identifier == 7", List.of(6L)),
      new Case("arp.opcode == request", List.of(7L)),
      new Case("arp.src.proto_ipv4 == 10.0.0.11", List.of(7L)),
      new Case("eth.dst == ff:ff:ff:ff:ff:ff", List.of(7L)),
      new Case("eth.src[0:3] == 02:00:00", List.of(3L, 4L, 5L, 6L, 7L)),
      new Case("eth.dst[-1:1] == ff", List.of(7L)),
      new Case("frame[12:2] == 86:dd", List.of(6L)),
      new Case("frame contains \"Host: web\"", List.of(4L)),
      new Case("frame contains 86:dd:60", List.of(6L)),
      new Case("frame.number >= 6", List.of(6L, 7L)),
      new Case("frame.number < 4 or frame.number == 7", List.of(3L, 7L)),
      new Case("frame.time_relative >= 1.4", List.of(5L, 6L, 7L)),
      new Case("frame.time_relative in {1.25..1.3}", List.of(3L, 4L)),
      new Case("frame.time_delta == 5ms", List.of(3L, 4L, 5L, 6L, 7L)),
      new Case("frame.len > 80", List.of(4L)),
      new Case("ip.ttl == 64 xor tcp", List.of(5L)),
      new Case("(tcp or udp) and not syn", List.of(4L, 5L)),
      new Case("tcp or udp and syn", List.of(3L, 4L)),
      new Case("flow == 7", List.of(3L, 4L, 5L, 6L, 7L)),
      new Case("place == not_run", List.of(3L, 4L, 5L, 6L, 7L)),
      new Case("notrun == no-endpoint", List.of(3L, 4L, 5L, 6L, 7L)),
      new Case("verdict or ct.status", List.of()),
      new Case("unheard", List.of()),
      new Case("info contains \"SYN\"", List.of(3L)),
      new Case("len(tcp.payload) > 10", List.of(4L)),
      new Case("len(http.request.method) == 3", List.of(4L)),
      new Case("lower(http.request.method) == \"get\"", List.of(4L)),
      new Case("upper(http.host) == \"WEB.TEST\"", List.of(4L)),
      new Case("lower(info) contains \"syn\"", List.of(3L)),
      new Case("len(lower(http.host)) in {8, 9..12}", List.of(4L)),
      new Case("count(ip.addr) == 2", List.of(3L, 4L, 5L)),
      new Case("count(http.host) == 0", List.of()),
      new Case("string(ip.dst) matches r\"^10\\..*\\.20$\"", List.of(3L, 4L)),
      new Case("string(tcp.dstport) == \"80\"", List.of(3L, 4L)),
      new Case("lower(http.request.method)[0:2] == \"ge\"", List.of(4L)),
      new Case("any tcp.port > 1024", List.of(3L, 4L)),
      new Case("all tcp.port > 1024", List.of()),
      new Case("all tcp.port >= 80", List.of(3L, 4L)),
      new Case("any ip.addr != 10.0.1.20", List.of(3L, 4L, 5L)),
      new Case("all ip.addr != 10.0.1.20", List.of(5L)),
      new Case("all ip.addr in {10.0.0.0/16, 10.0.1.0/24}", List.of(3L, 4L)),
      new Case("all ip.addr == 10.0.0.0/15 && any tcp.port == 80", List.of(3L, 4L)),
      new Case("all tcp", List.of()),
      new Case("len(http.host) == len(http.host)", List.of(4L)),
    };
    for (Case c : cases) {
      assertThat(numbers(c.filter())).as(c.filter()).isEqualTo(c.numbers());
    }
  }

  @Test
  void theShortWordOfThePacketListIsTheWholeOne() throws FilterException {
    for (String name : List.of("ct.status", "kernel.ct.result")) {
      Field field = Objects.requireNonNull(Fields.find(name));
      Expr.Value written = new Expr.Value("EST", false, new Span(0, 3));
      assertThat(new Values("EST", field, field.type()).single(written)).isEqualTo("established");
    }
    assertThatThrownBy(() -> Filter.parse("verdict == est")).isInstanceOf(FilterException.class);
  }

  @Test
  void errorsPointAtTheCharacterAndSuggest() {
    record Case(String filter, String under, String message, String suggestion) {}
    Case[] cases = {
      new Case("ip.scr == 10.0.0.1", "ip.scr", "there is no field", "ip.src"),
      new Case("tcp && ip.dts", "ip.dts", "there is no field", "ip.dst"),
      new Case("srcport == 80", "srcport", "there is no field", "tcp.srcport"),
      new Case("unherd == true", "unherd", "there is no field", "unheard"),
      new Case("ip.src == 10.0.0", "10.0.0", "an IPv4 address", ""),
      new Case("ip.src == fd00::1", "fd00::1", "ipv6.src has the others", ""),
      new Case("ip.src == 10.0.0.0/33", "33", "prefix length is 0 to 32", ""),
      new Case("verdict == droped", "droped", "one of dropped", "dropped"),
      new Case("ct.status == nwe", "nwe", "one of established", "new"),
      new Case("drop.reason == polcy", "polcy", "a number or a name", ""),
      new Case("drop.reason == drop_polcy", "drop_polcy", "a number or a name", "drop_policy"),
      new Case("tcp.port == http", "http", "a number", ""),
      new Case("tcp.port = 80", "=", "a single = compares nothing", "=="),
      new Case("tcp.port=80", "=", "a single = compares nothing", "=="),
      new Case("tcp.port ==", "", "a value must follow", ""),
      new Case("tcp.port == && syn", "&&", "a value must follow", ""),
      new Case("(tcp or udp", "(", "this ( is not closed", ""),
      new Case("tcp)", ")", "closes nothing", ""),
      new Case("tcp and", "", "something must follow", ""),
      new Case("and tcp", "and", "needs something before it", ""),
      new Case("tcp.port in {80", "{", "this { is not closed", ""),
      new Case("tcp.port in {}", "{}", "at least one value", ""),
      new Case("tcp.port in {90..80}", "90..80", "ends before it begins", ""),
      new Case("info matches \"a(b\"", "\"", "no regular expression", ""),
      new Case("info contains \"abc", "\"abc", "no closing", ""),
      new Case("unheard > 1", "unheard", "can't be compared with >", ""),
      new Case("tcp == 5", "5", "is a protocol", ""),
      new Case("tcp.port contains 80", "80", "contains doesn't apply", ""),
      new Case("tcp.port == ip.src", "ip.src", "never equal", ""),
      new Case("tcp.port[0:1] == 5", "tcp.port", "no bytes to pick", ""),
      new Case("eth.src[x] == 5", "[x]", "[first:count]", ""),
      new Case("frame.time_relative > soon", "soon", "seconds such as", ""),
      new Case("len(tcp.port) > 1", "len", "len needs a text or bytes", ""),
      new Case("lower(ip.scr) == \"a\"", "ip.scr", "there is no field", "ip.src"),
      new Case("lower(\"a\") == \"a\"", "\"a\"", "a field must stand", ""),
      new Case("lowr(http.host) == \"a\"", "lowr", "there is no function", "lower"),
      new Case("len(http.host > 3", "(", "this ( is not closed", ""),
      new Case("all tcp.port", "", "needs a comparison", ""),
      new Case("any len(tcp.port) == 1", "len", "len needs a text or bytes", ""),
      new Case(
          "lower(http.host) > 80.5 and upper(tcp) == \"a\"", "upper", "upper needs a text", ""),
    };
    for (Case c : cases) {
      FilterException e =
          catchThrowableOfType(FilterException.class, () -> Filter.parse(c.filter()));
      assertThat(e).as(c.filter()).isNotNull();
      assertThat(e).as(c.filter()).hasMessageContaining(c.message());
      assertThat(c.filter().substring(e.from(), e.to())).as(c.filter()).isEqualTo(c.under());
      assertThat(e.suggestion()).as(c.filter()).isEqualTo(c.suggestion());
      assertThat(e.told().english()).isEqualTo(e.sentence());
      for (Locale language : List.of(Locale.KOREAN, Locale.CHINESE)) {
        assertThat(e.told().in(language).codePoints())
            .as(c.filter() + " in " + language)
            .anyMatch(letter -> letter >= 0x2E80);
      }
    }
  }

  @Test
  void caretsStandUnderWhatIsWrong() {
    assertThatThrownBy(() -> Filter.parse("tcp && ip.scr == 1.1.1.1"))
        .isInstanceOfSatisfying(
            FilterException.class,
            e -> {
              assertThat(e.caret()).isEqualTo("tcp && ip.scr == 1.1.1.1\n       ^^^^^^");
              assertThat(e.sentence())
                  .isEqualTo("there is no field \"ip.scr\"; did you mean ip.src?");
              assertThat(e.mended()).isEqualTo("tcp && ip.src == 1.1.1.1");
            });
  }

  @Test
  void deepNestingIsAnErrorAndNoOverflow() {
    assertThatThrownBy(() -> Filter.parse("(".repeat(9000) + "tcp"))
        .isInstanceOf(FilterException.class)
        .hasMessageContaining("levels deep");
    assertThatThrownBy(() -> Filter.parse("!".repeat(9000) + "tcp"))
        .isInstanceOf(FilterException.class);
  }

  @Test
  void whatSummariesCanDecideNeedsNoMore() throws FilterException {
    assertThat(Filter.parse("syn and ip.src == 1.1.1.1 and verdict == dropped").level())
        .isEqualTo(Level.SUMMARY);
    assertThat(Filter.parse("ip.ttl == 64").level()).isEqualTo(Level.FRAME);
    assertThat(Filter.parse("map.key contains \"10.0\"").level()).isEqualTo(Level.TRACE);
  }

  @Test
  void aPatternThatTriesTooMuchEnds() throws FilterException {
    TraceSubject long1 =
        FrameSubject.of(
            1,
            Packets.fromA(
                0,
                Packets.ipv4(
                    "10.0.0.11", "10.0.1.20", 6, Packets.tcp(1, 2, 16, "a".repeat(60) + "!"))));
    assertThat(Filter.parse("frame matches \"(a+)+$\"").test(long1)).isEqualTo(Truth.NO);
    assertThat(Filter.parse("frame matches \"a+!$\"").test(long1)).isEqualTo(Truth.YES);
  }

  @Test
  void aRegularExpressionOverMuchTextEnds() throws FilterException {
    TraceSubject big =
        FrameSubject.of(
            1,
            Packets.fromA(
                0,
                Packets.ipv4(
                    "10.0.0.11", "10.0.1.20", 6, Packets.tcp(1, 2, 16, "ab".repeat(20_000)))));
    Truth found = Filter.parse("frame matches \"(a|b)*c\"").test(big);
    assertThat(found).isEqualTo(Truth.NO);
    assertThat(new String(big.view().bytes().toArray(), StandardCharsets.ISO_8859_1))
        .contains("abab");
  }
}
