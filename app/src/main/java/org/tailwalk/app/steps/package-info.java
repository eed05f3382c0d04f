// SPDX-License-Identifier: Apache-2.0

/** The steps of a packet, kernel and model side by side, and why they differ. */
@NullMarked
package org.tailwalk.app.steps;

import org.jspecify.annotations.NullMarked;
