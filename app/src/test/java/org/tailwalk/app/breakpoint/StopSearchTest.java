// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.breakpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.session.Annotations;
import org.tailwalk.app.session.Breakpoint;
import org.tailwalk.app.session.Forgetting;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.session.OpenCapture;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.session.SummaryCursor;
import org.tailwalk.app.window.FakeEngine;
import org.tailwalk.app.window.Synthetic;
import org.tailwalk.app.window.WrappedEngine;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.Verdict;
import org.tailwalk.filter.Truth;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.EventText;
import org.tailwalk.replay.PacketReplay;

/** Stops are places of the replay: both directions find the same, and the same state at each. */
final class StopSearchTest {
  private static final int PACKETS = 400;
  private static Replay replay;

  @BeforeAll
  static void run() throws Exception {
    OpenCapture capture = Synthetic.capture(PACKETS);
    Lanes both =
        new Lanes(
            _ -> new FakeEngine("kernel", true), "", "Kernel", new FakeEngine("model", false));
    replay = Replay.run(capture, capture.scenario(), both, (_, _) -> true);
  }

  @AfterAll
  static void close() {
    replay.close();
  }

  private static Annotations with(Breakpoint... points) {
    return Annotations.NONE.withBreakpoints(List.of(points));
  }

  private static Breakpoint on(Breakpoint.On on) {
    return new Breakpoint(1, true, on, "");
  }

  private static Optional<Stop> next(Annotations said, int packet, int row, int step)
      throws Exception {
    return search(replay, said).next(packet, row, step, () -> true, _ -> {});
  }

  private static StopSearch search(Replay in, Annotations said) {
    return new StopSearch(in, said, KeyedPackets.of(in), () -> true);
  }

  private static List<Stop> all(Annotations said, int step) throws Exception {
    List<Stop> stops = new ArrayList<>();
    Optional<Stop> stop = next(said, step > 0 ? 1 : PACKETS + 1, step > 0 ? -1 : 0, step);
    while (stop.isPresent()) {
      stops.add(stop.get());
      stop = next(said, stop.get().packet(), stop.get().row(), step);
    }
    return stops;
  }

  private static PacketReplay packet(int number) throws Exception {
    return replay.packet(number, (_, _) -> true);
  }

  @Test
  void eachKindStopsWhereItSays() throws Exception {
    List<Stop> drops = all(with(on(new Breakpoint.Drop("Policy denied"))), 1);
    assertThat(drops).hasSize(PACKETS / 10);
    assertThat(drops.getFirst().packet()).isEqualTo(5);

    Stop parts = all(with(on(new Breakpoint.Divergence(""))), 1).getFirst();
    assertThat(parts.packet()).isEqualTo(40);
    assertThat(packet(40).rows().get(parts.row()).same()).isFalse();

    Stop begins = all(with(on(new Breakpoint.Program("tail_ipv4_ct_egress"))), 1).getFirst();
    AlignedStep row = packet(begins.packet()).rows().get(begins.row());
    assertThat(row.either().event())
        .isInstanceOfSatisfying(
            PathEvent.Entered.class, e -> assertThat(e.program().id()).isEqualTo("2/29"));

    Stop call = all(with(on(new Breakpoint.TailCall(7, Breakpoint.Outcome.TAKEN))), 1).getFirst();
    assertThat(packet(call.packet()).rows().get(call.row()).either().event())
        .isInstanceOf(PathEvent.TailCallTaken.class);

    Stop write =
        all(with(on(new Breakpoint.MapEntry("ct_tcp4", "", Breakpoint.Access.WRITE))), 1)
            .getFirst();
    assertThat(packet(write.packet()).rows().get(write.row()).either().event())
        .isInstanceOf(PathEvent.MapEvent.class);
    assertThat(
            all(
                with(on(new Breakpoint.MapEntry("ct_tcp4", "no such key", Breakpoint.Access.ANY))),
                1))
        .isEmpty();

    Stop time = all(with(on(new Breakpoint.Time(100_000_000))), 1).getFirst();
    assertThat(time).isEqualTo(new Stop(81, 0, 1));
    assertThat(all(with(on(new Breakpoint.Time(Long.MAX_VALUE))), 1)).isEmpty();

    List<Stop> told = all(with(on(new Breakpoint.Notification("drop"))), 1);
    assertThat(told).isNotEmpty();
    assertThat(packet(told.getFirst().packet()).rows().get(told.getFirst().row()).either().event())
        .isInstanceOf(PathEvent.Notified.class);
  }

