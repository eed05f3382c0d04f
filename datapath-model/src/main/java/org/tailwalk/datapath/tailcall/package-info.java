// SPDX-License-Identifier: Apache-2.0
/**
 * Indices of the private calls map (section 1.3 of the datapath facts), and calls that are a tail
 * call in one build and code in place in another. A program of one more slot: its index in {@link
 * org.tailwalk.datapath.tailcall.CallIndex}, its wiring in {@code EndpointPrograms}, its edges in
 * {@code ModelGraph}.
 */
@NullMarked
package org.tailwalk.datapath.tailcall;

import org.jspecify.annotations.NullMarked;
