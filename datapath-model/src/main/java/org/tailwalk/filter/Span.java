// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

/**
 * Where something stands in a filter's text. All spans are equal: where it was written is no part
 * of what an expression means.
 */
public final class Span {
  private final int from;
  private final int to;

  /**
   * From a character to the one behind the last.
   *
   * @param from 0-based
   * @param to exclusive
   */
  public Span(int from, int to) {
    this.from = from;
    this.to = Math.max(from, to);
  }

  /** The first character, 0-based. */
  public int from() {
    return from;
  }

  /** The one behind the last. */
  public int to() {
    return to;
  }

  /** From this one's beginning to the other's end. */
  Span until(Span other) {
    return new Span(from, other.to);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Span;
  }

  @Override
  public int hashCode() {
    return 1;
  }

  @Override
  public String toString() {
    return from + ".." + to;
  }
}