  @Test
  void aConditionAndASwitchHoldItBack() throws Exception {
    Breakpoint packet = new Breakpoint(1, true, new Breakpoint.Packet(), "tcp.port == 8080");
    assertThat(all(with(packet), 1).stream().map(Stop::packet).limit(3)).containsExactly(5, 15, 25);
    assertThat(all(with(packet.withEnabled(false)), 1)).isEmpty();
    Breakpoint unread = new Breakpoint(1, true, new Breakpoint.Packet(), "tcp.prot == 8080");
    assertThat(all(with(unread), 1)).isEmpty();
    Breakpoint deep =
        new Breakpoint(1, true, new Breakpoint.Drop(""), "ip.ttl == 64 && step contains \"8080\"");
    assertThat(all(with(deep), 1)).allSatisfy(s -> assertThat(s.packet() % 10).isEqualTo(5));
  }

  @Test
  void forwardAndBackFindTheSameStopsWithTheSameStateAtEach() throws Exception {
    forwardAndBack(5, 4, 150);
  }

  @Test
  @Tag("full")
  void forwardAndBackFindTheSameStopsForLong() throws Exception {
    forwardAndBack(6, 20, 800);
  }

  private static void forwardAndBack(int seed, int rounds, int enough) throws Exception {
    List<Breakpoint.On> kinds =
        List.of(
            new Breakpoint.Program("2/7"),
            new Breakpoint.Program("tail_handle_ipv4_cont"),
            new Breakpoint.TailCall(-1, Breakpoint.Outcome.EITHER),
            new Breakpoint.MapEntry("ct_tcp4", "/:80 proto/", Breakpoint.Access.ANY),
            new Breakpoint.MapEntry("", "", Breakpoint.Access.READ),
            new Breakpoint.MapEntry("ct_tcp4", "10.0.0.11:2001", Breakpoint.Access.WRITE),
            new Breakpoint.MapEntry("policy", "{1001, 80", Breakpoint.Access.READ),
            new Breakpoint.MapEntry("policy", "{1001, 80", Breakpoint.Access.DELETE),
            new Breakpoint.MapEntry("", "policy denied", Breakpoint.Access.ANY),
            new Breakpoint.MapEntry("", "/policy denied/", Breakpoint.Access.ANY),
            new Breakpoint.Conntrack("", "", ""),
            new Breakpoint.Conntrack("syn", "active", ""),
            new Breakpoint.Conntrack("", "", "new"),
            new Breakpoint.Drop(""),
            new Breakpoint.Divergence(""),
            new Breakpoint.Notification(""),
            new Breakpoint.Packet(),
            new Breakpoint.Time(77_000_000));
    String[] conditions = {
      "",
      "tcp",
      "frame.number < 200",
      "verdict == dropped or diverges",
      "ip.ttl == 64",
      "ip.ttl == 3 or udp",
      "ip.len > 41 and step contains \"gre\"",
      "map.key contains \"8080\""
    };
    Random random = new Random(seed);
    int stops = 0;
    for (int round = 0; round < rounds; round++) {
      List<Breakpoint> points = new ArrayList<>();
      for (int i = 1; i <= 1 + random.nextInt(3); i++) {
        points.add(
            new Breakpoint(
                i,
                true,
                kinds.get(random.nextInt(kinds.size())),
                conditions[random.nextInt(conditions.length)]));
      }
      Annotations said = Annotations.NONE.withBreakpoints(points);
      List<Stop> forward = all(said, 1);
      assertThat(forward).as("%s", points).isEqualTo(inAllTraces(said));
      List<Stop> back = new ArrayList<>(all(said, -1));
      Collections.reverse(back);
      assertThat(back).as("%s", points).isEqualTo(forward);
      stops += forward.size();
      BitSet may = search(replay, said).mayStop(() -> true);
      assertThat(forward).allSatisfy(s -> assertThat(may.get(s.packet())).isTrue());
    }
    assertThat(stops).as("a property of nothing proves nothing").isGreaterThan(enough);
  }

  /** What is found by looking at every trace, whatever else is kept of a packet. */
  private static List<Stop> inAllTraces(Annotations said) throws Exception {
    List<Stop> stops = new ArrayList<>();
    SummaryCursor cursor = replay.summaries().cursor().with(said);
    for (int number = 1; number <= PACKETS; number++) {
      PacketReplay packet = packet(number);
      Map<Integer, Integer> rows = new TreeMap<>();
      for (Breakpoint point : said.breakpoints()) {
        Watch watch = Watch.of(point);
        if ((!watch.once() || number == watch.onlyPacket(replay.summaries()))
            && watch.passes(cursor.at(packet)) == Truth.YES) {
          watch.rows(packet).stream().forEach(row -> rows.putIfAbsent(row, point.id()));
        }
      }
      for (Map.Entry<Integer, Integer> row : rows.entrySet()) {
        stops.add(new Stop(number, row.getKey(), row.getValue()));
      }
    }
    return stops;
  }

