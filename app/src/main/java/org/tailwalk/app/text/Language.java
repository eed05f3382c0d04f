// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.text;

import java.util.List;
import java.util.Locale;

/** The languages that the window speaks. */
public final class Language {
  /** Their codes. */
  public static final List<String> CODES = List.of("en", "ko", "zh");

  private Language() {}

  /**
   * Speaks a language from now on; before the first text is asked for.
   *
   * @param code one of {@link #CODES}; empty for the machine's
   * @param machine what that speaks
   * @throws IllegalArgumentException when there is no such
   */
  public static void speak(String code, Locale machine) {
    if (code.isEmpty()) {
      Locale.setDefault(machine);
      return;
    }
    if (!CODES.contains(code)) {
      throw new IllegalArgumentException(
          "unknown language \"" + code + "\"; there are " + String.join(", ", CODES));
    }
    Locale.setDefault(Locale.of(code));
  }
}
