// SPDX-License-Identifier: Apache-2.0

/**
 * The list of packets. A million rows cost what ten do: rows are made when they are looked at, the
 * list itself is an array of numbers, JavaFX's table sees a stretch of it at a time ({@link
 * org.tailwalk.app.packets.LongTable}), and filtering goes on beside the UI thread. Cells that the
 * list of pairs has as well stand here: {@link org.tailwalk.app.packets.VerdictLabel}, {@link
 * org.tailwalk.app.packets.StatusPill}.
 */
@NullMarked
package org.tailwalk.app.packets;

import org.jspecify.annotations.NullMarked;
