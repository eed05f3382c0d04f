// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.engine;

import org.tailwalk.event.PathTrace;

/**
 * A packet that has run. What it did may still have to be read out of what the run left, which an
 * engine may do on another thread while it runs the next packet.
 */
public interface Outcome {
  /**
   * What the packet did: read when first asked for, and then kept. Outcomes of a session are read
   * in the order of its runs: asking for one reads those before it first. Any thread may ask.
   */
  PathTrace trace();

  /**
   * Whether the trace may tell something that has to be heeded before the next packet runs, a
   * signal to the collector. Cheap; true where only the trace would tell.
   */
  boolean urgent();

  /** One whose trace is at hand. */
  static Outcome of(PathTrace trace) {
    return new Outcome() {
      @Override
      public PathTrace trace() {
        return trace;
      }

      @Override
      public boolean urgent() {
        return true;
      }
    };
  }
}
