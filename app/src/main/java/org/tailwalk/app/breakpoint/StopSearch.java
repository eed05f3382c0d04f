// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.breakpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.tailwalk.app.session.Annotations;
import org.tailwalk.app.session.Breakpoint;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.session.Summaries;
import org.tailwalk.app.session.SummaryCursor;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.filter.FilterException;
import org.tailwalk.filter.Shape;
import org.tailwalk.filter.Truth;
import org.tailwalk.replay.PacketReplay;

/**
 * Finds stops. Which packets a breakpoint may stop in, their summaries tell; traces are looked at,
 * and had again where they were not kept, for those alone.
 */
public final class StopSearch {
  private static final int ASK_EVERY = 1 << 12;

  /** A watch with what the summaries say of it. */
  private record Armed(Watch watch, BitSet shapes, int onlyPacket) {
    boolean may(Summaries all, SummaryCursor cursor, int number) {
      return (!watch.once() || number == onlyPacket)
          && shapes.get(all.shapeIndex(number))
          && watch.passes(cursor.at(number)) != Truth.NO;
    }
  }

  private final Replay replay;
  private final Summaries all;
  private final Annotations said;
  private final List<Armed> armed = new ArrayList<>();

  /** Over a replay; breakpoints that are switched off or not understood stop nowhere. */
  public StopSearch(Replay replay, Annotations said) {
    this.replay = replay;
    this.all = replay.summaries();
    this.said = said;
    List<Shape> shapes = all.shapes();
    for (Breakpoint breakpoint : said.breakpoints()) {
      if (breakpoint.enabled()) {
        try {
          Watch watch = Watch.of(breakpoint);
          armed.add(new Armed(watch, watch.shapes(shapes), watch.onlyPacket(all)));
        } catch (FilterException e) {
          // The page of breakpoints says what is wrong with it.
          continue;
        }
      }
    }
  }

  /**
   * The next stop behind a moment, or the last before it.
   *
   * @param packet 1-based; 0 stands before all packets, one more than there are behind them
   * @param row 0-based row of that packet
   * @param step 1 forward, -1 back
   * @param goOn asked now and then; when it says no, nothing is found
   * @param progress told now and then, 0 to 1
   */
  public Optional<Stop> next(
      int packet, int row, int step, BooleanSupplier goOn, DoubleConsumer progress)
      throws IOException, ReplayException, InterruptedException {
    SummaryCursor cursor = all.cursor().with(said);
    int total = step > 0 ? all.size() - packet + 1 : packet;
    int first = Math.clamp(packet, 1, Math.max(1, all.size()));
    for (int number = first; number >= 1 && number <= all.size(); number += step) {
      if (number % ASK_EVERY == 0) {
        progress.accept((double) Math.abs(number - packet) / Math.max(1, total));
        if (!goOn.getAsBoolean()) {
          return Optional.empty();
        }
      }
      List<Armed> candidates = candidates(cursor, number);
      if (candidates.isEmpty()) {
        continue;
      }
      if (!goOn.getAsBoolean()) {
        return Optional.empty();
      }
      progress.accept((double) Math.abs(number - packet) / Math.max(1, total));
      PacketReplay trace = replay.packet(number, (_, _) -> goOn.getAsBoolean());
      int from = number == packet ? row : step > 0 ? -1 : Integer.MAX_VALUE - 1;
      Optional<Stop> stop = stop(candidates, cursor.at(trace), trace, from, step);
      if (stop.isPresent()) {
        return stop;
      }
    }
    return Optional.empty();
  }

  private List<Armed> candidates(SummaryCursor cursor, int number) {
    List<Armed> found = List.of();
    for (Armed one : armed) {
      if (one.may(all, cursor, number)) {
        if (found.isEmpty()) {
          found = new ArrayList<>(2);
        }
        found.add(one);
      }
    }
    return found;
  }

  private static Optional<Stop> stop(
      List<Armed> candidates, SummaryCursor subject, PacketReplay trace, int from, int step) {
    Stop best = null;
    for (Armed one : candidates) {
      if (one.watch.passes(subject) != Truth.YES) {
        continue;
      }
      BitSet rows = one.watch.rows(trace);
      int row =
          step > 0 ? rows.nextSetBit(from + 1) : from <= 0 ? -1 : rows.previousSetBit(from - 1);
      if (row >= 0 && (best == null || (step > 0 ? row < best.row() : row > best.row()))) {
        best = new Stop((int) trace.number(), row, one.watch.breakpoint().id());
      }
    }
    return Optional.ofNullable(best);
  }

  /** The packets that a breakpoint may stop in, by their summaries; some may not stop after all. */
  public BitSet mayStop(BooleanSupplier goOn) {
    BitSet found = new BitSet();
    SummaryCursor cursor = all.cursor().with(said);
    for (int number = 1; number <= all.size(); number++) {
      if (number % ASK_EVERY == 0 && !goOn.getAsBoolean()) {
        break;
      }
      if (!candidates(cursor, number).isEmpty()) {
        found.set(number);
      }
    }
    return found;
  }
}
