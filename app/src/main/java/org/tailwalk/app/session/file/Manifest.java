// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session.file;

import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a session says of itself.
 *
 * @param created when it was saved, ISO 8601
 * @param program what saved it, for people
 * @param scenarioInferred whether the scenario was guessed from the capture
 * @param scenarioNotes what was guessed and why
 * @param object what was loaded in the kernel lane; null for a bundled datapath
 * @param packet where the user was, 1-based
 * @param row the 0-based step of it
 * @param window how the window was laid out; whatever the window wrote
 */
public record Manifest(
    String created,
    String program,
    FileReference capture,
    boolean scenarioInferred,
    List<String> scenarioNotes,
    @Nullable FileReference object,
    List<Lane> lanes,
    int packet,
    int row,
    JsonObject window) {
  /** The version of the format that this program writes and reads. */
  public static final int VERSION = 1;

  /** Keeps its own copies. */
  public Manifest {
    scenarioNotes = List.copyOf(scenarioNotes);
    lanes = List.copyOf(lanes);
  }

  /**
   * A lane's recording; its scenario, graph and blocks are entries of their own.
   *
   * @param runs what ran, for people
   * @param machine where, in a word for marks: {@code 6.18}
   * @param recordedAt when, ISO 8601
   * @param packets of the capture
   * @param recorded packets that were run
   * @param firstPackets the first packet of each block
   */
  public record Lane(
      String runs,
      String machine,
      String recordedAt,
      long packets,
      long recorded,
      List<Long> firstPackets) {
    /** Keeps its own copy. */
    public Lane {
      firstPackets = List.copyOf(firstPackets);
    }
  }
}
