// SPDX-License-Identifier: Apache-2.0
/** The metrics map (section 6.4 of the datapath facts). */
@NullMarked
package org.tailwalk.datapath.metrics;

import org.jspecify.annotations.NullMarked;
