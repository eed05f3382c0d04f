// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import org.jspecify.annotations.Nullable;
import org.tailwalk.engine.ReplayEngine;

/** Closes an engine that holds something; for try-with-resources. */
record Closing(@Nullable ReplayEngine engine) implements AutoCloseable {
  @Override
  public void close() {
    if (engine instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        System.getLogger(Closing.class.getName())
            .log(System.Logger.Level.WARNING, "close engine " + engine.name(), e);
      }
    }
  }
}
