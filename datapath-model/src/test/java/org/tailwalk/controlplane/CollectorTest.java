// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.engine.Sweep;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.scenario.GcSettings;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.Scenarios;

/** The agent's collector: section 16 of the datapath facts. */
final class CollectorTest {
  private static final long SECOND = 1_000_000_000L;

  /** Entries that expire at these seconds, in a TCP and in the ANY map by turns. */
  private static Scenario scenario(long... lifetimes) {
    List<String> seeds = new ArrayList<>();
    for (int i = 0; i < lifetimes.length; i++) {
      seeds.add(
          """
          {"map": "%s", "tuple": {"daddr": "10.0.0.1", "saddr": "192.0.2.1", "dport": 80,
            "sport": %d, "nexthdr": %d, "flags": 0}, "entry": {"lifetime": %d}}
          """
              .formatted(
                  i % 2 == 0 ? "tcp4" : "any4", 1000 + i, i % 2 == 0 ? 6 : 17, lifetimes[i]));
    }
    return Scenarios.parse(
        """
        {"version": 1, "endpoints": [{"id": 100, "ipv4": "10.0.0.1", "identity": 1000}],
         "conntrack": [%s]}
        """
            .formatted(String.join(",", seeds)));
  }

  private static ReplaySession session(Scenario scenario) throws Exception {
    return new ModelReplayEngine().open(NodeCompiler.compile(scenario, scenario.kernelConfig()));
  }

  private static int left(ReplaySession session) throws Exception {
    return session.entries(MapRef.shared(MapRole.CT_TCP4)).size()
        + session.entries(MapRef.shared(MapRole.CT_ANY4)).size();
  }

  private static Collector collector(Scenario scenario, GcSettings settings) {
    return new Collector(settings, scenario.kernelConfig(), 1);
  }

  @Test
  void entryGoesWhenItsLifetimeLiesBeforeNowAndNotAt() throws Exception {
    Scenario scenario = scenario(999, 1000, 1001);
    try (ReplaySession session = session(scenario)) {
      List<Sweep> sweeps =
          collector(scenario, GcSettings.AGENT).advance(1000 * SECOND + 5, session);
      assertThat(sweeps).hasSize(1);
      assertThat(sweeps.getFirst().cause()).isEqualTo(Sweep.Cause.START);
      assertThat(sweeps.getFirst().deleted())
          .extracting(d -> d.entry().lifetime())
          .containsExactly(999L);
      assertThat(left(session)).isEqualTo(2);
    }
  }

  @Test
  void sweepsComeFiveMinutesApartWhileNothingIsDeleted() throws Exception {
    Scenario scenario = scenario(100_000);
    try (ReplaySession session = session(scenario)) {
      Collector collector = collector(scenario, GcSettings.AGENT);
      collector.advance(1000 * SECOND, session);
      assertThat(collector.advance(1299 * SECOND, session)).isEmpty();
      assertThat(collector.advance(1300 * SECOND, session)).hasSize(1);
      List<Sweep> row = collector.advance(3000 * SECOND, session);
      assertThat(row).hasSize(1);
      assertThat(row.getFirst())
          .isEqualTo(
              new Sweep(
                  1600 * SECOND, 2800 * SECOND, 5, Sweep.Cause.INTERVAL, List.of(), 3100 * SECOND));
    }
  }

  @Test
  void fewDeletionsMakeTheWaitLonger() throws Exception {
    Scenario scenario = scenario(1100, 1400, 100_000);
    try (ReplaySession session = session(scenario)) {
      Collector collector = collector(scenario, GcSettings.AGENT);
      collector.advance(1000 * SECOND, session);
      List<Sweep> sweeps = collector.advance(10_000 * SECOND, session);
      assertThat(sweeps.get(0).firstNanos()).isEqualTo(1300 * SECOND);
      assertThat(sweeps.get(0).deleted()).hasSize(1);
      assertThat(sweeps.get(1).firstNanos()).as("450 s later").isEqualTo(1750 * SECOND);
      assertThat(sweeps.get(1).deleted()).hasSize(1);
      assertThat(sweeps.get(2).firstNanos()).as("675 s later").isEqualTo(2425 * SECOND);
      assertThat(left(session)).isEqualTo(1);
    }
  }

  record Wait(long before, double ratio, boolean lru, long after) {}

  static Stream<Wait> waits() {
    return Stream.of(
        new Wait(300, 0, true, 300),
        new Wait(300, 0.01, true, 450),
        new Wait(301, 0.01, true, 452),
        new Wait(300, 0.05, true, 300),
        new Wait(300, 0.25, true, 300),
        new Wait(300, 0.26, true, 222),
        new Wait(300, 0.95, true, 30),
        new Wait(40, 1, true, 10),
        new Wait(43_000, 0.01, true, 43_200),
        new Wait(1500, 0.01, false, 1800));
  }

  @ParameterizedTest
  @MethodSource("waits")
  void waitFollowsTheRatio(Wait w) {
    assertThat(Collector.adapted(w.before(), w.ratio(), w.lru())).isEqualTo(w.after());
  }

  @Test
  void fixedIntervalStaysFixed() throws Exception {
    Scenario scenario = scenario(1005, 1015, 1025);
    try (ReplaySession session = session(scenario)) {
      Collector collector = collector(scenario, new GcSettings(GcSettings.Mode.FIXED, 10));
      collector.advance(1000 * SECOND, session);
      assertThat(collector.advance(1030 * SECOND, session))
          .extracting(Sweep::firstNanos)
          .containsExactly(1010 * SECOND, 1020 * SECOND, 1030 * SECOND);
      assertThat(left(session)).isZero();
    }
  }

  @Test
  void yearOfEmptySweepsIsOneRow() throws Exception {
    Scenario scenario = scenario();
    try (ReplaySession session = session(scenario)) {
      Collector collector = collector(scenario, new GcSettings(GcSettings.Mode.FIXED, 1));
      collector.advance(0, session);
      List<Sweep> sweeps = collector.advance(365L * 86_400 * SECOND, session);
      assertThat(sweeps).hasSize(1);
      assertThat(sweeps.getFirst().count()).isEqualTo(365L * 86_400);
    }
  }

  @Test
  void offAndWithoutEndpointsNothingIsSwept() throws Exception {
    Scenario scenario = scenario(1);
    try (ReplaySession session = session(scenario)) {
      Collector off = collector(scenario, new GcSettings(GcSettings.Mode.OFF, 0));
      assertThat(off.advance(1000 * SECOND, session)).isEmpty();
      Collector lonely = new Collector(GcSettings.AGENT, scenario.kernelConfig(), 0);
      assertThat(lonely.advance(1000 * SECOND, session)).isEmpty();
      assertThat(left(session)).isEqualTo(1);
    }
  }

  @Test
  void signalSweepsTheFamilyAtOnce() throws Exception {
    Scenario scenario = scenario(1005);
    try (ReplaySession session = session(scenario)) {
      Collector collector = collector(scenario, GcSettings.AGENT);
      collector.advance(1000 * SECOND, session);
      assertThat(collector.signalled(1010 * SECOND, true, session).get().deleted()).isEmpty();
      Sweep sweep = collector.signalled(1010 * SECOND, false, session).get();
      assertThat(sweep.cause()).isEqualTo(Sweep.Cause.SIGNAL);
      assertThat(sweep.deleted()).hasSize(1);
      assertThat(left(session)).isZero();
    }
  }
}
