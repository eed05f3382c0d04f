// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.recording;

import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplaySession;

/** Gives recorded traces for the packets that they were recorded of. Needs nothing of a kernel. */
final class RecordedEngine implements ReplayEngine {
  private final RecordedLane lane;

  RecordedEngine(RecordedLane lane) {
    this.lane = lane;
  }

  @Override
  public String name() {
    return "recorded";
  }

  @Override
  public ReplaySession open(NodeSetup setup) {
    return new RecordedSession(lane, setup);
  }
}
