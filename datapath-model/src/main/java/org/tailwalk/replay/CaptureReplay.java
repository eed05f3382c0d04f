// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tailwalk.controlplane.Collector;
import org.tailwalk.controlplane.NodeCompiler;
import org.tailwalk.engine.EngineUnavailableException;
import org.tailwalk.engine.Injection;
import org.tailwalk.engine.MapOp;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.engine.Sweep;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.event.Step;
import org.tailwalk.packet.Frame;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Scenario;

/**
 * Replays a capture in one lane or two. A reader thread plans the frames, each lane runs on a
 * thread of its own, and the calling thread compares and hands packets on in capture order. All
 * queues are bounded: a slow sink slows the reader.
 */
public final class CaptureReplay implements AutoCloseable {
  private static final int BATCH = 64;
  private static final int QUEUED_BATCHES = 16;

  private final Scenario scenario;
  private final @Nullable Lane kernel;
  private final @Nullable Lane model;
  private final List<Lane> lanes;
  private final TraceDiff diff;
  private volatile boolean cancelled;

  private CaptureReplay(Scenario scenario, @Nullable Lane kernel, @Nullable Lane model) {
    this.scenario = scenario;
    this.kernel = kernel;
    this.model = model;
    this.lanes = Stream.of(kernel, model).filter(Objects::nonNull).toList();
    this.diff = new TraceDiff(scenario.kernelConfig(), scenario.modelConfig(), object(scenario));
  }

  /** The file's name, where the kernel lane runs somebody's object. */
  private static String object(Scenario scenario) {
    return scenario.datapath().source() instanceof DatapathSpec.ObjectFile(String path)
        ? path.substring(path.lastIndexOf('/') + 1)
        : "";
  }

  /**
   * Opens the lanes asked for; at least one.
   *
   * @param kernel null for no kernel lane
   * @param model null for no model lane
   * @throws EngineUnavailableException when a lane can't run on this machine
   */
  public static CaptureReplay open(
      Scenario scenario, @Nullable ReplayEngine kernel, @Nullable ReplayEngine model)
      throws ReplayException {
    if (kernel == null && model == null) {
      throw new IllegalArgumentException("a replay needs a lane");
    }
    Lane kernelLane =
        kernel == null ? null : Lane.open(scenario, scenario.kernelConfig(), kernel, true);
    Lane modelLane = null;
    try {
      modelLane = model == null ? null : Lane.open(scenario, scenario.modelConfig(), model, false);
      return new CaptureReplay(scenario, kernelLane, modelLane);
    } finally {
      if (model != null && modelLane == null && kernelLane != null) {
        kernelLane.session.close();
      }
    }
  }

  /** The kernel lane's session; empty without one. Not to be used while {@link #run} runs. */
  public Optional<ReplaySession> kernelSession() {
    return Optional.ofNullable(kernel).map(l -> l.session);
  }

  /** The model lane's session; empty without one. Not to be used while {@link #run} runs. */
  public Optional<ReplaySession> modelSession() {
    return Optional.ofNullable(model).map(l -> l.session);
  }

  /** What to tell when a map has filled and agreement can no longer be claimed; empty so far. */
  public Optional<String> full() {
    return lanes().stream().flatMap(l -> l.fill.full().stream()).findFirst();
  }

  /** Ends a running replay soon; may be called from any thread. */
  public void cancel() {
    cancelled = true;
  }

  /** Whether somebody cancelled. */
  public boolean cancelled() {
    return cancelled;
  }

  /**
   * Replays a capture from a fresh state. Can be called again: the lanes are reset first.
   *
   * @param sink called by this thread, in capture order
   * @return how many packets the sink received
   * @throws IOException when the capture can't be read on
   * @throws ReplayException when a lane can't go on
   */
  public long run(FrameSource frames, ReplaySink sink)
      throws IOException, ReplayException, InterruptedException {
    for (Lane lane : lanes()) {
      lane.prepare(scenario);
    }
    return run(frames, new InjectionPlanner(scenario), 1, sink);
  }

