// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.packets;

import java.util.BitSet;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.tailwalk.filter.Filter;

/** Decides about packets of whom the summaries know too little. */
@FunctionalInterface
public interface DeepFilter {
  /**
   * Which of these pass.
   *
   * @param undecided numbers of packets
   * @param goOn asked now and then
   * @param progress told now and then, 0 to 1
   * @return those that pass, as far as it came before {@code goOn} said no
   * @throws Exception with a message that says what could not be read or run again
   */
  BitSet decide(Filter filter, BitSet undecided, BooleanSupplier goOn, DoubleConsumer progress)
      throws Exception;
}
