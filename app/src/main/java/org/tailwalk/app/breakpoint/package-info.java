// SPDX-License-Identifier: Apache-2.0

/**
 * Breakpoints: where running to the next or back to the previous one stops. A stop is a packet and
 * a row; which there are depends on the replay and the breakpoints alone, never on the direction,
 * so that both directions find the same. To add a kind: name it in {@code session.Breakpoint} and
 * let the compiler list what must know it.
 */
@NullMarked
package org.tailwalk.app.breakpoint;

import org.jspecify.annotations.NullMarked;
