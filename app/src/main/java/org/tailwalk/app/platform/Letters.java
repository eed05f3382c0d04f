// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.platform;

import java.util.Optional;

/** Whether a machine has the letters of a language. */
public final class Letters {
  /** The package of Debian and Ubuntu that brings Korean and Chinese. */
  public static final String PACKAGE = "fonts-noto-cjk";

  private Letters() {}

  /**
   * Whether some font has a language's letters; empty when nobody can tell.
   *
   * @param language its code; Latin letters come with the window
   */
  public static Optional<Boolean> known(Machine machine, String language) {
    return machine
        .run("fc-list", ":lang=" + language, "family")
        .map(families -> !families.isBlank());
  }
}
