// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import org.tailwalk.bpf.engine.ObjectSource;
import org.tailwalk.replay.ReplayEngine;
import org.tailwalk.scenario.DatapathSpec;

/**
 * The two engines, made when a command asks for them. Whether the kernel's can run here shows when
 * a session is opened.
 */
public interface Engines {
  /**
   * The loaded programs of a datapath; an engine that is also {@code AutoCloseable} gets closed.
   */
  ReplayEngine kernel(DatapathSpec datapath);

  /** The model. */
  ReplayEngine model();

  /** Where a datapath's object comes from: a file, or the compiler. */
  ObjectSource objects(DatapathSpec datapath);
}
