// SPDX-License-Identifier: Apache-2.0
/**
 * Runs a capture through a pair of engines, and what is derived from the two traces. A frame is
 * placed by {@link org.tailwalk.replay.InjectionPlanner}, run by both lanes of a {@link
 * org.tailwalk.replay.CaptureReplay}, and comes out as a {@link org.tailwalk.replay.PacketReplay}
 * with its steps aligned.
 *
 * <p>One more reason why a frame is not run, or is odd, is told by the planner, with a {@link
 * org.tailwalk.replay.Mark} where the frame was changed. One more known cause of a divergence is a
 * code in {@code Explainer} and a line in {@code docs/divergences.md}. What a step says is in
 * {@link org.tailwalk.replay.EventText}.
 */
@NullMarked
package org.tailwalk.replay;

import org.jspecify.annotations.NullMarked;
