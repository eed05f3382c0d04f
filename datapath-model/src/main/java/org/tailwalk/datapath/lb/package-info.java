// SPDX-License-Identifier: Apache-2.0
/**
 * Services (section 2.9 of the datapath facts). {@link org.tailwalk.datapath.lb.LoadBalancer} finds
 * a service and its backend and translates to it; the way back is {@link
 * org.tailwalk.datapath.lb.ReverseTranslation}'s. What an era does otherwise is asked where the
 * choice is made.
 */
@NullMarked
package org.tailwalk.datapath.lb;

import org.jspecify.annotations.NullMarked;
