// SPDX-License-Identifier: Apache-2.0

/**
 * The stage: the loaded object's programs and tail calls, and the packet that walks through them.
 * {@link org.tailwalk.app.path.PathGraph} says what there is, {@link
 * org.tailwalk.app.path.StageLayout} where it stands, {@link org.tailwalk.app.path.Walk} where a
 * packet is after each step; the view only paints them. Everything that moves is a function of
 * (packet, step, fraction), so that playing backward shows what playing forward showed.
 */
@NullMarked
package org.tailwalk.app.path;

import org.jspecify.annotations.NullMarked;
