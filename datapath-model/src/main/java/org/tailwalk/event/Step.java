// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.event;

import org.jspecify.annotations.Nullable;

/** An event and, beside it, where it came from. */
public record Step(PathEvent event, @Nullable SourceRef source) {}
