// SPDX-License-Identifier: Apache-2.0
/** Services: selection, translation and the way back (section 2.9 of the datapath facts). */
@NullMarked
package org.tailwalk.datapath.lb;

import org.jspecify.annotations.NullMarked;
