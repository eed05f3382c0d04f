// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.walk;

import java.util.BitSet;

/**
 * What lies between two trace points, both left out; bits are indices into a program's
 * instructions.
 *
 * @param certain every way passes
 * @param open at least one way passes; the certain ones included
 */
public record Stretch(BitSet certain, BitSet open) {
  /** No way is known: a record is missing. */
  static final Stretch UNKNOWN = new Stretch(new BitSet(), new BitSet());
}
