// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tailwalk.engine.EngineUnavailableException;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.text.Message;

/**
 * Replays a capture in one lane or two. A reader thread plans the frames, each lane runs on two
 * threads of its own ({@link LanePipe}), and the calling thread compares and hands packets on in
 * capture order. All queues are bounded: a slow sink slows the reader.
 */
public final class CaptureReplay implements AutoCloseable {
  private final Scenario scenario;
  private final @Nullable ReplayLane kernel;
  private final @Nullable ReplayLane model;
  private final List<ReplayLane> lanes;
  private final TraceDiff diff;
  private volatile boolean cancelled;

  private CaptureReplay(
      Scenario scenario, @Nullable ReplayLane kernel, @Nullable ReplayLane model) {
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
    ReplayLane kernelLane =
        kernel == null ? null : ReplayLane.open(scenario, scenario.kernelConfig(), kernel, true);
    ReplayLane modelLane = null;
    try {
      modelLane =
          model == null ? null : ReplayLane.open(scenario, scenario.modelConfig(), model, false);
      return new CaptureReplay(scenario, kernelLane, modelLane);
    } finally {
      if (model != null && modelLane == null && kernelLane != null) {
        kernelLane.session().close();
      }
    }
  }

  /** The kernel lane's session; empty without one. Not to be used while {@link #run} runs. */
  public Optional<ReplaySession> kernelSession() {
    return Optional.ofNullable(kernel).map(ReplayLane::session);
  }

  /** The model lane's session; empty without one. Not to be used while {@link #run} runs. */
  public Optional<ReplaySession> modelSession() {
    return Optional.ofNullable(model).map(ReplayLane::session);
  }

  /** What to tell when a map has filled and agreement can no longer be claimed; empty so far. */
  public Optional<Message> full() {
    return lanes.stream().flatMap(l -> l.full().stream()).findFirst();
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
   * @throws IllegalStateException when a lane fails as no lane should
   */
  public long run(FrameSource frames, ReplaySink sink)
      throws IOException, ReplayException, InterruptedException {
    for (ReplayLane lane : lanes) {
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
    for (ReplayLane lane : lanes) {
      ResumePoint.LaneState state = lane.isKernel() ? point.kernel() : point.model();
      if (state == null) {
        throw new IllegalArgumentException("nothing is known of the " + lane.name() + " lane");
      }
      lane.prepare(scenario, point.packet(), state);
    }
    return run(frames, new InjectionPlanner(scenario, point), point.packet(), sink);
  }

  private long run(FrameSource frames, InjectionPlanner planner, long first, ReplaySink sink)
      throws IOException, ReplayException, InterruptedException {
    ReplayPump pump = new ReplayPump(lanes, frames, planner, first, this::cancelled);
    pump.start();
    long delivered;
    try {
      delivered = deliver(pump, sink);
    } finally {
      pump.stop();
    }
    if (pump.whole()) {
      lanes.forEach(lane -> lane.standsBefore(first + delivered));
    }
    return delivered;
  }

  private long deliver(ReplayPump pump, ReplaySink sink)
      throws IOException, ReplayException, InterruptedException {
    long delivered = 0;
    while (true) {
      ReplayPump.Batch batch = pump.take();
      if (batch.last() && batch.items().isEmpty() && batch.failure() == null) {
        pump.finished();
        return delivered;
      }
      batch.await();
      for (ReplayPump.Item item : batch.items()) {
        if (cancelled) {
          return delivered;
        }
        for (ReplayLane lane : lanes) {
          Throwable failure = item.failure(lane);
          if (failure != null) {
            fail(item, lane, failure);
          }
        }
        delivered++;
        if (!sink.accept(packet(item))) {
          return delivered;
        }
      }
      switch (batch.failure()) {
        case IOException e -> throw e;
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case null, default -> {}
      }
    }
  }

  /** What an engine did not foresee is a fault of ours, and no refusal that the user can mend. */
  private static void fail(ReplayPump.Item item, ReplayLane lane, Throwable failure)
      throws ReplayException {
    String where = "packet " + item.number() + ": " + lane.name() + ": ";
    if (failure instanceof ReplayException) {
      throw new ReplayException(where + failure.getMessage(), failure);
    }
    throw new IllegalStateException(where + failure, failure);
  }

  private PacketReplay packet(ReplayPump.Item item) {
    LaneTrace k = item.kernel();
    LaneTrace m = item.model();
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
    return new PacketReplay(item.number(), item.frame(), item.placement(), k, m, rows, divergence);
  }

  /** Closes both lanes. */
  @Override
  public void close() {
    cancelled = true;
    lanes.forEach(lane -> lane.session().close());
  }
}