  /**
   * Replays on from a packet without running those before it: writes the state they left into the
   * lanes' maps and goes on. A source that ends soon leaves the lanes where the next call may only
   * need a few writes.
   *
   * @param point what the packets before left; made from a whole run of the same capture
   * @param frames from that packet on
   * @param sink called by this thread, in capture order
   * @return how many packets the sink received
   * @throws IOException when the capture can't be read on
   * @throws ReplayException when a lane can't go on
   */
  public long resume(ResumePoint point, FrameSource frames, ReplaySink sink)
      throws IOException, ReplayException, InterruptedException {
    for (Lane lane : lanes()) {
      ResumePoint.LaneState state = lane.isKernel ? point.kernel() : point.model();
      if (state == null) {
        throw new IllegalArgumentException("nothing is known of the " + lane.name + " lane");
      }
      lane.prepare(scenario, point.packet(), state);
    }
    return run(frames, new InjectionPlanner(scenario, point), point.packet(), sink);
  }

  private long run(FrameSource frames, InjectionPlanner planner, long first, ReplaySink sink)
      throws IOException, ReplayException, InterruptedException {
    Pump pump = new Pump(frames, planner, first);
    pump.start();
    long delivered;
    try {
      delivered = deliver(pump, sink);
    } finally {
      pump.stop();
    }
    if (pump.whole) {
      lanes().forEach(lane -> lane.before = first + delivered);
    }
    return delivered;
  }

  private List<Lane> lanes() {
    return lanes;
  }

  private long deliver(Pump pump, ReplaySink sink)
      throws IOException, ReplayException, InterruptedException {
    long delivered = 0;
    while (true) {
      Batch batch = pump.done.take();
      if (batch.last && batch.items.isEmpty() && batch.failure == null) {
        pump.whole = !cancelled;
        return delivered;
      }
      batch.await();
      for (Item item : batch.items) {
        if (cancelled) {
          return delivered;
        }
        for (Lane lane : lanes()) {
          Exception failure = item.failure(lane);
          if (failure != null) {
            throw new ReplayException(
                "packet " + item.number + ": " + lane.name + ": " + failure.getMessage(), failure);
          }
        }
        delivered++;
        if (!sink.accept(packet(item))) {
          return delivered;
        }
      }
      switch (batch.failure) {
        case IOException e -> throw e;
        case RuntimeException e -> throw e;
        case null, default -> {}
      }
    }
  }

  private PacketReplay packet(Item item) {
    LaneTrace k = item.kernel;
    LaneTrace m = item.model;
    List<AlignedStep> rows = List.of();
    Divergence divergence = null;
    if (k != null && m != null) {
      TraceDiff.Comparison comparison = diff.compare(k.trace(), m.trace());
      rows = comparison.rows();
      divergence = comparison.divergence();
    } else if (k != null) {
      rows = TraceDiff.single(k.trace(), true);
    } else if (m != null) {
      rows = TraceDiff.single(m.trace(), false);
    }
    return new PacketReplay(item.number, item.frame, item.placement, k, m, rows, divergence);
  }

  /** Closes both lanes. */
  @Override
  public void close() {
    cancelled = true;
    lanes().forEach(lane -> lane.session.close());
  }

  /** A packet on its way through the lanes. */
  private static final class Item {
    final long number;
    final Frame frame;
    final Placement placement;
    volatile @Nullable LaneTrace kernel;
    volatile @Nullable LaneTrace model;
    volatile @Nullable Exception kernelFailure;
    volatile @Nullable Exception modelFailure;

    Item(long number, Frame frame, Placement placement) {
      this.number = number;
      this.frame = frame;
      this.placement = placement;
    }

    void fail(Lane lane, Exception e) {
      if (lane.isKernel) {
        kernelFailure = e;
      } else {
        modelFailure = e;
      }
    }

    @Nullable Exception failure(Lane lane) {
      return lane.isKernel ? kernelFailure : modelFailure;
    }
  }

