// SPDX-License-Identifier: Apache-2.0
/**
 * What an object file says of itself: programs, tail-call wiring, maps and their pinning,
 * variables, and what a replay makes of them. As text and JSON, and as a page of the window.
 */
@NullMarked
package org.tailwalk.app.object;

import org.jspecify.annotations.NullMarked;
