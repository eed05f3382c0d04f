// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.packets;

import java.util.BitSet;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.tailwalk.filter.Filter;

/**
 * What the summaries can say of a filter.
 *
 * @param passed numbers of packets that pass
 * @param undecided numbers of those of whom the summaries know too little
 */
public record Sieve(BitSet passed, BitSet undecided) {
  private static final int CHECK_EVERY = 4096;
  private static final int TELL_EVERY = 1 << 14;

  /**
   * Asks a filter about every packet; off the UI thread. Ends early, with what it has, when {@code
   * goOn} says no.
   *
   * @param progress told now and then, 0 to 1
   */
  public static Sieve of(
      PacketTable packets,
      PacketCursor cursor,
      Filter wanted,
      BooleanSupplier goOn,
      DoubleConsumer progress) {
    int size = packets.size();
    BitSet passed = new BitSet(size + 1);
    BitSet undecided = new BitSet();
    if (wanted.all()) {
      passed.set(1, size + 1);
      return new Sieve(passed, undecided);
    }
    for (int number = 1; number <= size; number++) {
      if (number % CHECK_EVERY == 0 && !goOn.getAsBoolean()) {
        break;
      }
      if (number % TELL_EVERY == 0) {
        progress.accept((double) number / size);
      }
      switch (wanted.test(cursor.at(number))) {
        case YES -> passed.set(number);
        case UNKNOWN -> undecided.set(number);
        case NO -> {}
      }
    }
    return new Sieve(passed, undecided);
  }
}
