// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.platform;

import java.nio.file.Path;
import java.util.Map;

/** The user's folders as the XDG base directory specification places them, and the program's. */
public final class UserFolders {
  private UserFolders() {}

  /** Things that may be deleted at any time. */
  public static Path cache() {
    return folder(System.getenv(), "XDG_CACHE_HOME", ".cache");
  }

  /** Logs, layout, recent files. */
  public static Path state() {
    return folder(System.getenv(), "XDG_STATE_HOME", ".local/state");
  }

  /** Settings. */
  public static Path config() {
    return folder(System.getenv(), "XDG_CONFIG_HOME", ".config");
  }

  /** Where the program lies: the launcher's folder, or the current one without it. */
  public static Path program() {
    return Path.of(System.getProperty("tailwalk.home", "."));
  }

  /** Relative paths in these variables are to be ignored, says the specification. */
  static Path folder(Map<String, String> environment, String variable, String underHome) {
    String given = environment.getOrDefault(variable, "");
    Path base =
        given.startsWith("/")
            ? Path.of(given)
            : Path.of(System.getProperty("user.home")).resolve(underHome);
    return base.resolve("tailwalk");
  }
}
