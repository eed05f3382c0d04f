// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.packets;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.CtStatus;

/**
 * A packet as the list shows it.
 *
 * @param number 1-based in the capture
 * @param sinceFirstNanos capture time since the first packet's
 * @param way as seen from the pod it belongs to
 * @param source address, or MAC where there is none
 * @param destination address, or MAC where there is none
 * @param info what it is about
 * @param ct the last conntrack lookup's status, null when there was none
 * @param verdictWords what became of it, in words
 * @param remark what one should know of it: post-datapath, padded, a duplicate; may be empty
 */
public record PacketRow(
    int number,
    long sinceFirstNanos,
    Way way,
    String source,
    String destination,
    String info,
    @Nullable CtStatus ct,
    Outcome outcome,
    String verdictWords,
    boolean differs,
    String remark) {
  /** Out of the pod, into it, or neither. */
  public enum Way {
    OUT("→"),
    IN("←"),
    NEITHER("·");

    private final String arrow;

    Way(String arrow) {
      this.arrow = arrow;
    }

    /** The sign in the list. */
    public String arrow() {
      return arrow;
    }
  }

  /** What became of it, as far as icon and colour go. */
  public enum Outcome {
    FORWARDED,
    DELIVERED,
    REDIRECTED,
    PROXIED,
    DROPPED,
    UNHEARD,
    NOT_RUN
  }

  /** The short word of the CT column. */
  public Optional<String> ctWord() {
    return Optional.ofNullable(ct)
        .map(status -> status == CtStatus.ESTABLISHED ? "EST" : status.name());
  }

  /** The time column: seconds with six decimals. */
  public String timeText() {
    return timeText(sinceFirstNanos);
  }

  /** A time as the column shows it: seconds with six decimals. */
  public static String timeText(long sinceNanos) {
    long nanos = Math.abs(sinceNanos);
    String text = Long.toString(nanos / 1_000_000_000);
    String micros = Long.toString(nanos % 1_000_000_000 / 1000 + 1_000_000).substring(1);
    return (sinceNanos < 0 ? "-" : "") + text + "." + micros;
  }

  /** Everything a filter looks into, in lower case. */
  public String searchText() {
    String words =
        switch (outcome) {
          case DROPPED -> " dropped";
          case UNHEARD -> " unheard dropped";
          case NOT_RUN -> " not-run";
          case FORWARDED, DELIVERED, REDIRECTED, PROXIED -> " forwarded";
        };
    return (number
            + " "
            + timeText()
            + " "
            + source
            + " "
            + way.arrow
            + " "
            + destination
            + " "
            + info
            + " "
            + (ct == null ? "" : ct.name() + " " + ctWord().orElse(""))
            + " "
            + verdictWords
            + words
            + (differs ? " differs ≠ " : " ")
            + remark)
        .toLowerCase(java.util.Locale.ROOT);
  }
}
