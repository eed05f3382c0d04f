// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath;

import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;

/** Walks packets through the Java model of the datapath: anywhere, with no privilege. */
public final class ModelReplayEngine implements ReplayEngine {
  /** An engine; sessions share nothing. */
  public ModelReplayEngine() {}

  @Override
  public String name() {
    return "model";
  }

  @Override
  public ReplaySession open(NodeSetup setup) throws ReplayException {
    return ModelSession.open(setup);
  }
}
