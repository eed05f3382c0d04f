// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session;

import java.util.List;
import org.tailwalk.replay.FrameSource;
import org.tailwalk.scenario.Scenario;

/**
 * A capture that was opened, and what it is to be replayed against.
 *
 * @param name its file name, for people
 * @param size how many packets, at most 2^31 - 2
 * @param frames gives a fresh source from the first packet on; used by one thread at a time
 * @param scenario given or inferred
 * @param choices scenarios that could be chosen instead, the given one included
 * @param warnings what could not be read, for people
 * @param close what to do when the capture is no longer needed
 * @param origin where it came from, and what was recorded of it
 */
public record OpenCapture(
    String name,
    int size,
    Frames frames,
    Scenario scenario,
    List<ScenarioChoice> choices,
    List<String> warnings,
    Runnable close,
    Origin origin) {
  /** Keeps its own copies. */
  public OpenCapture {
    choices = List.copyOf(choices);
    warnings = List.copyOf(warnings);
  }

  /** A capture that nothing more is known of. */
  public OpenCapture(
      String name,
      int size,
      Frames frames,
      Scenario scenario,
      List<ScenarioChoice> choices,
      List<String> warnings,
      Runnable close) {
    this(name, size, frames, scenario, choices, warnings, close, Origin.unknown());
  }

  /** Begins anew with the first packet. */
  @FunctionalInterface
  public interface Frames {
    /** A fresh source. */
    FrameSource open() throws java.io.IOException;
  }

  /**
   * A scenario one may choose.
   *
   * @param name as the chooser shows it
   */
  public record ScenarioChoice(String name, Loader loader) {}

  /** Reads a scenario when it is chosen. */
  @FunctionalInterface
  public interface Loader {
    /**
     * The scenario.
     *
     * @throws Exception with a message that says what is wrong and where
     */
    Scenario load() throws Exception;
  }
}
