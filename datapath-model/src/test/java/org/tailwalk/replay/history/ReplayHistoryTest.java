// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tailwalk.packet.Packets.fromA;
import static org.tailwalk.packet.Packets.ipv4;
import static org.tailwalk.packet.Packets.tcp;
import static org.tailwalk.packet.Packets.toA;
import static org.tailwalk.packet.Packets.udp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.PathEvent;
import org.tailwalk.packet.Frame;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.FrameSource;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.scenario.Era;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.Scenarios;

/** Two lanes of the model in eras that differ, over connections that begin, end and expire. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReplayHistoryTest {
  private static final String WORLD = "192.0.2.10";
  private static final int PACKETS = 400;

  private final Scenario scenario = Scenarios.twoPods().withModel(Era.PR33551);
  private final List<Frame> frames = frames(new Random(7));
  private final List<PacketReplay> packets = new ArrayList<>();
  private ReplayHistory history;

  static List<Frame> frames(Random random) {
    List<Frame> frames = new ArrayList<>();
    long millis = 0;
    for (int i = 0; i < PACKETS; i++) {
      millis += random.nextInt(20) == 0 ? 200_000 : random.nextInt(3000);
      int port = 40_000 + random.nextInt(12);
      int flags = List.of(2, 16, 16, 16, 17, 4).get(random.nextInt(6));
      frames.add(
          switch (random.nextInt(8)) {
            case 0 -> fromA(millis, ipv4("10.0.0.1", WORLD, 47, new byte[60]));
            case 1 -> fromA(millis, ipv4("10.0.0.1", WORLD, 17, udp(port, 53, new byte[] {1})));
            case 2 -> toA(millis, ipv4(WORLD, "10.0.0.1", 17, udp(53, port, new byte[] {2})));
            case 3 -> fromA(millis, ipv4("10.0.0.1", "10.0.0.2", 6, tcp(port, 80, flags, "x")));
            case 4 -> toA(millis, ipv4(WORLD, "10.0.0.1", 6, tcp(80, port, flags, "")));
            default -> fromA(millis, ipv4("10.0.0.1", WORLD, 6, tcp(port, 80, flags, "yy")));
          });
    }
    return frames;
  }

  private CaptureReplay open() throws Exception {
    return CaptureReplay.open(scenario, new ModelReplayEngine(), new ModelReplayEngine());
  }

  @BeforeAll
  void replay() throws Exception {
    try (CaptureReplay replay = open()) {
      history = ReplayHistory.of(scenario, replay);
      replay.run(
          FrameSource.of(frames),
          p -> {
            packets.add(p);
            history.add(p);
            return true;
          });
    }
  }

  @Test
  void everyStateIsWhatAReplayUpToThereLeaves() throws Exception {
    assertThat(history.exact()).isTrue();
    for (int upTo : new int[] {0, 1, 2, 37, 150, 151, 399, PACKETS}) {
      try (CaptureReplay replay = open()) {
        replay.run(FrameSource.of(frames.subList(0, upTo)), _ -> true);
        assertThat(MapStates.known(history.kernel().orElseThrow(), Moment.after(upTo)))
            .as("kernel lane behind packet %d", upTo)
            .isEqualTo(MapStates.dump(replay.kernelSession().orElseThrow()));
        assertThat(MapStates.known(history.model().orElseThrow(), Moment.after(upTo)))
            .as("model behind packet %d", upTo)
            .isEqualTo(MapStates.dump(replay.modelSession().orElseThrow()));
      }
    }
  }

  @Test
  void goingOnFromTheMiddleGivesTheSameTraces() throws Exception {
    Random random = new Random(3);
    try (CaptureReplay replay = open()) {
      for (int round = 0; round < 40; round++) {
        int from = 1 + random.nextInt(PACKETS);
        int count = 1 + random.nextInt(12);
        List<PacketReplay> again = new ArrayList<>();
        replay.resume(
            history.resumeAt(from),
            FrameSource.limited(FrameSource.of(frames.subList(from - 1, PACKETS)), count),
            again::add);
        assertThat(again)
            .as("%d packets from %d", count, from)
            .isEqualTo(packets.subList(from - 1, Math.min(PACKETS, from - 1 + count)));
      }
    }
  }

  @Test
  void goingOnAfterARunThatWasStoppedGivesTheSameTraces() throws Exception {
    try (CaptureReplay replay = open()) {
      replay.run(FrameSource.of(frames), p -> p.number() < 200);
      List<PacketReplay> again = new ArrayList<>();
      replay.resume(
          history.resumeAt(150),
          FrameSource.limited(FrameSource.of(frames.subList(149, PACKETS)), 30),
          again::add);
      assertThat(again).isEqualTo(packets.subList(149, 179));
    }
  }

  @Test
  void rowsChangeOneThingAtATime() {
    MapHistory maps = history.model().orElseThrow();
    for (PacketReplay packet : packets.subList(0, 60)) {
      for (AlignedStep row : packet.rows()) {
        if (row.model() != null && row.model().event() instanceof PathEvent.Changed changed) {
          assertThat(
                  maps.value(changed.map(), changed.key(), Moment.at(packet.number(), row.index())))
              .isEqualTo(Optional.ofNullable(changed.after()));
          assertThat(
                  maps.value(
                      changed.map(), changed.key(), Moment.at(packet.number(), row.index() - 1)))
              .isEqualTo(Optional.ofNullable(changed.before()));
        }
      }
    }
  }

  @Test
  void fieldLeadsToTheStepThatWroteIt() {
    MapHistory maps = history.primary();
    Moment end = Moment.after(PACKETS);
    int tried = 0;
    for (MapHistory.Standing entry : maps.entries(MapRef.shared(MapRole.CT_TCP4), end)) {
      for (var field : entry.value().fields()) {
        Write write =
            maps.fieldWriter(MapRef.shared(MapRole.CT_TCP4), entry.key(), field.name(), end)
                .orElseThrow();
        assertThat(write.after().fields()).contains(field);
        if (write.before() != null) {
          assertThat(write.before().fields()).doesNotContain(field);
        }
        tried++;
      }
    }
    assertThat(tried).isGreaterThan(20);
    MapRef policy = MapRef.of(MapRole.POLICY, 100);
    MapHistory.Standing allowed = maps.entries(policy, end).getFirst();
    assertThat(maps.fieldWriter(policy, allowed.key(), "deny", end).orElseThrow().writer())
        .isEqualTo(new Write.Writer.ControlPlane());
    assertThat(maps.fieldWriter(policy, allowed.key(), "packets", end).orElseThrow().writer())
        .isInstanceOf(Write.Writer.ByPacket.class);
  }

  @Test
  void entryLeadsToTheLookupsThatFoundIt() {
    MapHistory maps = history.primary();
    Map<MapRef, Map<MapKey, List<Moment>>> expected = new HashMap<>();
    for (PacketReplay packet : packets) {
      for (AlignedStep row : packet.rows()) {
        if (row.kernel() != null
            && row.kernel().event() instanceof PathEvent.LookedUp look
            && look.hit()
            && look.map().role().conntrack()) {
          expected
              .computeIfAbsent(look.map(), _ -> new HashMap<>())
              .computeIfAbsent(look.key(), _ -> new ArrayList<>())
              .add(Moment.at(packet.number(), row.index()));
        }
      }
    }
    assertThat(expected).isNotEmpty();
    expected.forEach((map, keys) ->
        keys.forEach((key, moments) -> {
          assertThat(maps.hits(map, key, Moment.START, 1000)).isEqualTo(moments);
          assertThat(maps.nextHit((m, k) -> m.equals(map) && k.equals(key), Moment.START))
              .contains(moments.getFirst());
        }));
    MapRef ipcache = MapRef.shared(MapRole.IPCACHE);
    assertThat(maps.entries(ipcache, Moment.START))
        .anySatisfy(e -> assertThat(maps.hits(ipcache, e.key(), Moment.START, 5)).hasSize(5));
  }

  @Test
  void livesAreMadeOfTheWritesThatEachMomentShows() {
    MapHistory maps = history.primary();
    int longest = 0;
    for (MapRef map : maps.maps()) {
      for (MapKey key : maps.keys(map)) {
        List<Write> life = maps.life(map, key, Moment.after(Long.MAX_VALUE), Integer.MAX_VALUE);
        longest = Math.max(longest, life.size());
        for (int i = 0; i < life.size(); i++) {
          assertThat(maps.life(map, key, Moment.after(Long.MAX_VALUE), life.size() - i))
              .isEqualTo(life.subList(i, life.size()));
          if (life.get(i).writer() instanceof Write.Writer.ByPacket by) {
            assertThat(maps.last(map, key, Moment.at(by.packet(), by.step())))
                .contains(life.get(i));
          }
        }
      }
    }
    assertThat(longest).as("more versions than stand whole").isGreaterThan(40);
  }

  @Test
  void breakpointsFindTheWritesOnBothSides() {
    MapHistory maps = history.primary();
    MapHistory.EntryTest conntrack = (map, _) -> map.role() == MapRole.CT_TCP4;
    Moment at = Moment.START;
    List<Moment> forward = new ArrayList<>();
    for (Optional<MapHistory.Touch> next = maps.nextWrite(conntrack, at);
        next.isPresent();
        next = maps.nextWrite(conntrack, at)) {
      at = next.get().write().writer().moment();
      forward.add(at);
    }
    assertThat(forward).hasSizeGreaterThan(50).isSorted();
    List<Moment> backward = new ArrayList<>();
    at = Moment.after(PACKETS + 1);
    for (Optional<MapHistory.Touch> last = maps.previousWrite(conntrack, at);
        last.isPresent();
        last = maps.previousWrite(conntrack, at)) {
      at = last.get().write().writer().moment();
      backward.add(at);
    }
    assertThat(backward.reversed()).isEqualTo(forward);
  }

  @Test
  void sweepsAreWritersToo() {
    MapHistory maps = history.primary();
    List<MapHistory.Touch> taken =
        maps.between(Moment.START, Moment.after(PACKETS)).stream()
            .filter(t -> t.write().writer() instanceof Write.Writer.Collector)
            .toList();
    assertThat(taken).isNotEmpty();
    MapHistory.Touch first = taken.getFirst();
    assertThat(first.write().after()).isNull();
    Moment moment = first.write().writer().moment();
    assertThat(moment.row()).isZero();
    assertThat(maps.value(first.map(), first.key(), moment)).isEmpty();
    assertThat(maps.value(first.map(), first.key(), Moment.before(moment.packet()))).isPresent();
  }
}
