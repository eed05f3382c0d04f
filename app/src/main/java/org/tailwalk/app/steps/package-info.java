// SPDX-License-Identifier: Apache-2.0

/**
 * The steps of a packet, kernel and model side by side, and why they differ. A row is a {@link
 * org.tailwalk.app.steps.StepRow}; one more kind of step has its name there, its icon and its look
 * in {@link org.tailwalk.app.steps.StepsView}, its words in {@code replay.EventText}.
 */
@NullMarked
package org.tailwalk.app.steps;

import org.jspecify.annotations.NullMarked;
