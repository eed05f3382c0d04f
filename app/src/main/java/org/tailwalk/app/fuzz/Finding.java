// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fuzz;

import org.jspecify.annotations.Nullable;
import org.tailwalk.event.PathTrace;

/**
 * A difference between two engines that should not be.
 *
 * @param packet 1-based; one past the last when only the maps at the end differ
 * @param signature what kind of difference it is, the same for the same cause as far as we can
 *     tell; shrinking keeps it
 * @param text what differs, for people
 * @param first the first engine's trace; null when the maps differ
 */
public record Finding(
    int packet,
    String signature,
    String text,
    @Nullable PathTrace first,
    @Nullable PathTrace second) {}
