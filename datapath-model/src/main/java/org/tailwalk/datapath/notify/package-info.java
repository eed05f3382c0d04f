// SPDX-License-Identifier: Apache-2.0
/**
 * Trace, drop, policy-verdict and debug notifications (section 6 of the datapath facts), one class
 * for each kind. A program that reports a drop of its own needs a place in {@link
 * org.tailwalk.datapath.notify.DropSite}.
 */
@NullMarked
package org.tailwalk.datapath.notify;

import org.jspecify.annotations.NullMarked;
