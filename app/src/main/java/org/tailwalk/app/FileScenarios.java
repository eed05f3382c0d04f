// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app;

import java.io.IOException;
import java.nio.file.Path;
import org.tailwalk.app.cli.Scenarios;
import org.tailwalk.replay.FrameSource;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ScenarioException;
import org.tailwalk.scenario.ScenarioJson;

/** Scenarios out of files. */
final class FileScenarios implements Scenarios {
  @Override
  public Scenario read(Path file) throws IOException, ScenarioException {
    return ScenarioJson.read(file);
  }

  @Override
  public Scenario infer(String capture, FrameSource frames) throws IOException {
    throw new IOException(capture + ": inference is not in this build; give --scenario");
  }
}
