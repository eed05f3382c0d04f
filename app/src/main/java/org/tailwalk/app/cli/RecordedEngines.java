// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import org.tailwalk.app.session.Origin;
import org.tailwalk.bpf.engine.ObjectSource;
import org.tailwalk.engine.EngineUnavailableException;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.replay.recording.RecordedLane;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Scenario;

/** The engines for a session: what it recorded stands in the kernel engine's place. */
record RecordedEngines(Engines engines, Origin origin, Scenario scenario) implements Engines {
  /**
   * The engines for what was opened.
   *
   * @param live runs the kernel engine although there is a recording
   */
  static Engines of(Engines engines, Origin origin, Scenario scenario, boolean live) {
    if (origin.session().isEmpty() || live) {
      return engines;
    }
    return new RecordedEngines(engines, origin, scenario);
  }

  @Override
  public ReplayEngine kernel(DatapathSpec datapath) {
    return origin.recorded(scenario).map(RecordedLane::engine).orElseGet(Missing::new);
  }

  @Override
  public ReplayEngine model() {
    return engines.model();
  }

  @Override
  public ObjectSource objects(DatapathSpec datapath) {
    return engines.objects(datapath);
  }

  /** The kernel engine never runs what a session brings unless it is asked to. */
  private static final class Missing implements ReplayEngine {
    @Override
    public String name() {
      return "recorded";
    }

    @Override
    public ReplaySession open(NodeSetup setup) throws EngineUnavailableException {
      throw new EngineUnavailableException(
          "the session has no recording of this scenario and datapath; --live runs the kernel"
              + " engine");
    }
  }
}
