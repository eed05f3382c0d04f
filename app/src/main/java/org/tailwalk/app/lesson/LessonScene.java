// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Era;
import org.tailwalk.scenario.Scenario;

/**
 * What a page replays.
 *
 * @param scenario null for the one beside the capture
 * @param datapath null for the scenario's
 * @param model null for the scenario's; with a datapath named here, for that datapath's
 */
public record LessonScene(
    Path capture, @Nullable Path scenario, @Nullable DatapathSpec datapath, @Nullable Era model) {

  /** The scenario as this scene wants it. */
  public Scenario dress(Scenario found) {
    Scenario dressed = found;
    if (datapath != null) {
      dressed = dressed.withDatapath(datapath).withModel(null);
    }
    return model == null ? dressed : dressed.withModel(model);
  }
}
