// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The one log file: every {@code System.Logger} writes there, and nothing to the terminal. */
public final class LogFile {
  private static final int BYTES = 4 << 20;

  private LogFile() {}

  /** Where it lies. */
  public static Path path() {
    return UserFolders.state().resolve("tailwalk.log");
  }

  /**
   * Sends all logging to the file from now on; where it can't be written, nowhere.
   *
   * <p>The library pcap4j logs each open and close at INFO: only its warnings are kept.
   */
  public static void install() {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(Level.INFO);
    PCAP4J.setLevel(Level.WARNING);
    try {
      Files.createDirectories(path().getParent());
      Handler handler = new FileHandler(path().toString(), BYTES, 1, true);
      handler.setFormatter(new SimpleFormatter());
      root.addHandler(handler);
    } catch (IOException e) {
      // A read-only home: work goes on without a log, and the doctor says so.
      root.setLevel(Level.OFF);
    }
  }

  /** Held, since a logger that nobody holds forgets its level. */
  private static final Logger PCAP4J = Logger.getLogger("org.pcap4j");
}
