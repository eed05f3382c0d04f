// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.recording;

import java.util.List;
import org.tailwalk.engine.ProgramGraph;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.scenario.Scenario;

/**
 * A lane as it once ran.
 *
 * @param runs what ran, for people: {@code kernel 6.18, bundled:seed}
 * @param machine where, in a word for marks: {@code 6.18}
 * @param scenario what it ran against
 * @param graph the programs and their tail calls
 * @param firstPackets the first packet of each block, rising
 * @param blocks gives the blocks; may be asked from any thread
 */
public record RecordedLane(
    String runs,
    String machine,
    Scenario scenario,
    ProgramGraph graph,
    List<Long> firstPackets,
    Blocks blocks) {
  /** Keeps its own copy. */
  public RecordedLane {
    firstPackets = List.copyOf(firstPackets);
  }

  /** Where blocks are read from. */
  @FunctionalInterface
  public interface Blocks {
    /**
     * A block by its index.
     *
     * @throws RecordingException when it can't be read; the message names the file
     */
    byte[] block(int index) throws RecordingException;
  }

  /**
   * Whether this lane ran what another scenario says: the same but for its name, the notes, and
   * what the model is to be.
   */
  public boolean answers(Scenario other) {
    return essence(scenario).equals(essence(other));
  }

  /**
   * A scenario without what a recording does not depend on: two of the same essence are one
   * recording.
   */
  public static Scenario essence(Scenario s) {
    return new Scenario(
        "",
        false,
        List.of(),
        s.capturePoint(),
        s.datapath(),
        s.constants(),
        null,
        s.node(),
        s.settings());
  }

  /** An engine that gives the recorded traces, in the place of the one that ran. */
  public ReplayEngine engine() {
    return new RecordedEngine(this);
  }
}
