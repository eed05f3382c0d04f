// SPDX-License-Identifier: Apache-2.0
/**
 * The Java model of the datapath; {@code ModelReplayEngine} is its public door. The numbers of
 * sections are those of the datapath facts. A session sets up the maps, wires the programs of each
 * endpoint into their slots and runs packets through them; nothing here knows the other engine.
 *
 * <p>One more tail call is an edge in {@code ModelGraph} as well. To refuse a setup rather than
 * answer wrongly: a check in {@code ModelLimits}.
 */
@NullMarked
package org.tailwalk.datapath;

import org.jspecify.annotations.NullMarked;
