// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import java.util.List;
import java.util.Locale;
import org.tailwalk.replay.Reading;

/**
 * Where two packets first differ.
 *
 * @param kind what of them
 * @param row 1-based row of the aligned steps; 0 when there is none
 * @param sentence for people
 * @param evidence what the sentence rests on, oldest first
 */
public record Difference(Kind kind, int row, String sentence, List<Evidence> evidence) {
  /** Keeps its own copy. */
  public Difference {
    evidence = List.copyOf(evidence);
  }

  /** What differs first. */
  public enum Kind {
    CONNTRACK("conntrack"),
    POLICY("policy"),
    SERVICE("service"),
    IDENTITY("identity"),
    REWRITING("rewriting"),
    PATH("path"),
    NOTIFICATION("notification"),
    VERDICT("verdict"),
    MAP("map"),
    /** Nothing but the time: the same path after a very different pause. */
    TIMING("timing"),
    /** One of the two was not run. */
    NOT_RUN("not run"),
    /** Only one side has the packet. */
    ALONE("no counterpart");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
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
  public record Evidence(String side, int packet, String text, Reading.Evidence how) {}
}
