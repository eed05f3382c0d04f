// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailwalk.engine.Sweep;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.event.Step;
import org.tailwalk.packet.FlowKey;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.text.Message;

/** Listens to a replay, in capture order, and keeps what comparing needs. Used by one thread. */
public final class SideRecorder {
  private static final long SECOND = 1_000_000_000L;

  private final Scenario scenario;
  private final boolean kernelLane;
  private final CapturePrints.Builder prints = new CapturePrints.Builder();
  private final Map<FlowKey, List<SideRecord.Turn>> turns = new HashMap<>();
  private @Nullable Canon canon;
  private long[] digests = new long[1024];
  private int[] outcomes = new int[1024];
  private final Map<Message, Integer> wordIndex = new LinkedHashMap<>();
  private int count;
  private long firstNanos;
  private long baseNanos = Long.MIN_VALUE;

  /**
   * A recorder of one lane.
   *
   * @param kernelLane of the kernel's, or of the model's
   */
  public SideRecorder(Scenario scenario, boolean kernelLane) {
    this.scenario = scenario;
    this.kernelLane = kernelLane;
  }

  /** Takes in the next packet. */
  public void add(PacketReplay packet) {
    prints.add(packet.frame(), packet.placement() instanceof Placement.DuplicateOf);
    if (count == 0) {
      firstNanos = packet.frame().timeNanos();
    }
    if (count == digests.length) {
      digests = Arrays.copyOf(digests, 2 * count);
      outcomes = Arrays.copyOf(outcomes, 2 * count);
    }
    LaneTrace lane = kernelLane ? packet.kernel() : packet.model();
    long now = 0;
    if (packet.placement() instanceof Placement.Run run) {
      now = run.injection().timeNanos();
      if (baseNanos == Long.MIN_VALUE) {
        baseNanos = now - (packet.frame().timeNanos() - firstNanos);
      }
    }
    // Usually a handful; but a lane under test may answer each packet with another raw code.
    outcomes[count] = wordIndex.computeIfAbsent(Look.outcome(packet, lane), _ -> wordIndex.size());
    digests[count++] = digest(packet, lane, now);
    if (lane != null) {
      lives(packet, lane, now);
    }
  }

  private long digest(PacketReplay packet, @Nullable LaneTrace lane, long now) {
    if (lane == null) {
      return hash(
          1,
          switch (packet.placement()) {
            case Placement.NotRun not -> "not run " + not.reason();
            case Placement.DuplicateOf _ -> "duplicate";
            case Placement.Run _ -> "no lane";
          });
    }
    Canon words = canon;
    if (words == null) {
      words = new Canon(scenario, prints.lastFlow());
      canon = words;
    }
    words.about(prints.lastFlow(), now);
    return digest(words, lane.trace());
  }

  static long digest(Canon words, PathTrace trace) {
    long h = 11;
    for (Step step : trace.steps()) {
      String line = words.line(step.event());
      if (line != null) {
        h = hash(h, line);
      }
    }
    return h;
  }

  private static long hash(long start, String text) {
    long h = start;
    for (int i = 0; i < text.length(); i++) {
      h = h * 0x100000001b3L + text.charAt(i);
    }
    return CapturePrints.mix(h, text.length());
  }

  private void lives(PacketReplay packet, LaneTrace lane, long now) {
    int number = (int) packet.number();
    for (Sweep sweep : lane.sweeps()) {
      for (Sweep.Collected taken : sweep.deleted()) {
        put(
            new SideRecord.Turn(
                number,
                SideRecord.Fate.COLLECTED,
                sweep.firstNanos() - baseNanos,
                sweep.firstNanos() / SECOND - taken.entry().lifetime(),
                taken.tuple()));
      }
    }
    for (Step step : lane.trace().steps()) {
      if (step.event() instanceof PathEvent.Changed change
          && change.map().role().conntrack()
          && change.key() instanceof MapKey.CtTuple tuple) {
        if (change.after() == null) {
          put(new SideRecord.Turn(number, SideRecord.Fate.DELETED, now - baseNanos, 0, tuple));
        } else if (change.before() == null && change.after() instanceof MapValue.CtEntry entry) {
          put(
              new SideRecord.Turn(
                  number,
                  SideRecord.Fate.CREATED,
                  now - baseNanos,
                  entry.lifetime() - now / SECOND,
                  tuple));
        }
      }
    }
  }

  private void put(SideRecord.Turn turn) {
    turns.computeIfAbsent(SideRecord.key(turn.tuple()), _ -> new ArrayList<>(2)).add(turn);
  }

  /** What was kept. */
  public SideRecord done() {
    return new SideRecord(
        scenario,
        kernelLane,
        prints.build(),
        Arrays.copyOf(digests, count),
        turns,
        baseNanos == Long.MIN_VALUE ? 0 : baseNanos,
        Arrays.copyOf(outcomes, count),
        List.copyOf(wordIndex.keySet()));
  }
}
