// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailwalk.scenario.DatapathSpec;

/**
 * How the window is asked for.
 *
 * @param capture what to open
 * @param scenario against what; null to find or infer one
 * @param screenshot where to write a picture of the window, and end; null to stay open
 * @param size {@code WIDTHxHEIGHT} in pixels; null for the usual one
 * @param theme {@code light}, {@code dark} or {@code contrast}; null for the remembered one
 * @param packet which to show, 1-based; 0 for the first
 * @param step which of its steps has happened, 1-based; 0 for the last
 * @param timing whether to tell on stderr how long the start took
 * @param tab of the inspector that stands in front; null for the first
 * @param actions to do once the capture is shown, by their names
 * @param language {@code en}, {@code ko} or {@code zh}; null for the remembered one, else the
 *     machine's
 * @param lesson a lesson's folder or file, or a folder of lessons, to open; null for none
 * @param datapath in place of the scenario's; null for that
 */
public record WindowRequest(
    String capture,
    @Nullable String scenario,
    @Nullable Path screenshot,
    @Nullable String size,
    @Nullable String theme,
    int packet,
    int step,
    boolean timing,
    @Nullable String tab,
    List<String> actions,
    @Nullable String language,
    @Nullable Path lesson,
    @Nullable DatapathSpec datapath) {
  /** Keeps its own copy. */
  public WindowRequest {
    actions = List.copyOf(actions);
  }
}
