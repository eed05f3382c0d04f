// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.tailwalk.replay.FrameSource;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ScenarioException;

/** Where scenarios come from. */
public interface Scenarios {
  /** Reads a file. */
  Scenario read(Path file) throws IOException, ScenarioException;

  /**
   * Guesses one from a capture.
   *
   * @param capture its name, for people
   */
  Scenario infer(String capture, FrameSource frames) throws IOException;
}
