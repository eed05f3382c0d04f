// SPDX-License-Identifier: Apache-2.0
/** Trace, drop, policy-verdict and debug notifications (section 6 of the datapath facts). */
@NullMarked
package org.tailwalk.datapath.notify;

import org.jspecify.annotations.NullMarked;
