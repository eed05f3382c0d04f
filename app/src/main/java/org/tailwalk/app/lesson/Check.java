// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

/**
 * A statement about the replay that a machine can check, as docs/lessons.md has it.
 *
 * @param lane in which lane it must hold
 * @param first first packet, 1-based; 0 when it is about the whole capture
 * @param last last packet; equal to the first for one
 * @param path what is looked at, a word of {@link Facts}
 * @param value what it is held against
 * @param text as written
 * @param line where it stands in the file
 */
public record Check(
    Lane lane,
    int first,
    int last,
    String path,
    Operator operator,
    String value,
    String text,
    int line) {
  /** Where a check must hold. */
  public enum Lane {
    /** In each lane that runs. */
    EACH,
    KERNEL,
    MODEL
  }

  /** How a value is compared. */
  public enum Operator {
    IS("=="),
    IS_NOT("!="),
    AT_LEAST(">="),
    AT_MOST("<="),
    ABOVE(">"),
    BELOW("<"),
    CONTAINS("contains"),
    HAS("has"),
    LACKS("lacks"),
    /** The value is a filter that lets the packet pass. */
    PASSES("passes"),
    /** The value is a filter that keeps the packet out. */
    FAILS("fails");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    /** As written. */
    public String sign() {
      return sign;
    }
  }
}
