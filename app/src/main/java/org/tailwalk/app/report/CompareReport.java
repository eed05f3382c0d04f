// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.report;

import org.tailwalk.app.compare.core.ComparedPair;

/** Writes a comparison down, row by row, told by one thread. */
public interface CompareReport {
  /** What is compared; before the first row. */
  void begin(ComparedPair pair);

  /** Whether it wants rows that are the same as well. */
  boolean wantsAll();

  /** A row, in order. */
  void row(ComparedPair pair, ComparedPair.Scene scene);

  /**
   * The end.
   *
   * @param left how many differing rows were not told, because there are too many
   */
  void end(ComparedPair pair, int left);
}
