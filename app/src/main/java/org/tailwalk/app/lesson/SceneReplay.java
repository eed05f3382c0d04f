// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.capture.Capture;
import org.tailwalk.app.capture.CaptureException;
import org.tailwalk.app.capture.CaptureFrames;
import org.tailwalk.app.capture.CaptureProgress;
import org.tailwalk.app.capture.CaptureScenario;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.engine.EngineUnavailableException;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.filter.Filter;
import org.tailwalk.filter.FilterException;
import org.tailwalk.filter.TraceSubject;
import org.tailwalk.filter.Truth;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.ReplaySummary;
import org.tailwalk.replay.history.ConntrackHistory;
import org.tailwalk.replay.history.ReplayHistory;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ScenarioException;

/** A scene, replayed whole and kept: lessons have small captures. */
final class SceneReplay {
  /** A lesson's capture that has more than this is not one a class would follow. */
  static final int MOST_PACKETS = 20_000;

  private final List<PacketReplay> packets;
  private final ReplaySummary summary;
  private final EntryFacts kernelEntries;
  private final EntryFacts modelEntries;
  private final boolean kernel;
  private final boolean model;
  private final boolean sameEra;

  private SceneReplay(
      List<PacketReplay> packets,
      ReplaySummary summary,
      EntryFacts kernelEntries,
      EntryFacts modelEntries,
      CaptureReplay replay,
      boolean sameEra) {
    this.packets = packets;
    this.summary = summary;
    this.kernelEntries = kernelEntries;
    this.modelEntries = modelEntries;
    this.kernel = replay.kernelSession().isPresent();
    this.model = replay.modelSession().isPresent();
    this.sameEra = sameEra;
  }

  /**
   * Replays a scene in the lanes there are.
   *
   * @param fallBack whether the model alone will do where the kernel engine refuses
   */
  static SceneReplay run(LessonScene scene, Lanes lanes, boolean fallBack)
      throws CaptureException, ScenarioException, ReplayException, InterruptedException {
    try (Capture capture = Capture.open(scene.capture().toString(), CaptureProgress.NONE)) {
      if (capture.size() > MOST_PACKETS) {
        throw new CaptureException(
            "read capture: %s: %,d packets; a lesson's capture has at most %,d"
                .formatted(capture.name(), capture.size(), MOST_PACKETS));
      }
      Scenario scenario =
          scene.dress(
              CaptureScenario.find(
                      capture, scene.scenario() == null ? null : scene.scenario().toString())
                  .scenario());
      Lanes.KernelLane lane = lanes.kernel();
      ReplayEngine kernel = lane == null ? null : lane.of(scenario.datapath());
      try (CaptureReplay replay = open(scenario, kernel, lanes, fallBack)) {
        return run(replay, capture, scenario);
      } finally {
        close(kernel);
      }
    }
  }

  private static CaptureReplay open(
      Scenario scenario, @Nullable ReplayEngine kernel, Lanes lanes, boolean fallBack)
      throws ReplayException {
    try {
      return CaptureReplay.open(scenario, kernel, lanes.model());
    } catch (EngineUnavailableException e) {
      if (kernel == null || lanes.model() == null || !fallBack) {
        throw e;
      }
      return CaptureReplay.open(scenario, null, lanes.model());
    }
  }

  private static SceneReplay run(CaptureReplay replay, Capture capture, Scenario scenario)
      throws CaptureException, ReplayException, InterruptedException {
    List<PacketReplay> packets = new ArrayList<>();
    ReplayHistory history = new ReplayHistory(scenario, true, true);
    ReplaySummary.Counter counter = new ReplaySummary.Counter();
    try {
      replay.run(
          new CaptureFrames(capture),
          packet -> {
            packets.add(packet);
            history.add(packet);
            counter.add(packet);
            return true;
          });
    } catch (IOException e) {
      throw new CaptureException("read capture: " + capture.name() + ": " + e.getMessage(), e);
    }
    long first = packets.isEmpty() ? 0 : packets.getFirst().frame().timeNanos();
    return new SceneReplay(
        packets,
        counter.summary(),
        new EntryFacts(new ConntrackHistory(history.kernel().orElseThrow()), first),
        new EntryFacts(new ConntrackHistory(history.model().orElseThrow()), first),
        replay,
        scenario.model() == null || scenario.model() == scenario.datapath().era());
  }