  /** Packets that travel together; few when the reader waits for its source, many under load. */
  private static final class Batch {
    final List<Item> items = new ArrayList<>(BATCH);
    final boolean last;
    final @Nullable Exception failure;
    private int open;

    Batch(int lanes, boolean last, @Nullable Exception failure) {
      this.open = lanes;
      this.last = last;
      this.failure = failure;
    }

    synchronized void laneDone() {
      open--;
      notifyAll();
    }

    synchronized void await() throws InterruptedException {
      while (open > 0) {
        wait();
      }
    }
  }

  /** An engine's session with the collector that keeps its maps. */
  private static final class Lane {
    final String name;
    final boolean isKernel;
    final ReplaySession session;
    final DatapathConfig config;
    final FillWatch fill;
    private Collector collector;
    private boolean used;

    /** Whether entries are counted: in runs from the first packet on. */
    private boolean watching;

    /** Writes before the next packet's first program. */
    private List<MapOp> pending = List.of();

    /** The maps are as they are before this packet; 0 when that isn't known. */
    private long before;

    private Lane(
        boolean isKernel, ReplaySession session, DatapathConfig config, Collector collector) {
      this.name = isKernel ? "kernel" : "model";
      this.isKernel = isKernel;
      this.session = session;
      this.config = config;
      this.collector = collector;
      this.fill = new FillWatch(session.evicting());
    }

    static Lane open(
        Scenario scenario, DatapathConfig config, ReplayEngine engine, boolean isKernel)
        throws ReplayException {
      return new Lane(
          isKernel,
          engine.open(NodeCompiler.compile(scenario, config)),
          config,
          collector(scenario, config));
    }

    private static Collector collector(Scenario scenario, DatapathConfig config) {
      return new Collector(scenario.settings().gc(), config, scenario.node().endpoints().size());
    }

    void prepare(Scenario scenario) throws ReplayException {
      fill.reset(NodeCompiler.compile(scenario, config).state());
      watching = true;
      if (used) {
        before = 0;
        session.reset();
        collector = collector(scenario, config);
      }
      used = true;
      pending = List.of();
    }

    void prepare(Scenario scenario, long packet, ResumePoint.LaneState state)
        throws ReplayException {
      // What filled the maps was seen by the run that this one goes on from.
      watching = false;
      List<MapOp> near = used && before > 0 ? state.fromBefore(before).orElse(null) : null;
      before = 0;
      if (near == null) {
        if (used) {
          session.reset();
        }
        near = state.fromStart();
      }
      used = true;
      if (!near.isEmpty()) {
        session.apply(near);
      }
      collector = collector(scenario, config);
      pending = state.behindSweeps();
      state.lastSweep().ifPresent(s -> collector.resume(s.lastNanos(), s.nextNanos()));
    }

    LaneTrace run(Injection injection) throws ReplayException {
      before = 0;
      if (session.recordedSweeps() != null) {
        PathTrace trace = session.send(injection);
        List<Sweep> sweeps = session.recordedSweeps();
        return new LaneTrace(
            trace, Reading.of(trace, config.era()), sweeps == null ? List.of() : sweeps);
      }
      List<Sweep> sweeps = new ArrayList<>(collector.advance(injection.timeNanos(), session));
      if (!pending.isEmpty()) {
        session.apply(pending);
        pending = List.of();
      }
      PathTrace trace = session.send(injection);
      for (Step step : trace.steps()) {
        if (step.event() instanceof PathEvent.Notified(_, Notification.Signal signal)
            && signal.number() == 1) {
          // Told with the next packet's sweeps would be too late for its time: it belongs here.
          collector
              .signalled(injection.timeNanos(), signal.proto() == 1, session)
              .ifPresent(sweeps::add);
          break;
        }
      }
      LaneTrace lane = new LaneTrace(trace, Reading.of(trace, config.era()), sweeps);
      if (watching) {
        fill.see(injection.packet(), lane);
      }
      return lane;
    }
  }

