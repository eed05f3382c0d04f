// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Era;

/**
 * A film that is asked for.
 *
 * @param scenario null to find or infer one
 * @param datapath null for the scenario's
 * @param model null for the scenario's
 * @param first 1-based
 * @param last included
 * @param output a {@code .gif} file, or a folder for pictures
 * @param fps frames a second
 * @param size {@code WIDTHxHEIGHT}
 * @param speed times as fast as the transport at 1×
 * @param theme as for the window
 */
public record AnimateRequest(
    String capture,
    @Nullable String scenario,
    @Nullable DatapathSpec datapath,
    @Nullable Era model,
    int first,
    int last,
    Path output,
    int fps,
    String size,
    double speed,
    String theme) {}
