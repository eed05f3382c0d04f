// SPDX-License-Identifier: Apache-2.0
/**
 * Why a packet ended as it did. {@link org.tailwalk.replay.why.Why} reads a packet's trace against
 * what {@link org.tailwalk.replay.history.MapHistory} knows of who wrote each map entry, and gives
 * an {@link org.tailwalk.replay.why.Explanation}: ten lines for people and the same chain of causes
 * as values. To add a reason: a case in {@code Reasons}.
 */
@NullMarked
package org.tailwalk.replay.why;

import org.jspecify.annotations.NullMarked;