  private static void close(@Nullable ReplayEngine engine) {
    if (engine instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        System.getLogger(SceneReplay.class.getName())
            .log(System.Logger.Level.WARNING, "close engine " + engine.name(), e);
      }
    }
  }

  int size() {
    return packets.size();
  }

  Optional<PacketReplay> packet(int number) {
    return number >= 1 && number <= packets.size()
        ? Optional.of(packets.get(number - 1))
        : Optional.empty();
  }

  /** The packets in which the lanes differ though they ought not to: both are of one era. */
  List<PacketReplay> unmeant() {
    return sameEra ? packets.stream().filter(p -> p.divergence() != null).toList() : List.of();
  }

  boolean ran(Check.Lane lane) {
    return switch (lane) {
      case EACH -> kernel || model;
      case KERNEL -> kernel;
      case MODEL -> model;
    };
  }

  /** The lanes in which a check must hold. */
  List<Check.Lane> lanes(Check.Lane asked) {
    List<Check.Lane> lanes = new ArrayList<>();
    for (Check.Lane lane : new Check.Lane[] {Check.Lane.KERNEL, Check.Lane.MODEL}) {
      if ((asked == Check.Lane.EACH || asked == lane) && ran(lane)) {
        lanes.add(lane);
      }
    }
    return lanes;
  }

  /** What a path says in a lane; null when that packet has no such lane. */
  @Nullable List<String> values(Check.Lane lane, int number, String path) {
    if (number == 0) {
      return capture(lane, path);
    }
    PacketReplay packet = packet(number).orElse(null);
    if (packet == null) {
      return null;
    }
    if (path.equals("placement")) {
      return List.of(packet.placement().getClass().getSimpleName());
    }
    LaneTrace trace = lane == Check.Lane.KERNEL ? packet.kernel() : packet.model();
    return trace == null
        ? null
        : Facts.of(path, packet, trace, lane == Check.Lane.KERNEL ? kernelEntries : modelEntries);
  }

  /**
   * Whether a filter lets a packet pass.
   *
   * @param filter as {@link Filter#parse} reads it
   */
  boolean passes(int number, String filter) {
    PacketReplay packet = packet(number).orElseThrow();
    long first = packets.getFirst().frame().timeNanos();
    long before = packets.get(Math.max(0, number - 2)).frame().timeNanos();
    try {
      return Filter.parse(filter).test(new TraceSubject(packet, first, before, 0, _ -> ""))
          == Truth.YES;
    } catch (FilterException e) {
      throw new IllegalStateException("a filter that was read once: " + filter, e);
    }
  }

  /** The lines of a packet's steps in a lane. */
  List<String> lines(Check.Lane lane, int number) {
    PacketReplay packet = packet(number).orElse(null);
    LaneTrace trace =
        packet == null ? null : lane == Check.Lane.KERNEL ? packet.kernel() : packet.model();
    return trace == null ? List.of() : Facts.lines(trace);
  }

  private List<String> capture(Check.Lane lane, String path) {
    return switch (path) {
      case "packets" -> List.of(Long.toString(summary.packets()));
      case "duplicates" -> List.of(Long.toString(summary.duplicates()));
      case "diverging" -> List.of(Long.toString(summary.diverging()));
      default ->
          List.of(Long.toString(packets.stream().mapToLong(p -> count(p, lane, path)).sum()));
    };
  }

  private static long count(PacketReplay packet, Check.Lane lane, String path) {
    LaneTrace trace = lane == Check.Lane.KERNEL ? packet.kernel() : packet.model();
    if (trace == null) {
      return 0;
    }
    String word = trace.reading().verdict().word();
    boolean counts =
        switch (path) {
          case "run" -> !word.equals("NOT_RUN");
          case "unheard" -> trace.reading().unheard();
          case "dropped" -> word.equals("DROPPED");
          default -> path.equals("verdict." + word);
        };
    return path.equals("collected")
        ? trace.sweeps().stream().mapToLong(s -> s.deleted().size()).sum()
        : counts ? 1 : 0;
  }
}
