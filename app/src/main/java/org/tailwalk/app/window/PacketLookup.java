// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.util.Optional;
import java.util.concurrent.CancellationException;
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

  /** One search: the same packet may be wanted again while an earlier search for it ends. */
  private static final class Search {
    private final int number;
    private final Replay in;
    private volatile boolean ended;

    /** Whether the status bar tells of it; UI thread. */
    private boolean told;

    Search(int number, Replay in) {
      this.number = number;
      this.in = in;
    }
  }

  private final Work replays;
  private final StatusViewModel status;
  private final FaultReport faults;
  private final BooleanProperty settled;
  private final BooleanSupplier opening;
  private final BiConsumer<PacketScene, Replay> found;
  private volatile @Nullable Search wanted;
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
    wanted = null;
  }

  /** Looks a packet up; what was asked for meanwhile makes it stop. */
  void want(int number) {
    Replay from = replay;
    if (from == null || number == 0) {
      wanted = null;
      return;
    }
    Search mine = new Search(number, from);
    wanted = mine;
    replays.run(
        () ->
            current(mine)
                ? Optional.of(PacketScene.of(from.packet(number, report(mine)), from.scenario()))
                : Optional.<PacketScene>empty(),
        scene -> {
          if (current(mine)) {
            scene.ifPresent(s -> found.accept(s, from));
          } else if (mine.ended) {
            over(mine);
          }
        },
        e -> {
          over(mine);
          if (!(e instanceof CancellationException)) {
            faults.tell(e);
          }
        });
  }

  /** A search came to nothing; where another is on its way, status bar and waiting are its. */
  private void over(Search mine) {
    Search now = wanted;
    boolean last = now == null || now == mine;
    if (opening.getAsBoolean()) {
      return;
    }
    if (last || mine.told) {
      status.end();
    }
    if (last && mine.in == replay) {
      settled.set(true);
    }
  }

  private boolean current(Search mine) {
    return wanted == mine && !mine.ended;
  }

  /** Running again up to a packet can take a while: the bar says so, and can end it. */
  private ReplayProgress report(Search mine) {
    return (done, total) -> {
      if (done % REPORT_PACKETS == 0) {
        replays.onUi(() -> {
          if (opening.getAsBoolean()) {
            return;
          }
          if (Double.isNaN(status.progressProperty().get())) {
            mine.told = true;
            status.begin(
                Texts.of(PacketLookup.class).get("doing.again", mine.number),
                () -> mine.ended = true);
          }
          status.at((double) done / total);
        });
      }
      return current(mine);
    };
  }

  /** Wants nothing any more. */
  void close() {
    wanted = null;
    replay = null;
  }
}
