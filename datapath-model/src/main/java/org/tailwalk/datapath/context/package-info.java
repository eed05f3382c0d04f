// SPDX-License-Identifier: Apache-2.0
/**
 * What programs agree on about mark, cb, tc_index and return codes (section 8 of the datapath
 * facts).
 */
@NullMarked
package org.tailwalk.datapath.context;

import org.jspecify.annotations.NullMarked;
