// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.packets;

import javafx.collections.ObservableListBase;

/**
 * Numbers that a table shows, perhaps a million and made when asked for. Equal to itself alone:
 * lists of the same numbers may stand for different captures, and properties would compare a
 * million of them to find out that nothing has changed. No number is in it twice.
 */
public abstract class NumberList extends ObservableListBase<Integer> {
  /** Where a number stands, without going through them all; -1 where it does not. */
  @Override
  public abstract int indexOf(Object number);

  @Override
  public final int lastIndexOf(Object number) {
    return indexOf(number);
  }

  @Override
  public final boolean contains(Object number) {
    return indexOf(number) >= 0;
  }

  @Override
  public final boolean equals(Object other) {
    return this == other;
  }

  @Override
  public final int hashCode() {
    return System.identityHashCode(this);
  }
}
