// SPDX-License-Identifier: Apache-2.0

/**
 * Moving through a capture: the position (packet, step, fraction), the clock that plays it, the
 * buttons, and the strip of the whole capture. The position is the one truth; everything the window
 * shows of a moment is a function of it.
 */
@NullMarked
package org.tailwalk.app.transport;

import org.jspecify.annotations.NullMarked;
