// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.text.Texts;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.replay.recording.RecordedLane;
import org.tailwalk.scenario.Scenario;

/**
 * What stands in the kernel lane: the engine, a recording in its place, or nothing.
 *
 * @param engine null for no kernel lane
 * @param recordedOn the machine of the recording: {@code 6.18}; empty for an engine that runs
 * @param refusal why there is no kernel lane although one was to be expected; else empty
 */
record KernelChoice(@Nullable ReplayEngine engine, String recordedOn, String refusal) {
  static KernelChoice of(Origin origin, Scenario scenario, Lanes lanes) {
    Optional<RecordedLane> recorded = origin.recorded(scenario);
    Lanes.KernelLane kernel = lanes.kernel();
    if (recorded.isPresent() && (kernel == null || origin.prefersRecorded())) {
      return new KernelChoice(recorded.get().engine(), recorded.get().machine(), "");
    }
    return running(origin, scenario, lanes);
  }

  /** Without recordings. */
  static KernelChoice running(Origin origin, Scenario scenario, Lanes lanes) {
    Lanes.KernelLane kernel = lanes.kernel();
    if (kernel == null) {
      return new KernelChoice(null, "", "");
    }
    if (origin.guards(scenario.datapath())) {
      return new KernelChoice(
          null,
          "",
          Texts.of(KernelChoice.class).get("object.guarded", scenario.datapath().toString()));
    }
    return new KernelChoice(kernel.of(scenario.datapath()), "", "");
  }
}
