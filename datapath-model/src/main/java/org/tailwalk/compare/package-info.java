// SPDX-License-Identifier: Apache-2.0

/**
 * Two replays side by side: which packet of one capture corresponds to which of another, how sure
 * that is, and where the two first differ, in words.
 *
 * <p>{@link org.tailwalk.compare.CapturePrints} keeps a few numbers of each packet; {@link
 * org.tailwalk.compare.Aligner} pairs flows, then packets inside each flow and direction. {@link
 * org.tailwalk.compare.SideRecorder} listens to a replay and keeps what comparing needs of it;
 * {@link org.tailwalk.compare.PairComparer} compares one pair. To add a kind of difference: name it
 * in {@link org.tailwalk.compare.Difference.Kind} and let {@link
 * org.tailwalk.compare.FirstDifference} tell it.
 */
@NullMarked
package org.tailwalk.compare;

import org.jspecify.annotations.NullMarked;
