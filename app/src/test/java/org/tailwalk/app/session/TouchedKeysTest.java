// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tailwalk.app.capture.Capture;
import org.tailwalk.app.capture.CaptureFrames;
import org.tailwalk.app.capture.CaptureProgress;
import org.tailwalk.app.capture.CaptureScenario;
import org.tailwalk.app.window.FakeEngine;
import org.tailwalk.app.window.Synthetic;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.Step;
import org.tailwalk.filter.Shapes;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.Frame;
import org.tailwalk.replay.AlignedStep;

/** Keys come back from their bytes as the steps had them, with the packets that name them. */
final class TouchedKeysTest {
  /** A key as a step names it. */
  private record Named(String map, MapKey key, Breakpoint.Access access) {}

  private static Map<Named, BitSet> inAllTraces(Replay replay) throws Exception {
    Map<Named, BitSet> named = new HashMap<>();
    for (int number = 1; number <= replay.summaries().size(); number++) {
      for (AlignedStep row : replay.packet(number, (_, _) -> true).rows()) {
        for (Step step : new Step[] {row.kernel(), row.model()}) {
          if (step != null && step.event() instanceof PathEvent.MapEvent e) {
            String map = Shapes.mapName(e.map());
            Breakpoint.Access access = Breakpoint.Access.of(e);
            named.computeIfAbsent(new Named(map, e.key(), access), _ -> new BitSet()).set(number);
            named
                .computeIfAbsent(new Named(map, e.key(), Breakpoint.Access.ANY), _ -> new BitSet())
                .set(number);
          }
        }
      }
    }
    return named;
  }

  private static void sameAsInTraces(Replay replay) throws Exception {
    TouchedKeys keys = replay.summaries().keys().orElseThrow();
    Map<Named, BitSet> named = inAllTraces(replay);
    assertThat(named).as("a property of nothing proves nothing").isNotEmpty();
    for (Map.Entry<Named, BitSet> each : named.entrySet()) {
      Named wanted = each.getKey();
      assertThat(
              keys.packets(wanted.map()::equals, wanted.key()::equals, wanted.access(), () -> true))
          .as("%s", wanted)
          .contains(each.getValue());
    }
  }

  @Test
  void everyKeyIsFoundInThePacketsWhoseStepsNameIt() throws Exception {
    OpenCapture capture = Synthetic.capture(400);
    Lanes both =
        new Lanes(
            _ -> new FakeEngine("kernel", true), "", "Kernel", new FakeEngine("model", false));
    try (Replay replay = Replay.run(capture, capture.scenario(), both, (_, _) -> true)) {
      sameAsInTraces(replay);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"services", "ipv6", "fragments", "denied", "pod-to-pod"})
  void keysOfAllKindsComeBackFromTheirBytes(String sample) throws Exception {
    Path file = Path.of("../samples", sample, "capture.pcap");
    try (Capture capture = Capture.open(file.toString(), CaptureProgress.NONE)) {
      OpenCapture open =
          new OpenCapture(
              sample,
              (int) capture.size(),
              () -> new CaptureFrames(capture),
              CaptureScenario.find(capture, null).scenario(),
              List.of(),
              List.of(),
              () -> {});
      try (Replay replay =
          Replay.run(
              open,
              open.scenario(),
              Lanes.modelAlone("not in this test", new ModelReplayEngine()),
              (_, _) -> true)) {
        sameAsInTraces(replay);
      }
    }
  }

  /** A scan: each packet a connection of its own. */
  private static Replay scan(int packets) throws Exception {
    OpenCapture capture =
        Synthetic.read(
            Synthetic.capture(packets),
            () -> {
              int[] next = new int[1];
              return () -> next[0] == packets ? null : knock(next[0]++);
            });
    return Replay.run(
        capture,
        capture.scenario(),
        Lanes.modelAlone("not in this test", new FakeEngine("model", false)),
        (_, _) -> true);
  }

  private static Frame knock(int index) {
    byte[] frame = Synthetic.frame(1).data().toArray();
    frame[36] = (byte) (index >> 8);
    frame[37] = (byte) index;
    return Frame.whole(Bytes.copyOf(frame), 1_700_000_000_000_000_000L + index * 10_000L);
  }

  @Test
  void aKeyThatOnePacketNamesCostsLittleMoreThanItsBytes() throws Exception {
    try (Replay replay = scan(20_000)) {
      // Two tuples of 14 bytes each, and the keys of the policy that all packets share.
      assertThat(replay.summaries().keys().orElseThrow().footprint() / 20_000).isBetween(28L, 60L);
    }
  }

  @Test
  void aSearchThatIsToldToStopLooksAtFewMoreKeys() throws Exception {
    try (Replay replay = scan(6_000)) {
      TouchedKeys keys = replay.summaries().keys().orElseThrow();
      AtomicInteger tested = new AtomicInteger();
      assertThat(
              keys.packets(
                  _ -> true,
                  _ -> tested.incrementAndGet() > 0,
                  Breakpoint.Access.ANY,
                  () -> tested.get() == 0))
          .isEmpty();
      assertThat(tested.get()).isBetween(1, 1 << 12);
      assertThat(keys.packets(_ -> true, _ -> true, Breakpoint.Access.ANY, () -> true))
          .hasValueSatisfying(found -> assertThat(found.cardinality()).isEqualTo(6_000));
    }
  }
}
