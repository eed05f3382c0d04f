// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tailwalk.controlplane.NodeCompiler;
import org.tailwalk.engine.MapOp;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.engine.Sweep;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.replay.ResumePoint;
import org.tailwalk.replay.VirtualClock;
import org.tailwalk.scenario.Fault;
import org.tailwalk.scenario.Scenario;

/**
 * What a whole replay leaves behind for going back in time: the maps of each lane at any moment,
 * and where a lane can go on from at any packet. Told of every packet in capture order by one
 * thread; may be asked by others meanwhile.
 */
public final class ReplayHistory {
  private final Scenario scenario;
  private final @Nullable MapHistory kernel;
  private final @Nullable MapHistory model;
  private final VirtualClock clock;
  private final IntColumn clockHigh = new IntColumn();
  private final IntColumn clockLow = new IntColumn();
  private final Map<Long, Long> firstSightings = new HashMap<>();
  private final List<SweepNote> sweepNotes = new ArrayList<>();
  private final TreeMap<Long, ResumePoint.LastSweep> kernelSweeps = new TreeMap<>();
  private final TreeMap<Long, ResumePoint.LastSweep> modelSweeps = new TreeMap<>();

  /** Of a replay with these lanes; at least one. */
  public ReplayHistory(Scenario scenario, boolean kernelLane, boolean modelLane) {
    this.scenario = scenario;
    this.clock = new VirtualClock(scenario.settings().clockBaseSeconds());
    this.kernel =
        kernelLane
            ? new MapHistory(
                true, NodeCompiler.compile(scenario, scenario.kernelConfig()), this::clockNanos)
            : null;
    this.model =
        modelLane
            ? new MapHistory(
                false, NodeCompiler.compile(scenario, scenario.modelConfig()), this::clockNanos)
            : null;
  }

  /** Of a replay that was opened and has not run yet: reads what is in its maps. */
  public static ReplayHistory of(Scenario scenario, CaptureReplay replay) throws ReplayException {
    ReplaySession kernelSession = replay.kernelSession().orElse(null);
    ReplaySession modelSession = replay.modelSession().orElse(null);
    ReplayHistory history =
        new ReplayHistory(scenario, kernelSession != null, modelSession != null);
    if (history.kernel != null && kernelSession != null) {
      history.kernel.begin(kernelSession);
    }
    if (history.model != null && modelSession != null) {
      history.model.begin(modelSession);
    }
    return history;
  }

  /** Takes in the next packet, in capture order. */
  public void add(PacketReplay packet) {
    synchronized (this) {
      clock.advance(packet.frame().timeNanos());
      clockHigh.add((int) (clock.furthestNanos() >>> 32));
      clockLow.add((int) clock.furthestNanos());
      if (packet.placement() instanceof Placement.DuplicateOf(long first, _)) {
        firstSightings.put(packet.number(), first);
      }
      packet.primary().ifPresent(lane -> note(packet.number(), lane));
      sweeps(packet.number(), packet.kernel(), kernelSweeps);
      sweeps(packet.number(), packet.model(), modelSweeps);
    }
    if (kernel != null) {
      kernel.add(packet);
    }
    if (model != null) {
      model.add(packet);
    }
  }

  private void note(long packet, LaneTrace lane) {
    for (Sweep sweep : lane.sweeps()) {
      if (sweep.cause() != Sweep.Cause.START || !sweep.deleted().isEmpty()) {
        sweepNotes.add(
            new SweepNote(
                packet, sweep.firstNanos(), sweep.count(), sweep.deleted().size(), sweep.cause()));
      }
    }
  }

  /** The sweeps so far, in order; the one at the start only if it took something. */
  public synchronized List<SweepNote> sweepNotes() {
    return List.copyOf(sweepNotes);
  }

  private static void sweeps(
      long packet, @Nullable LaneTrace lane, TreeMap<Long, ResumePoint.LastSweep> all) {
    if (lane != null && !lane.sweeps().isEmpty()) {
      Sweep last = lane.sweeps().getLast();
      all.put(packet, new ResumePoint.LastSweep(last.lastNanos(), last.nextNanos()));
    }
  }

