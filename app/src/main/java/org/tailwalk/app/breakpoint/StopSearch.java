// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.breakpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.session.Annotations;
import org.tailwalk.app.session.Breakpoint;
import org.tailwalk.app.session.FramePass;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.session.Summaries;
import org.tailwalk.app.session.SummaryCursor;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.filter.FilterException;
import org.tailwalk.filter.Shape;
import org.tailwalk.filter.Truth;
import org.tailwalk.replay.PacketReplay;

/**
 * Finds stops. Which packets a breakpoint may stop in, their summaries tell, and the keys that
 * their steps name; where its condition asks for their bytes, those are read. Traces are looked at,
 * and had again where they were not kept, for what is still open alone.
 */
final class StopSearch {
  private static final int ASK_EVERY = 1 << 12;

  /** Packets that are looked at together: few at first, for stops are mostly near. */
  private static final int FIRST_STRETCH = 64;

  private static final int LONGEST_STRETCH = ASK_EVERY;

  /**
   * A watch with what is known of it without bytes and traces.
   *
   * @param keyed the packets whose steps name its key; null where that is not known, or it asks for
   *     none
   */
  private record Armed(Watch watch, BitSet shapes, int onlyPacket, @Nullable BitSet keyed) {
    /** Whether it may stop in a packet whose condition is not looked at. */
    boolean may(Summaries all, int number) {
      return (!watch.once() || number == onlyPacket)
          && shapes.get(all.shapeIndex(number))
          && (keyed == null || keyed.get(number));
    }
  }

  private final Replay replay;
  private final Summaries all;
  private final Annotations said;
  private final List<Armed> armed = new ArrayList<>();

  /**
   * Over a replay; breakpoints that are switched off or not understood stop nowhere. Takes its time
   * where keys are asked for that were not asked for before.
   *
   * @param known of the same replay
   * @param goOn asked now and then; when it says no, nothing will be found
   */
  StopSearch(Replay replay, Annotations said, KeyedPackets known, BooleanSupplier goOn) {
    this.replay = replay;
    this.all = replay.summaries();
    this.said = said;
    List<Shape> shapes = all.shapes();
    for (Breakpoint breakpoint : said.breakpoints()) {
      if (breakpoint.enabled()) {
        try {
          Watch watch = Watch.of(breakpoint);
          armed.add(
              new Armed(
                  watch, watch.shapes(shapes), watch.onlyPacket(all), watch.keyed(known, goOn)));
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
  Optional<Stop> next(int packet, int row, int step, BooleanSupplier goOn, DoubleConsumer progress)
      throws IOException, ReplayException, InterruptedException {
    SummaryCursor cursor = all.cursor().with(said);
    int total = Math.max(1, step > 0 ? all.size() - packet + 1 : packet);
    int number = Math.clamp(packet, 1, Math.max(1, all.size()));
    int length = FIRST_STRETCH;
    while (number >= 1 && number <= all.size()) {
      int last = Math.clamp(number + (long) step * (length - 1), 1, all.size());
      BitSet open = open(cursor, Math.min(number, last), Math.max(number, last), goOn);
      for (int at = number; (at = next(open, at, step)) > 0; at += step) {
        if (!goOn.getAsBoolean()) {
          return Optional.empty();
        }
        progress.accept((double) Math.abs(at - packet) / total);
        PacketReplay trace = replay.packet(at, (_, _) -> goOn.getAsBoolean());
        int from = at == packet ? row : step > 0 ? -1 : Integer.MAX_VALUE - 1;
        Optional<Stop> stop = stop(candidates(at), cursor.at(trace), trace, from, step);
        if (stop.isPresent()) {
          return stop;
        }
      }
      if (!goOn.getAsBoolean()) {
        return Optional.empty();
      }
      progress.accept((double) Math.abs(last - packet) / total);
      number = last + step;
      length = Math.min(length * 2, LONGEST_STRETCH);
    }
    return Optional.empty();
  }

  private static int next(BitSet open, int from, int step) {
    return step > 0 ? open.nextSetBit(from) : open.previousSetBit(from);
  }

  /**
   * The packets of a stretch that only their traces can tell of; not all when {@code goOn} ends.
   */
  private BitSet open(SummaryCursor cursor, int first, int last, BooleanSupplier goOn)
      throws IOException {
    BitSet open = new BitSet();
    BitSet unread = new BitSet();
    for (int number = first; number <= last; number++) {
      boolean bytes = false;
      for (Armed one : armed) {
        Truth passes = one.may(all, number) ? one.watch.passes(cursor.at(number)) : Truth.NO;
        bytes |= passes == Truth.UNKNOWN && one.watch.asksBytes();
        if (passes == Truth.YES || passes == Truth.UNKNOWN && !one.watch.asksBytes()) {
          open.set(number);
        }
      }
      unread.set(number, bytes && !open.get(number));
    }
    FramePass.read(
        replay,
        unread,
        goOn,
        _ -> {},
        (number, frame) -> {
          cursor.at(number, frame);
          open.set(
              number,
              candidates(number).stream().anyMatch(one -> one.watch.passes(cursor) != Truth.NO));
        });
    return open;
  }

  private List<Armed> candidates(int number) {
    List<Armed> found = new ArrayList<>(armed.size());
    for (Armed one : armed) {
      if (one.may(all, number)) {
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

  /**
   * The packets that a breakpoint may stop in, by what is kept of all; some may not stop after all.
   */
  BitSet mayStop(BooleanSupplier goOn) {
    BitSet found = new BitSet();
    SummaryCursor cursor = all.cursor().with(said);
    for (int number = 1; number <= all.size(); number++) {
      if (number % ASK_EVERY == 0 && !goOn.getAsBoolean()) {
        break;
      }
      for (Armed one : armed) {
        if (one.may(all, number) && one.watch.passes(cursor.at(number)) != Truth.NO) {
          found.set(number);
        }
      }
    }
    return found;
  }
}
