// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tailwalk.packet.Packets.fromA;
import static org.tailwalk.packet.Packets.ipv4;
import static org.tailwalk.packet.Packets.tcp;
import static org.tailwalk.packet.Packets.toA;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.packet.FlowKey;
import org.tailwalk.packet.Frame;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.CtLife;
import org.tailwalk.replay.CtState;
import org.tailwalk.replay.EventText;
import org.tailwalk.replay.FrameSource;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.Scenarios;

/** The life of a TCP connection's entry, from SYN to the collector. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConntrackHistoryTest {
  private static final String WORLD = "192.0.2.10";
  private static final FlowKey FLOW =
      new FlowKey(IpAddress.parse("10.0.0.1"), 40000, IpAddress.parse(WORLD), 80, 6);

  private ConntrackHistory history;
  private final List<PacketReplay> packets = new ArrayList<>();

  private static Frame out(long millis, int flags) {
    return fromA(millis, ipv4("10.0.0.1", WORLD, 6, tcp(40000, 80, flags, "")));
  }

  private static Frame in(long millis, int flags) {
    return toA(millis, ipv4(WORLD, "10.0.0.1", 6, tcp(80, 40000, flags, "")));
  }

  @BeforeAll
  void replay() throws Exception {
    Scenario scenario =
        Scenarios.parse(
            """
            {"version": 1, "endpoints": [{"id": 100, "ipv4": "10.0.0.1", "identity": 1000,
             "mac": "02:00:00:00:00:0a"}]}
            """);
    List<Frame> frames =
        List.of(
            out(0, 2),
            in(1000, 18),
            out(2000, 16),
            out(3000, 17),
            in(4000, 17),
            out(5000, 16),
            out(120_000, 16),
            out(700_000, 16));
    ReplayHistory all = new ReplayHistory(scenario, false, true);
    history = new ConntrackHistory(all.primary());
    try (CaptureReplay replay = CaptureReplay.open(scenario, null, new ModelReplayEngine())) {
      replay.run(
          FrameSource.of(frames),
          p -> {
            packets.add(p);
            all.add(p);
            return true;
          });
    }
  }

  private long now(int packet) {
    return ((Placement.Run) packets.get(packet - 1).placement()).injection().timeNanos();
  }

  private CtLife life() {
    return history.of(FLOW).getFirst();
  }

  @Test
  void flowHasItsEntryAndARelatedOne() {
    assertThat(history.of(FLOW)).extracting(l -> l.tuple().flags()).containsExactly(0, 2);
    assertThat(history.size()).isEqualTo(2);
  }

  @Test
  void statesFollowTheConnection() {
    List<String> states = new ArrayList<>();
    for (int packet = 1; packet <= packets.size(); packet++) {
      states.add(life().state(packet, now(packet)).text());
    }
    assertThat(states)
        .containsExactly(
            "SYN",
            "SYN",
            "ACTIVE",
            "HALF_CLOSED(tx)",
            "DEAD",
            "DEAD",
            "DEAD, expired, still matching",
            // An entry is made as if by a SYN, whatever the packet's flags (section 3.6).
            "SYN");
  }

  @Test
  void collectorEndsALifeAndAPacketBeginsTheNext() {
    assertThat(life().versions())
        .extracting(CtLife.Version::kind)
        .containsExactly(
            CtLife.Kind.CREATED,
            CtLife.Kind.CHANGED,
            CtLife.Kind.CHANGED,
            CtLife.Kind.CHANGED,
            CtLife.Kind.CHANGED,
            CtLife.Kind.CHANGED,
            CtLife.Kind.CHANGED,
            CtLife.Kind.COLLECTED,
            CtLife.Kind.CREATED);
    CtLife.Version collected = life().versions().get(7);
    assertThat(collected.timeNanos()).as("the sweep at 300 s").isEqualTo(1_000_300_000_000_000L);
    CtLife beforeReturn = new CtLife(life().map(), life().tuple(), life().versions().subList(0, 8));
    assertThat(beforeReturn.state(8, now(8)).phase()).isEqualTo(CtState.Phase.COLLECTED);
  }

  @Test
  void fieldTellsWhichPacketSetIt() {
    assertThat(life().history("seen_non_syn"))
        .filteredOn(c -> c.after().equals("1"))
        .extracting(CtLife.FieldChange::packet)
        .containsExactly(3L);
    CtLife.FieldChange closing =
        life().history("tx_closing").stream()
            .filter(c -> c.after().equals("1"))
            .findFirst()
            .orElseThrow();
    assertThat(closing.packet()).isEqualTo(4);
    AlignedStep row = packets.get(3).rows().get(closing.step() - 1);
    assertThat(EventText.line(row.either().event())).contains("tx_closing 0 → 1");
  }

  @Test
  void lifetimeRunsOut() {
    assertThat(life().secondsLeft(1, now(1))).contains(60L);
    assertThat(life().secondsLeft(3, now(3))).contains(21600L);
    assertThat(life().secondsLeft(5, now(5))).contains(10L);
    assertThat(life().secondsLeft(7, now(7))).contains(-106L);
    assertThat(life().secondsLeft(0, now(1))).isEmpty();
  }
}