  @Test
  void whatKeysAndBytesDecideRunsNothingAgain() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    OpenCapture capture = Synthetic.capture(PACKETS);
    try (Replay counted =
        Replay.run(
            capture,
            capture.scenario(),
            Lanes.modelAlone(
                "not in this test",
                WrappedEngine.heard(new FakeEngine("model", false), runs::incrementAndGet)),
            (_, _) -> true)) {
      Forgetting.forget(counted);
      runs.set(0);
      for (Breakpoint point :
          List.of(
              on(new Breakpoint.MapEntry("", "no such key", Breakpoint.Access.ANY)),
              on(new Breakpoint.MapEntry("ct_tcp4", "10.0.0.11", Breakpoint.Access.DELETE)),
              new Breakpoint(1, true, new Breakpoint.Packet(), "ip.ttl == 3"),
              new Breakpoint(1, true, new Breakpoint.Drop(""), "ip.ttl == 3 and steps > 2"))) {
        for (int step : new int[] {1, -1}) {
          assertThat(search(counted, with(point)).next(PACKETS / 2, 0, step, () -> true, _ -> {}))
              .isEmpty();
        }
      }
      assertThat(runs).hasValue(0);
      // One packet's stretch, whose other packets come along.
      Breakpoint here =
          on(new Breakpoint.MapEntry("ct_tcp4", "10.0.0.11:20030", Breakpoint.Access.WRITE));
      Optional<Stop> found = search(counted, with(here)).next(1, 0, 1, () -> true, _ -> {});
      assertThat(found).hasValueSatisfying(stop -> assertThat(stop.packet()).isEqualTo(301));
      assertThat(runs.get()).isBetween(1, 64);
    }
  }

  @Test
  void aSearchThatIsToldToStopFindsNothing() throws Exception {
    Annotations said =
        with(on(new Breakpoint.Time(Long.MAX_VALUE - 1)), on(new Breakpoint.Drop("")));
    assertThat(search(replay, said).next(1, 0, 1, () -> false, _ -> {})).isEmpty();
  }

  @Test
  void keysAreLookedForOnceAndNotOnceTheSearchIsToldToStop() throws Exception {
    Breakpoint.MapEntry wanted =
        new Breakpoint.MapEntry("ct_tcp4", "10.0.0.11:20030", Breakpoint.Access.WRITE);
    KeyedPackets known = KeyedPackets.of(replay);
    AtomicInteger tested = new AtomicInteger();
    Predicate<MapKey> test =
        key -> {
          tested.incrementAndGet();
          return EventText.key(key).contains(wanted.key());
        };
    assertThat(known.of(wanted, "ct_tcp4"::equals, test, () -> false)).isEqualTo(new BitSet());
    assertThat(tested).hasValue(0);
    assertThat(new StopSearch(replay, with(on(wanted)), known, () -> false).mayStop(() -> true))
        .isEqualTo(new BitSet());

    BitSet found = known.of(wanted, "ct_tcp4"::equals, test, () -> true);
    assertThat(found.stream()).contains(301);
    assertThat(tested.get()).isPositive();
    tested.set(0);
    assertThat(known.of(wanted, "ct_tcp4"::equals, test, () -> true)).isSameAs(found);
    assertThat(tested).hasValue(0);
  }

  @Test
  void aReplayWithoutKeysIsSearchedByItsTraces() throws Exception {
    OpenCapture capture = Synthetic.capture(PACKETS);
    try (Replay unkeyed =
        Replay.runUnkeyed(
            capture,
            capture.scenario(),
            Lanes.modelAlone("not in this test", new FakeEngine("model", false)),
            (_, _) -> true,
            (_, _) -> {})) {
      assertThat(unkeyed.summaries().keys()).isEmpty();
      Breakpoint here =
          on(new Breakpoint.MapEntry("ct_tcp4", "10.0.0.11:20030", Breakpoint.Access.WRITE));
      assertThat(search(unkeyed, with(here)).next(1, 0, 1, () -> true, _ -> {}))
          .hasValueSatisfying(stop -> assertThat(stop.packet()).isEqualTo(301));
    }
  }

  @Test
  void everyStepOfferedToBreakOnIsStoppedAt() throws Exception {
    for (int number : IntStream.of(1, 5, 40).toArray()) {
      PacketReplay packet = packet(number);
      for (AlignedStep row : packet.rows()) {
        PathEvent event = row.either().event();
        for (Breakpoint.On on : Suggestions.of(event, 0)) {
          if (event instanceof PathEvent.VerdictReached(Verdict v)
                  && !(v instanceof Verdict.Dropped)
              || event instanceof PathEvent.Returned
              || event instanceof PathEvent.RedirectCalled
              || on instanceof Breakpoint.Drop) {
            continue;
          }
          assertThat(next(with(on(on)), number, row.index() - 2, 1))
              .as("%s at %s", on, row.id(number))
              .contains(new Stop(number, row.index() - 1, 1));
        }
      }
    }
  }
}
