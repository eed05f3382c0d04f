// SPDX-License-Identifier: Apache-2.0
/**
 * What becomes of a fault of ours: a report that a user can read, copy and attach, and a window
 * that stays. To tell more in it: a line in {@link org.tailwalk.app.fault.FaultReport}; never a
 * byte of a packet that the user has not asked for.
 */
@NullMarked
package org.tailwalk.app.fault;

import org.jspecify.annotations.NullMarked;
