// SPDX-License-Identifier: Apache-2.0
/**
 * What of the code packets have walked: hops from trace point to trace point, what runs on every
 * way between two of them, and counts over a capture. Pure; knows no other package of the desktop.
 *
 * <p>Three kinds of knowing are kept apart: a trace point wrote a record (observed), every way
 * between two records passes an instruction (certain), only some ways do (open).
 */
@NullMarked
package org.tailwalk.app.walk;

import org.jspecify.annotations.NullMarked;
