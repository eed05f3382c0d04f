// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.whatif;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tailwalk.controlplane.NodeCompiler;
import org.tailwalk.engine.MapOp;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.packet.Frame;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.FrameSource;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.ResumePoint;
import org.tailwalk.replay.history.ReplayHistory;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.Fault;
import org.tailwalk.scenario.ReplaySettings;
import org.tailwalk.scenario.Scenario;

/**
 * Runs packets on from the middle of a replay with something changed. Each run opens sessions of
 * its own, so that the replay it starts from stays as it is. Used by one thread at a time.
 */
public final class WhatIf {
  private final ReplayHistory history;
  private final Frames frames;
  private final @Nullable ReplayEngine kernel;
  private final @Nullable ReplayEngine model;

  /** Where the frames of the capture are. */
  @FunctionalInterface
  public interface Frames {
    /**
     * A source that begins with a packet.
     *
     * @param packet 1-based
     */
    FrameSource from(long packet) throws IOException;
  }

  /**
   * From a replay.
   *
   * @param kernel null for no kernel lane
   * @param model null for no model; one of them there is
   */
  public WhatIf(
      ReplayHistory history,
      Frames frames,
      @Nullable ReplayEngine kernel,
      @Nullable ReplayEngine model) {
    this.history = history;
    this.frames = frames;
    this.kernel = kernel;
    this.model = model;
  }

  /** What was replayed. */
  public ReplayHistory history() {
    return history;
  }

  /**
   * Runs packets from the variant's on.
   *
   * @param count how many, as far as there are
   * @throws ReplayException when the variant can't be run: an option left out, a map that is full
   */
  public List<PacketReplay> run(Variant variant, int count)
      throws ReplayException, IOException, InterruptedException {
    boolean kernelLane = kernel != null && history.kernel().isPresent();
    boolean modelLane = model != null && history.model().isPresent();
    List<PacketReplay> packets = new ArrayList<>();
    ResumePoint point = point(variant);
    try (CaptureReplay replay =
        CaptureReplay.open(
            kernelLane ? withRoom(variant.scenario(), point) : variant.scenario(),
            kernelLane ? kernel : null,
            modelLane ? model : null)) {
      replay.resume(point, frames(variant, count), packets::add);
    }
    return packets;
  }

  /**
   * Conntrack maps that begin full are as large as what they hold where the variant begins, in the
   * lane that holds more: both are given the same room.
   */
  private static Scenario withRoom(Scenario scenario, ResumePoint point) {
    ReplaySettings s = scenario.settings();
    if (!s.faults().contains(new Fault.ConntrackFull())) {
      return scenario;
    }
    int entries =
        Math.max(
            conntrackEntries(scenario, scenario.kernelConfig(), point.kernel()),
            conntrackEntries(scenario, scenario.modelConfig(), point.model()));
    if (entries == 0) {
      return scenario;
    }
    return scenario.withSettings(
        new ReplaySettings(
            s.gc(),
            s.clockBaseSeconds(),
            s.seed(),
            OptionalInt.of(s.ctCapacity().orElse(0) + entries),
            s.faults(),
            s.rules()));
  }

  /** How many conntrack entries are put into a lane's maps before it runs, at the most. */
  private static int conntrackEntries(
      Scenario scenario, DatapathConfig config, ResumePoint.@Nullable LaneState lane) {
    if (lane == null) {
      return 0;
    }
    int entries = 0;
    for (List<MapOp> ops :
        List.of(
            NodeCompiler.compile(scenario, config).state(),
            lane.fromStart(),
            lane.behindSweeps())) {
      for (MapOp op : ops) {
        if (op instanceof MapOp.Put(MapRef map, _, _) && map.role().conntrack()) {
          entries++;
        }
      }
    }
    return entries;
  }

  private FrameSource frames(Variant variant, int count) throws IOException {
    FrameSource source = FrameSource.limited(frames.from(variant.packet()), count);
    boolean[] first = {true};
    return () -> {
      Frame frame = source.next();
      var other = variant.frame();
      boolean now = first[0];
      first[0] = false;
      return now && other != null && frame != null ? Frame.whole(other, frame.timeNanos()) : frame;
    };
  }

  private ResumePoint point(Variant variant) {
    ResumePoint before = history.resumeAt(variant.packet());
    Scenario was = history.scenario();
    Scenario now = variant.scenario();
    return new ResumePoint(
        before.packet(),
        before.clock(),
        // An edited packet is another than the one that was seen before.
        number ->
            variant.frame() != null && number == variant.packet()
                ? Optional.empty()
                : before.sightings().firstOf(number),
        state(before.kernel(), was, was.kernelConfig(), now, now.kernelConfig(), variant),
        state(before.model(), was, was.modelConfig(), now, now.modelConfig(), variant));
  }

  private static ResumePoint.@Nullable LaneState state(
      ResumePoint.@Nullable LaneState before,
      Scenario was,
      DatapathConfig wasConfig,
      Scenario now,
      DatapathConfig nowConfig,
      Variant variant) {
    if (before == null) {
      return null;
    }
    Set<Place> others = changed(start(was, wasConfig), start(now, nowConfig));
    boolean refuses =
        now.settings().faults().stream().anyMatch(Fault.BufferRefuses.class::isInstance);
    List<MapOp> ops = new ArrayList<>();
    for (MapOp op : before.fromStart()) {
      Place place = place(op);
      if (refuses && place != null && handOver(place.map().role())) {
        // What it held is of a packet that has passed, and now nothing can be written there.
        continue;
      }
      if (place == null || !others.contains(place)) {
        ops.add(op);
      }
    }
    return new ResumePoint.LaneState() {
      @Override
      public List<MapOp> fromStart() {
        return ops;
      }

      @Override
      public Optional<List<MapOp>> fromBefore(long packet) {
        return Optional.empty();
      }

      @Override
      public List<MapOp> behindSweeps() {
        return variant.writes();
      }

      @Override
      public Optional<ResumePoint.LastSweep> lastSweep() {
        return before.lastSweep();
      }
    };
  }

  private static boolean handOver(MapRole role) {
    return role == MapRole.CT_BUFFER4 || role == MapRole.CT_BUFFER6;
  }

  private record Place(MapRef map, MapKey key) {}

  private static @Nullable Place place(MapOp op) {
    return switch (op) {
      case MapOp.Put(MapRef map, MapKey key, _) -> new Place(map, key);
      case MapOp.Delete(MapRef map, MapKey key) -> new Place(map, key);
      case MapOp.EmptySlot _, MapOp.FillSlot _ -> null;
    };
  }

  private static Map<Place, MapValue> start(Scenario scenario, DatapathConfig config) {
    Map<Place, MapValue> start = new HashMap<>();
    for (MapOp op : NodeCompiler.compile(scenario, config).state()) {
      if (op instanceof MapOp.Put(MapRef map, MapKey key, MapValue value)) {
        start.put(new Place(map, key), value);
      }
    }
    return start;
  }

  /** The entries that the control plane would have written otherwise: those begin as it would. */
  private static Set<Place> changed(Map<Place, MapValue> was, Map<Place, MapValue> now) {
    Set<Place> places = new HashSet<>(was.keySet());
    places.addAll(now.keySet());
    places.removeIf(place -> Objects.equals(was.get(place), now.get(place)));
    return places;
  }
}
