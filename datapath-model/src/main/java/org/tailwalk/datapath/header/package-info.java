// SPDX-License-Identifier: Apache-2.0
/** Families, and what the programs read of a packet's headers. */
@NullMarked
package org.tailwalk.datapath.header;

import org.jspecify.annotations.NullMarked;
