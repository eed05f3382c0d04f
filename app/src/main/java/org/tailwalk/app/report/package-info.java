// SPDX-License-Identifier: Apache-2.0

/**
 * A replay written down: text for people, JSON Lines for programs. Both are told packet by packet
 * and hold nothing back, so that a capture may be of any length. The JSON is that of {@link
 * org.tailwalk.replay.json}.
 */
@NullMarked
package org.tailwalk.app.report;

import org.jspecify.annotations.NullMarked;
