// SPDX-License-Identifier: Apache-2.0
/** Runs a capture through a pair of engines, and what is derived from the two traces. */
@NullMarked
package org.tailwalk.replay;

import org.jspecify.annotations.NullMarked;
