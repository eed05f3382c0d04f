// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app;

import org.tailwalk.app.cli.Engines;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.replay.EngineUnavailableException;
import org.tailwalk.replay.NodeSetup;
import org.tailwalk.replay.ReplayEngine;
import org.tailwalk.replay.ReplaySession;
import org.tailwalk.scenario.DatapathSpec;

/** The engines of this program. */
final class InstalledEngines implements Engines {
  @Override
  public ReplayEngine kernel(DatapathSpec datapath) {
    return new ReplayEngine() {
      @Override
      public String name() {
        return "kernel";
      }

      @Override
      public ReplaySession open(NodeSetup setup) throws EngineUnavailableException {
        throw new EngineUnavailableException("this build has no kernel engine");
      }
    };
  }

  @Override
  public ReplayEngine model() {
    return new ModelReplayEngine();
  }
}
