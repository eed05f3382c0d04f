// SPDX-License-Identifier: Apache-2.0
/** The policy lookup (section 4 of the datapath facts). */
@NullMarked
package org.tailwalk.datapath.policy;

import org.jspecify.annotations.NullMarked;
