// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.history.ReplayHistory;
import org.tailwalk.replay.why.Explanation;
import org.tailwalk.replay.why.Why;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ScenarioJson;

/** What {@code why} says of the stories' packets. */
class WhyOfSamplesTest {
  /** A line of an explanation. */
  record Case(String sample, int packet, String label, String part) {}

  static Stream<Case> cases() {
    return Stream.of(
        new Case("services", 1, "service", "new connection, slot 1 of 1 by the draw: backend 1"),
        new Case("services", 3, "service", "as its SERVICE entry says: backend 1, 10.0.0.11:8080"),
        new Case("services", 11, "service", "where the client was before (affinity)"),
        new Case("services", 21, "service", "10.96.0.2:80 (gone): it has no backend (count 0)"),
        new Case("services", 2, "back", "the source becomes 10.96.0.1:80 again"),
        new Case("hairpin", 1, "service", "10.0.0.11:8080, the pod itself"),
        new Case("hairpin", 2, "because", "the pod's answer to itself"),
        new Case("hairpin", 2, "next", "reach itself"),
        new Case("fault-empty-slot", 2, "next", "the emptySlot fault of the scenario"),
        new Case("fault-conntrack-full", 1, "next", "the conntrackFull fault of the scenario"),
        new Case("fault-buffer-refuses", 1, "next", "the bufferRefuses fault of the scenario"),
        new Case("fault-truncate", 1, "next", "the truncate fault of the scenario"),
        new Case("fault-burn-calls", 10, "because", "was number 34: 33 is the budget"),
        new Case(
            "fault-burn-calls", 10, "next", "the burnCalls fault of the scenario, which spends 30"),
        new Case("ipv6", 1, "answers", "neighbour advertisement"),
        new Case("ipv6", 3, "answers", "echo reply"),
        new Case("ipv6", 21, "answers", "time exceeded"),
        new Case("ipv6-headers", 9, "because", "the walk over the IPv6 extension headers"),
        new Case("conntrack-2020", 15, "entry", "opened again by this SYN, and nobody is told"),
        new Case("conntrack-2020", 21, "entry", "expired, still matching"),
        new Case("policy-2020", 10, "but", "the entry says deny"),
        new Case("policy-2020", 13, "because", "conntrack knows TCP, UDP and ICMP"),
        new Case("nobody-heard", 18, "closing", "tx_closing (FIN); this packet closes one way"),
        new Case("nobody-heard", 19, "closing", "rx_closing (FIN); this packet closes the conn"),
        new Case("reset", 8, "closing", "(RST); this packet closes the connection"),
        new Case("looper", 1, "because", "was number 34: 33 is the budget"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void tellsIt(Case c) throws Exception {
    Scenario scenario =
        ScenarioJson.read(SampleReplay.SAMPLES.resolve(c.sample()).resolve("scenario.json"));
    List<PacketReplay> packets = SampleReplay.of(c.sample(), s -> s, null);
    ReplayHistory history = new ReplayHistory(scenario, false, true);
    packets.subList(0, c.packet()).forEach(history::add);
    Explanation why = new Why(scenario, history.primary()).explain(packets.get(c.packet() - 1));
    assertThat(why.lines()).hasSizeLessThanOrEqualTo(Explanation.MOST);
    assertThat(why.text(c.label())).as(why.lines().toString()).contains(c.part());
  }
}
