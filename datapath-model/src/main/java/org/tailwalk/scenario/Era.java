// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Whose code a datapath behaves like: the seed commit, and it with the fixes of issue 22527 one
 * after the other.
 */
public enum Era {
  SEED,
  PR25426,
  PR26115,
  PR26118,
  PR33551,
  WALKTHROUGH2020,
  /** Not Cilium's: a program that calls itself, in the world of iproute2's loader. */
  LOOPER;

  /** Whether this era has that fix; {@link #WALKTHROUGH2020} and {@link #LOOPER} have none. */
  public boolean atLeast(Era fix) {
    return this != WALKTHROUGH2020 && this != LOOPER && compareTo(fix) >= 0;
  }

  /** The word used on the command line and in scenarios. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The era of a word; {@code notified} is an alias of {@code pr33551}.
   *
   * @throws IllegalArgumentException naming the words there are
   */
  public static Era parse(String word) {
    if (word.equals("notified")) {
      return PR33551;
    }
    for (Era era : values()) {
      if (era.label().equals(word)) {
        return era;
      }
    }
    throw new IllegalArgumentException(
        "unknown era \"%s\"; there are %s, and notified for pr33551"
            .formatted(
                word, Arrays.stream(values()).map(Era::label).collect(Collectors.joining(", "))));
  }
}
