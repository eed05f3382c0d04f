// SPDX-License-Identifier: Apache-2.0

/**
 * A capture as the window holds it after its replay: a small summary of every packet in memory,
 * whole traces of those that are likely to be looked at, and a way to have any other again. Knows
 * nothing of JavaFX.
 */
@NullMarked
package org.tailwalk.app.session;

import org.jspecify.annotations.NullMarked;
