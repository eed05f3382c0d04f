// SPDX-License-Identifier: Apache-2.0
/** Engines, sessions, injections and traces; what is derived from a pair of traces. */
@NullMarked
package org.tailwalk.replay;

import org.jspecify.annotations.NullMarked;
