// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import java.util.List;
import java.util.Locale;
import org.tailwalk.replay.Reading;
import org.tailwalk.text.Message;

/**
 * Where two packets first differ.
 *
 * @param kind what of them
 * @param row 1-based row of the aligned steps; 0 when there is none
 * @param message the sentence for people
 * @param evidence what the sentence rests on, oldest first
 */
public record Difference(Kind kind, int row, Message message, List<Evidence> evidence) {
  /** Keeps its own copy. */
  public Difference {
    evidence = List.copyOf(evidence);
  }

  /** The sentence in English. */
  public String sentence() {
    return message.english();
  }

  /** What differs first. */
  public enum Kind {
    CONNTRACK,
    POLICY,
    SERVICE,
    IDENTITY,
    REWRITING,
    PATH,
    NOTIFICATION,
    VERDICT,
    MAP,
    /** Nothing but the time: the same path after a very different pause. */
    TIMING,
    /** One of the two was not run. */
    NOT_RUN,
    /** Only one side has the packet. */
    ALONE;

    /** For people, in English. */
    public String words() {
      return message().english();
    }

    /** For people. */
    public Message message() {
      return Message.of("compare.kind." + label());
    }

    /** The word in JSON. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Something the sentence rests on.
   *
   * @param side {@code A} or {@code B}
   * @param packet which packet shows it
   * @param how whether the replay showed it or it follows from what it showed
   */
  public record Evidence(String side, int packet, Message message, Reading.Evidence how) {
    /** What it shows, in English. */
    public String text() {
      return message.english();
    }
  }
}