  /** Reads, plans, and feeds the lanes. */
  private final class Pump {
    final BlockingQueue<Batch> done = new ArrayBlockingQueue<>(QUEUED_BATCHES);
    private final FrameSource frames;
    private final List<Thread> threads = new ArrayList<>();
    private final List<BlockingQueue<Batch>> inputs = new ArrayList<>();
    private final InjectionPlanner planner;
    private final long first;
    private volatile boolean stopped;

    /** Whether every frame was run and handed on. */
    private boolean whole;

    Pump(FrameSource frames, InjectionPlanner planner, long first) {
      this.frames = frames;
      this.planner = planner;
      this.first = first;
    }

    void start() {
      for (Lane lane : lanes()) {
        BlockingQueue<Batch> input = new ArrayBlockingQueue<>(QUEUED_BATCHES);
        inputs.add(input);
        threads.add(
            Thread.ofPlatform()
                .daemon()
                .name("tailwalk-lane-" + lane.name)
                .unstarted(() -> serve(lane, input)));
      }
      threads.add(Thread.ofPlatform().daemon().name("tailwalk-reader").unstarted(this::read));
      threads.forEach(Thread::start);
    }

    /** Lanes finish the packet they are at; nothing is interrupted inside an engine. */
    void stop() throws InterruptedException {
      stopped = true;
      for (Thread thread : threads) {
        while (thread.isAlive()) {
          done.clear();
          thread.join(20);
        }
      }
    }

    private void serve(Lane lane, BlockingQueue<Batch> input) {
      boolean failed = false;
      try {
        while (!stopped) {
          Batch batch = input.poll(50, TimeUnit.MILLISECONDS);
          if (batch == null) {
            continue;
          }
          try {
            failed = failed || !run(lane, batch.items);
          } finally {
            batch.laneDone();
          }
          if (batch.last) {
            return;
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Runs packets as far as nothing fails; false when something did. */
    private boolean run(Lane lane, List<Item> items) {
      if (items.isEmpty()) {
        return true;
      }
      boolean[] well = {true};
      try {
        lane.session.together(() -> {
          for (Item item : items) {
            well[0] = well[0] && (stopped || cancelled || run(lane, item));
          }
        });
      } catch (RuntimeException e) {
        items.getFirst().fail(lane, e);
        return false;
      }
      return well[0];
    }

    private boolean run(Lane lane, Item item) {
      if (!(item.placement instanceof Placement.Run run)) {
        return true;
      }
      try {
        LaneTrace trace = lane.run(run.injection());
        if (lane.isKernel) {
          item.kernel = trace;
        } else {
          item.model = trace;
        }
        return true;
      } catch (ReplayException | RuntimeException e) {
        item.fail(lane, e);
        return false;
      }
    }

    private void read() {
      int lanes = inputs.size();
      long number = first - 1;
      Batch batch = new Batch(lanes, false, null);
      Exception failure = null;
      try {
        while (!stopped && !cancelled) {
          Item item;
          try {
            Frame frame = frames.next();
            if (frame == null) {
              break;
            }
            number++;
            item = new Item(number, frame, planner.plan(number, frame));
          } catch (IOException | RuntimeException e) {
            failure = e;
            break;
          }
          batch.items.add(item);
          if (batch.items.size() >= BATCH || done.isEmpty()) {
            submit(batch);
            batch = new Batch(lanes, false, null);
          }
        }
        if (!batch.items.isEmpty()) {
          submit(batch);
        }
        submit(new Batch(lanes, true, failure));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void submit(Batch batch) throws InterruptedException {
      for (BlockingQueue<Batch> input : inputs) {
        put(input, batch);
      }
      put(done, batch);
    }

    private void put(BlockingQueue<Batch> queue, Batch batch) throws InterruptedException {
      while (!stopped && !queue.offer(batch, 50, TimeUnit.MILLISECONDS)) {
        Thread.onSpinWait();
      }
    }
  }
}
