// SPDX-License-Identifier: Apache-2.0

/** What a capture is replayed against, as the bar at the top chooses it. */
@NullMarked
package org.tailwalk.app.scenario;

import org.jspecify.annotations.NullMarked;
