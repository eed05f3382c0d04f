// SPDX-License-Identifier: Apache-2.0
/**
 * The metrics map (section 6.4 of the datapath facts). Drops and traces are counted by what tells
 * of them, in {@code datapath.notify}; what nobody is told of, by the programs themselves.
 */
@NullMarked
package org.tailwalk.datapath.metrics;

import org.jspecify.annotations.NullMarked;
