// SPDX-License-Identifier: Apache-2.0
/** The Java model of the datapath; {@code ModelReplayEngine} is its public door. */
@NullMarked
package org.tailwalk.datapath;

import org.jspecify.annotations.NullMarked;
