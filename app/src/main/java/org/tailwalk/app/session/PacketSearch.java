// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session;

import java.io.IOException;
import java.util.BitSet;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.tailwalk.app.packets.DeepFilter;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.filter.Filter;
import org.tailwalk.filter.Level;
import org.tailwalk.filter.Truth;

/**
 * Asks a filter about packets whose summary was not enough: first with their bytes, read in one
 * pass, then, for what is still open, with their traces, which are had again where they were not
 * kept. Used where replays are used.
 */
public final class PacketSearch implements DeepFilter {
  private static final int TELL_EVERY = 256;

  private final Replay replay;
  private final Annotations said;

  /** Over a replay, with what the user said of it. */
  public PacketSearch(Replay replay, Annotations said) {
    this.replay = replay;
    this.said = said;
  }

  /** Over the replay that the window looks at; nothing passes while there is none. */
  public static DeepFilter over(Focus focus, Annotations said) {
    return focus
        .replay()
        .<DeepFilter>map(replay -> new PacketSearch(replay, said))
        .orElse((_, _, _, _) -> new BitSet());
  }

  @Override
  public BitSet decide(
      Filter filter, BitSet undecided, BooleanSupplier goOn, DoubleConsumer progress)
      throws IOException, ReplayException, InterruptedException {
    SummaryCursor cursor = replay.summaries().cursor().with(said);
    BitSet passed = new BitSet();
    BitSet open = undecided;
    double share = !filter.asksBytes() ? 0 : filter.level() == Level.TRACE ? 0.2 : 1;
    if (filter.asksBytes()) {
      open = withFrames(filter, undecided, cursor, passed, goOn, p -> progress.accept(p * share));
    }
    int done = 0;
    int total = open.cardinality();
    for (int number = open.nextSetBit(1); number > 0; number = open.nextSetBit(number + 1)) {
      if (++done % TELL_EVERY == 0) {
        progress.accept(share + (1 - share) * done / total);
      }
      if (!goOn.getAsBoolean()) {
        return passed;
      }
      if (filter.test(cursor.at(replay.packet(number, (_, _) -> goOn.getAsBoolean())))
          == Truth.YES) {
        passed.set(number);
      }
    }
    return passed;
  }

  private BitSet withFrames(
      Filter filter,
      BitSet undecided,
      SummaryCursor cursor,
      BitSet passed,
      BooleanSupplier goOn,
      DoubleConsumer progress)
      throws IOException {
    BitSet open = new BitSet();
    boolean all =
        FramePass.read(
            replay,
            undecided,
            goOn,
            progress,
            (number, frame) -> {
              switch (filter.test(cursor.at(number, frame))) {
                case YES -> passed.set(number);
                case UNKNOWN -> open.set(number);
                case NO -> {}
              }
            });
    return all ? open : new BitSet();
  }
}
