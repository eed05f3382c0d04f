// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import javafx.beans.property.BooleanProperty;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.session.ReplayProgress;
import org.tailwalk.app.status.StatusViewModel;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.text.Texts;

/**
 * Fetches the packet to show from the replay, on the replays' thread. Only the packet that was
 * wanted last is handed over; wanting another makes a search stop. Used on the UI thread.
 */
final class PacketLookup {
  /** How many packets are run again between two reports to the status bar. */
  private static final int REPORT_PACKETS = 8192;

  private final Work replays;
  private final StatusViewModel status;
  private final FaultReport faults;
  private final BooleanProperty settled;
  private final BooleanSupplier opening;
  private final BiConsumer<PacketScene, Replay> found;
  private final AtomicInteger wanted = new AtomicInteger();
  private final AtomicInteger generation = new AtomicInteger();
  private @Nullable Replay replay;

  /**
   * With nothing to look in.
   *
   * @param settled becomes true when the packet wanted last can't be had
   * @param opening whether another replay is on its way: status bar and {@code settled} are its
   * @param found takes a packet and the replay it is from
   */
  PacketLookup(
      Work replays,
      StatusViewModel status,
      FaultReport faults,
      BooleanProperty settled,
      BooleanSupplier opening,
      BiConsumer<PacketScene, Replay> found) {
    this.replays = replays;
    this.status = status;
    this.faults = faults;
    this.settled = settled;
    this.opening = opening;
    this.found = found;
  }

  /** Looks in this replay from now on; what is under way from another is dropped. */
  void in(Replay now) {
    replay = now;
    generation.incrementAndGet();
  }

  /** Looks a packet up; what was asked for meanwhile makes it stop. */
  void want(int number) {
    wanted.set(number);
    Replay from = replay;
    if (from == null || number == 0) {
      return;
    }
    int mine = generation.get();
    replays.run(
        () ->
            current(number, mine)
                ? Optional.of(
                    PacketScene.of(from.packet(number, report(number, mine)), from.scenario()))
                : Optional.<PacketScene>empty(),
        scene -> {
          if (current(number, mine)) {
            scene.ifPresent(s -> found.accept(s, from));
          }
        },
        e -> failed(e, number, mine));
  }

  private void failed(Exception e, int number, int mine) {
    if (!opening.getAsBoolean()) {
      status.end();
    }
    if (!(e instanceof CancellationException)) {
      faults.tell(e);
    }
    boolean another = wanted.get() > 0 && wanted.get() != number;
    // Where another packet is on its way, all is settled when that is shown.
    if (!another && generation.get() == mine && !opening.getAsBoolean()) {
      settled.set(true);
    }
  }

  private boolean current(int number, int mine) {
    return wanted.get() == number && generation.get() == mine;
  }

  /** Running again up to a packet can take a while: the bar says so, and can end it. */
  private ReplayProgress report(int number, int mine) {
    return (done, total) -> {
      if (done % REPORT_PACKETS == 0) {
        replays.onUi(() -> {
          if (opening.getAsBoolean()) {
            return;
          }
          if (Double.isNaN(status.progressProperty().get())) {
            status.begin(
                Texts.of(PacketLookup.class).get("doing.again", number),
                () -> wanted.compareAndSet(number, -1));
          }
          status.at((double) done / total);
        });
      }
      return current(number, mine);
    };
  }

  /** Wants nothing any more. */
  void close() {
    wanted.set(-1);
    replay = null;
  }
}
