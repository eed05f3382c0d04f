// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session;

import org.jspecify.annotations.Nullable;
import org.tailwalk.replay.ReplayEngine;

/**
 * The engines there are.
 *
 * @param kernel null when this machine or user can't
 * @param kernelTrouble why not, and what mends it; empty when there is one
 * @param kernelName what the pill shows: {@code Kernel 6.18}
 * @param model null only where a test has none
 */
public record Lanes(
    @Nullable ReplayEngine kernel,
    String kernelTrouble,
    String kernelName,
    @Nullable ReplayEngine model) {}
