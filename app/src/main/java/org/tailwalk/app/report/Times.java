// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.report;

/** Times as decimal strings. */
final class Times {
  private static final long SECOND = 1_000_000_000L;

  private Times() {}

  /** Seconds since another moment, with a sign: before it, a minus. */
  static String since(long nanos) {
    return nanos < 0 ? seconds(nanos) : "+" + seconds(nanos);
  }

  /** Seconds with nine digits behind the point; negative times too. */
  static String seconds(long nanos) {
    String sign = nanos < 0 ? "-" : "";
    // Unsigned, since the smallest number has no positive counterpart.
    long size = Math.abs(nanos);
    return sign
        + Long.divideUnsigned(size, SECOND)
        + ".%09d".formatted(Long.remainderUnsigned(size, SECOND));
  }
}
