// SPDX-License-Identifier: Apache-2.0
/** Indices of the private calls map (section 1.3 of the datapath facts). */
@NullMarked
package org.tailwalk.datapath.tailcall;

import org.jspecify.annotations.NullMarked;
