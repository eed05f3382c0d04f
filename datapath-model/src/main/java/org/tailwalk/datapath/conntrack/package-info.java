// SPDX-License-Identifier: Apache-2.0
/** Connection tracking (section 3 of the datapath facts). */
@NullMarked
package org.tailwalk.datapath.conntrack;

import org.jspecify.annotations.NullMarked;
