// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Hears what JavaFX finds wrong with the style sheets: it says so in its log alone, and goes on
 * with what it has.
 */
final class StyleWarnings extends Handler implements AutoCloseable {
  /** Held here: a logger that nobody holds forgets its handlers. */
  private static final Logger LOG = Logger.getLogger("javafx.css");

  private final List<String> heard = new ArrayList<>();

  /** Listens from now on. */
  StyleWarnings() {
    LOG.addHandler(this);
  }

  @Override
  public synchronized void publish(LogRecord entry) {
    if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
      heard.add(new SimpleFormatter().formatMessage(entry));
    }
  }

  @Override
  public void flush() {}

  /** Stops to listen. */
  @Override
  public synchronized void close() {
    LOG.removeHandler(this);
    if (!heard.isEmpty()) {
      throw new AssertionError("JavaFX warned of the style sheets:\n" + String.join("\n", heard));
    }
  }
}
