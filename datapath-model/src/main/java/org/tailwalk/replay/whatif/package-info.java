// SPDX-License-Identifier: Apache-2.0
/**
 * What if a packet, an entry, the policy, an option or a fault had been another: runs on from a
 * packet with that changed, beside what really happened ({@link
 * org.tailwalk.replay.whatif.WhatIf}), and looks for the least change that lets a dropped packet
 * pass ({@link org.tailwalk.replay.whatif.LeastChange}). To look for another kind of change: a
 * method in {@code Candidates}.
 */
@NullMarked
package org.tailwalk.replay.whatif;

import org.jspecify.annotations.NullMarked;
