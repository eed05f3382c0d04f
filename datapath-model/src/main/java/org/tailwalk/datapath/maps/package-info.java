// SPDX-License-Identifier: Apache-2.0
/** The maps of a node and of each endpoint, by role (section 5 of the datapath facts). */
@NullMarked
package org.tailwalk.datapath.maps;

import org.jspecify.annotations.NullMarked;
