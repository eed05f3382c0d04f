// SPDX-License-Identifier: Apache-2.0

/**
 * What ran, how fast, how sure we are, what is going on now, and what went wrong: the bar at the
 * bottom, and the banner over a message that must not be missed. Whoever works for long tells
 * {@link org.tailwalk.app.status.StatusViewModel} what, how far, and how it is ended.
 */
@NullMarked
package org.tailwalk.app.status;

import org.jspecify.annotations.NullMarked;