  /** What was replayed against. */
  public Scenario scenario() {
    return scenario;
  }

  /** How many packets were taken in. */
  public synchronized long packets() {
    return clockLow.size();
  }

  /** The maps of the kernel lane; empty without one. */
  public Optional<MapHistory> kernel() {
    return Optional.ofNullable(kernel);
  }

  /** The maps of the model; empty without one. */
  public Optional<MapHistory> model() {
    return Optional.ofNullable(model);
  }

  /** The kernel lane's maps, or the model's where there is no kernel lane. */
  public MapHistory primary() {
    MapHistory one = kernel != null ? kernel : model;
    if (one == null) {
      throw new IllegalStateException("a replay has a lane");
    }
    return one;
  }

  /** Virtual time when a packet ran, nanoseconds; of packets not known yet, the last one's. */
  public synchronized long clockNanos(long packet) {
    return clockAt(Math.min(packet, clockLow.size())).nowNanos();
  }

  private VirtualClock clockAt(long packet) {
    long base = scenario.settings().clockBaseSeconds();
    return packet < 1
        ? new VirtualClock(base)
        : VirtualClock.resumed(base, clock.firstNanos(), furthest(packet));
  }

  private long furthest(long packet) {
    int at = (int) packet - 1;
    return (long) clockHigh.get(at) << 32 | clockLow.get(at) & 0xffffffffL;
  }

  /** When the collector of the primary lane is due next as known at a packet; empty for never. */
  public synchronized Optional<Long> nextSweepNanos(long packet) {
    TreeMap<Long, ResumePoint.LastSweep> sweeps = kernel != null ? kernelSweeps : modelSweeps;
    return Optional.ofNullable(sweeps.floorEntry(packet)).map(e -> e.getValue().nextNanos());
  }

  /** Whether going on from the middle gives what going on from the start gave. */
  public boolean exact() {
    return (kernel == null || kernel.gaps() == 0) && (model == null || model.gaps() == 0);
  }

  /**
   * Where a replay goes on that is to begin with a packet.
   *
   * @param packet 1-based, at most one behind the last that was taken in
   */
  public synchronized ResumePoint resumeAt(long packet) {
    if (packet < 1 || packet > packets() + 1) {
      throw new IllegalArgumentException("packet " + packet + " is not in 1.." + (packets() + 1));
    }
    return new ResumePoint(
        packet,
        clockAt(packet - 1),
        number -> Optional.ofNullable(firstSightings.get(number)),
        kernel == null ? null : new State(kernel, packet, kernelSweeps.lowerEntry(packet)),
        model == null ? null : new State(model, packet, modelSweeps.lowerEntry(packet)));
  }

  /** Memory taken, bytes; roughly. */
  public long footprint() {
    long all = clockHigh.footprint() * 2 + firstSightings.size() * 80L;
    all += (kernelSweeps.size() + modelSweeps.size()) * 96L;
    all += kernel == null ? 0 : kernel.footprint();
    return all + (model == null ? 0 : model.footprint());
  }

  private final class State implements ResumePoint.LaneState {
    private final MapHistory maps;
    private final long packet;
    private final Map.@Nullable Entry<Long, ResumePoint.LastSweep> sweep;

    State(MapHistory maps, long packet, Map.@Nullable Entry<Long, ResumePoint.LastSweep> sweep) {
      this.maps = maps;
      this.packet = packet;
      this.sweep = sweep;
    }

    @Override
    public List<MapOp> fromStart() {
      return maps.ops(Moment.START, Moment.before(packet));
    }

    /** Maps that are kept full on purpose take no entry back: those begin anew. */
    @Override
    public Optional<List<MapOp>> fromBefore(long other) {
      boolean full =
          scenario.settings().faults().stream().anyMatch(f -> f instanceof Fault.ConntrackFull);
      return full || !exact()
          ? Optional.empty()
          : Optional.of(maps.ops(Moment.before(other), Moment.before(packet)));
    }

    @Override
    public Optional<ResumePoint.LastSweep> lastSweep() {
      return Optional.ofNullable(sweep).map(Map.Entry::getValue);
    }
  }
}
