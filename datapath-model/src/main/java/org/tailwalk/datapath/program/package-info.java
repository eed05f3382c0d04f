// SPDX-License-Identifier: Apache-2.0
/** The endpoint programs, one class per C function (section 2 of the datapath facts). */
@NullMarked
package org.tailwalk.datapath.program;

import org.jspecify.annotations.NullMarked;
