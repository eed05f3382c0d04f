// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.animation;

import java.util.List;
import org.tailwalk.app.path.StageState;
import org.tailwalk.app.transport.Rows;

/**
 * A packet to be filmed.
 *
 * @param number 1-based
 * @param stage its walk at the beginning
 * @param rows its aligned steps, as the transport moves through them
 * @param about what stands above the stage
 * @param lines what each row says
 */
public record FilmShot(int number, StageState stage, Rows rows, String about, List<String> lines) {
  /** Keeps its own copy. */
  public FilmShot {
    lines = List.copyOf(lines);
  }
}
