// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.tailwalk.engine.ReplayException;

/**
 * The two threads of a lane: one sends packets to the session, the other reads, behind it, what
 * they did. Both keep capture order. A lane that fails hands on what it has still got to, and
 * nothing after.
 */
final class LanePipe {
  private static final int QUEUED_BATCHES = 4;

  private final ReplayLane lane;
  private final BooleanSupplier stopped;
  private final BooleanSupplier cancelled;
  private final BlockingQueue<ReplayPump.Batch> input = new ArrayBlockingQueue<>(QUEUED_BATCHES);
  private final BlockingQueue<SentBatch> sent = new ArrayBlockingQueue<>(QUEUED_BATCHES);

  /**
   * Packets that have run, each to be read.
   *
   * @param sent of the batch's items; null for one that did not run
   */
  private record SentBatch(ReplayPump.Batch batch, List<ReplayLane.@Nullable Sent> sent) {}

  /**
   * @param stopped whether to end without regard to what is queued
   * @param cancelled whether packets are to be passed over
   */
  LanePipe(ReplayLane lane, BooleanSupplier stopped, BooleanSupplier cancelled) {
    this.lane = lane;
    this.stopped = stopped;
    this.cancelled = cancelled;
  }

  /** The threads, not started. */
  List<Thread> threads() {
    return List.of(
        thread("tailwalk-lane-", this::send), thread("tailwalk-lane-reader-", this::read));
  }

  private Thread thread(String name, Stage stage) {
    return Thread.ofPlatform()
        .daemon()
        .name(name + lane.name())
        .unstarted(() -> {
          try {
            stage.run();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @FunctionalInterface
  private interface Stage {
    void run() throws InterruptedException;
  }

  /** Queues packets; waits for room until stopped. */
  void put(ReplayPump.Batch batch) throws InterruptedException {
    put(input, batch);
  }

  private <T> void put(BlockingQueue<T> queue, T element) throws InterruptedException {
    if (!stopped.getAsBoolean()) {
      queue.put(element);
    }
  }

  /**
   * Ends whatever is waited for here, once all are told to stop: packets that don't come, and room
   * that nobody makes. A run of a few packets would else take as long as one waits for such.
   */
  void wake() {
    ReplayPump.Batch nothing = new ReplayPump.Batch(0, true, null);
    wake(input, nothing);
    wake(sent, new SentBatch(nothing, List.of()));
  }

  /** Who waits for room, one thread, gets it beside what the other is woken with. */
  private static <T> void wake(BlockingQueue<T> queue, T with) {
    queue.clear();
    queue.offer(with);
  }

  private void send() throws InterruptedException {
    boolean well = true;
    while (!stopped.getAsBoolean()) {
      ReplayPump.Batch batch = input.take();
      if (stopped.getAsBoolean()) {
        return;
      }
      List<ReplayLane.@Nullable Sent> run = new ArrayList<>(batch.items().size());
      well = well && send(batch.items(), run);
      put(sent, new SentBatch(batch, run));
      if (batch.last()) {
        return;
      }
    }
  }

  /** Runs packets as far as nothing fails; false when something did. */
  private boolean send(List<ReplayPump.Item> items, List<ReplayLane.@Nullable Sent> run) {
    if (items.isEmpty()) {
      return true;
    }
    boolean[] well = {true};
    try {
      lane.session()
          .together(() -> {
            for (ReplayPump.Item item : items) {
              well[0] = well[0] && send(item, run);
            }
          });
    } catch (RuntimeException | Error e) {
      items.get(Math.min(run.size(), items.size() - 1)).fail(lane, e);
      return false;
    }
    return well[0];
  }

  private boolean send(ReplayPump.Item item, List<ReplayLane.@Nullable Sent> run) {
    boolean pass = stopped.getAsBoolean() || cancelled.getAsBoolean();
    try {
      run.add(
          !pass && item.placement() instanceof Placement.Run placed
              ? lane.send(placed.injection())
              : null);
      return true;
    } catch (ReplayException | RuntimeException | Error e) {
      // Whatever it is: a lane that just ended would be waited for without an end.
      item.fail(lane, e);
      return false;
    }
  }

  private void read() throws InterruptedException {
    boolean well = true;
    while (!stopped.getAsBoolean()) {
      SentBatch next = sent.take();
      if (stopped.getAsBoolean()) {
        return;
      }
      try {
        for (int i = 0; i < next.sent.size() && well; i++) {
          well = read(next.batch.items().get(i), next.sent.get(i));
        }
      } finally {
        next.batch.laneDone();
      }
      if (next.batch.last()) {
        return;
      }
    }
  }

  private boolean read(ReplayPump.Item item, ReplayLane.@Nullable Sent packet) {
    if (packet == null) {
      return true;
    }
    try {
      item.ran(lane, lane.read(packet));
      return true;
    } catch (RuntimeException | Error e) {
      item.fail(lane, e);
      return false;
    }
  }
}
