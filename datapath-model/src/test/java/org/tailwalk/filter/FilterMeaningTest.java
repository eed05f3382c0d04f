// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tailwalk.packet.Packets;

/** A filter answers what a plain loop over the packet's ports and addresses answers. */
final class FilterMeaningTest {
  private record Packet(int from, int to, int source, int destination, TraceSubject subject) {
    static Packet of(Random random) {
      int from = random.nextInt(4);
      int to = random.nextInt(4);
      int source = 78 + random.nextInt(6);
      int destination = 78 + random.nextInt(6);
      return new Packet(
          from,
          to,
          source,
          destination,
          FrameSubject.of(
              1,
              Packets.fromA(
                  0,
                  Packets.ipv4(
                      "10.0.0." + from,
                      "10.0.0." + to,
                      6,
                      Packets.tcp(source, destination, 16, "x")))));
    }

    Stream<Integer> ports() {
      return Stream.of(source, destination);
    }

    Stream<Integer> hosts() {
      return Stream.of(from, to);
    }
  }

  private record Term(String text, Predicate<Packet> means) {}

  private static Term term(Random random) {
    int n = 78 + random.nextInt(6);
    int h = random.nextInt(4);
    int[] order = {random.nextInt(6)};
    String sign = List.of("==", "!=", "<", "<=", ">", ">=").get(order[0]);
    Predicate<Integer> holds =
        p ->
            switch (order[0]) {
              case 0 -> p == n;
              case 1 -> p != n;
              case 2 -> p < n;
              case 3 -> p <= n;
              case 4 -> p > n;
              default -> p >= n;
            };
    return switch (random.nextInt(9)) {
      case 0 -> new Term("any tcp.port " + sign + " " + n, p -> p.ports().anyMatch(holds));
      case 1 -> new Term("all tcp.port " + sign + " " + n, p -> p.ports().allMatch(holds));
      case 2 -> new Term("tcp.port != " + n, p -> p.ports().noneMatch(x -> x == n));
      case 3 -> new Term("tcp.port ~= " + n, p -> p.ports().anyMatch(x -> x != n));
      case 4 ->
          new Term(
              "all tcp.port in {" + n + " .. 82, 78}",
              p -> p.ports().allMatch(x -> x >= n && x <= Math.max(n, 82) || x == 78));
      case 5 ->
          new Term(
              "ip.addr == 10.0.0." + (h & 2) + "/31", p -> p.hosts().anyMatch(x -> x / 2 == h / 2));
      case 6 -> new Term("string(ip.src) matches \"\\." + h + "$\"", p -> p.from == h);
      case 7 -> new Term("len(tcp.payload) == " + (h % 2), _ -> h % 2 == 1);
      default -> new Term("ip.src == ip.dst", p -> p.from == p.to);
    };
  }

  private static Term expression(Random random, int depth) {
    if (depth == 0) {
      return term(random);
    }
    Term a = expression(random, depth - 1);
    Term b = expression(random, depth - 1);
    return switch (random.nextInt(4)) {
      case 0 -> new Term("(" + a.text + ") && (" + b.text + ")", a.means.and(b.means));
      case 1 -> new Term("(" + a.text + ") || (" + b.text + ")", a.means.or(b.means));
      case 2 -> new Term("!(" + a.text + ")", a.means.negate());
      default ->
          new Term(
              "(" + a.text + ") xor (" + b.text + ")", p -> a.means.test(p) != b.means.test(p));
    };
  }

  @Test
  void filtersMeanWhatALoopOverTheValuesMeans() throws FilterException {
    Random random = new Random(23);
    List<Packet> packets = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      packets.add(Packet.of(random));
    }
    int yes = 0;
    int no = 0;
    for (int i = 0; i < 3_000; i++) {
      Term term = expression(random, random.nextInt(4));
      if (term.text.contains("{83 .. 82")) {
        continue;
      }
      Filter filter = Filter.parse(term.text);
      for (Packet packet : packets) {
        boolean expected = term.means.test(packet);
        assertThat(filter.test(packet.subject))
            .as("%s of %s", term.text, packet)
            .isEqualTo(expected ? Truth.YES : Truth.NO);
        yes += expected ? 1 : 0;
        no += expected ? 0 : 1;
      }
    }
    assertThat(yes).isGreaterThan(20_000);
    assertThat(no).isGreaterThan(20_000);
  }
}
