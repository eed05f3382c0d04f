// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.tailwalk.packet.Frame;

/**
 * Reads frames, plans them, and feeds the lanes: a reader thread and two for each lane. Whoever
 * {@link #take takes} gets the packets in capture order. All queues are bounded.
 */
final class ReplayPump {
  private static final int BATCH = 64;
  private static final int QUEUED_BATCHES = 4;

  private final BlockingQueue<Batch> done = new ArrayBlockingQueue<>(QUEUED_BATCHES);
  private final List<ReplayLane> lanes;
  private final BooleanSupplier cancelled;
  private final FrameSource frames;
  private final List<Thread> threads = new ArrayList<>();
  private final List<LanePipe> pipes = new ArrayList<>();
  private final InjectionPlanner planner;
  private final long first;
  private volatile boolean stopped;
  private boolean whole;

  /**
   * Nothing runs before {@link #start}.
   *
   * @param first the number of the packet that {@code frames} begins with
   * @param cancelled whether to end early; asked by every thread
   */
  ReplayPump(
      List<ReplayLane> lanes,
      FrameSource frames,
      InjectionPlanner planner,
      long first,
      BooleanSupplier cancelled) {
    this.lanes = lanes;
    this.cancelled = cancelled;
    this.frames = frames;
    this.planner = planner;
    this.first = first;
  }

  /** Starts the threads. */
  void start() {
    for (ReplayLane lane : lanes) {
      LanePipe pipe = new LanePipe(lane, this::stopped, cancelled);
      pipes.add(pipe);
      threads.addAll(pipe.threads());
    }
    threads.add(Thread.ofPlatform().daemon().name("tailwalk-reader").unstarted(this::read));
    threads.forEach(Thread::start);
  }

  /** The next packets in capture order; every lane may still be at them. */
  Batch take() throws InterruptedException {
    return done.take();
  }

  /** Whoever takes has handed the last packet on. */
  void finished() {
    whole = !cancelled.getAsBoolean();
  }

  private boolean stopped() {
    return stopped;
  }

  /** Whether every frame was run and handed on. */
  boolean whole() {
    return whole;
  }

  /** Lanes finish the packet they are at; nothing is interrupted inside an engine. */
  void stop() throws InterruptedException {
    stopped = true;
    pipes.forEach(LanePipe::wake);
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        done.clear();
        thread.join(20);
      }
    }
  }

  private void read() {
    int open = lanes.size();
    long number = first - 1;
    Batch batch = new Batch(open, false, null);
    Throwable failure = null;
    try {
      while (!stopped && !cancelled.getAsBoolean()) {
        Item item;
        try {
          Frame frame = frames.next();
          if (frame == null) {
            break;
          }
          number++;
          item = new Item(number, frame, planner.plan(number, frame));
        } catch (IOException | RuntimeException | Error e) {
          failure = e;
          break;
        }
        batch.items.add(item);
        if (batch.items.size() >= BATCH || done.isEmpty()) {
          submit(batch);
          batch = new Batch(open, false, null);
        }
      }
      if (!batch.items.isEmpty()) {
        submit(batch);
      }
      submit(new Batch(open, true, failure));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void submit(Batch batch) throws InterruptedException {
    for (LanePipe pipe : pipes) {
      pipe.put(batch);
    }
    while (!stopped && !done.offer(batch, 50, TimeUnit.MILLISECONDS)) {
      Thread.onSpinWait();
    }
  }

  /** A packet on its way through the lanes. */
  static final class Item {
    private final long number;
    private final Frame frame;
    private final Placement placement;
    private volatile @Nullable LaneTrace kernel;
    private volatile @Nullable LaneTrace model;
    private volatile @Nullable Throwable kernelFailure;
    private volatile @Nullable Throwable modelFailure;

    Item(long number, Frame frame, Placement placement) {
      this.number = number;
      this.frame = frame;
      this.placement = placement;
    }

    long number() {
      return number;
    }

    Frame frame() {
      return frame;
    }

    Placement placement() {
      return placement;
    }

    /** What the kernel lane did; null without that lane, and when the packet did not run. */
    @Nullable LaneTrace kernel() {
      return kernel;
    }

    /** Likewise the model's. */
    @Nullable LaneTrace model() {
      return model;
    }

    /** What this lane did with it. */
    void ran(ReplayLane lane, LaneTrace trace) {
      if (lane.isKernel()) {
        kernel = trace;
      } else {
        model = trace;
      }
    }

    /** This lane can't go on from here. */
    void fail(ReplayLane lane, Throwable e) {
      if (lane.isKernel()) {
        kernelFailure = e;
      } else {
        modelFailure = e;
      }
    }

    /** Why this lane could not run it; null when it could. */
    @Nullable Throwable failure(ReplayLane lane) {
      return lane.isKernel() ? kernelFailure : modelFailure;
    }
  }

  /** Packets that travel together; few when the reader waits for its source, many under load. */
  static final class Batch {
    private final List<Item> items = new ArrayList<>(BATCH);
    private final boolean last;
    private final @Nullable Throwable failure;
    private int open;

    Batch(int lanes, boolean last, @Nullable Throwable failure) {
      this.open = lanes;
      this.last = last;
      this.failure = failure;
    }

    List<Item> items() {
      return items;
    }

    /** Whether nothing follows. */
    boolean last() {
      return last;
    }

    /** Why the reader could not go on behind these packets; null when it could. */
    @Nullable Throwable failure() {
      return failure;
    }

    /** One lane more is through with these packets. */
    synchronized void laneDone() {
      open--;
      notifyAll();
    }

    /** Returns when every lane is through with these packets. */
    synchronized void await() throws InterruptedException {
      while (open > 0) {
        wait();
      }
    }
  }
}
