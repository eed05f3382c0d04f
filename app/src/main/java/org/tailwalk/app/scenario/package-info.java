// SPDX-License-Identifier: Apache-2.0

/**
 * What a capture is replayed against, as the bar at the top chooses it. A choice is told to whoever
 * replays, and put back when that fails. One more thing to choose is a property of {@link
 * org.tailwalk.app.scenario.ScenarioViewModel} and a control in {@link
 * org.tailwalk.app.scenario.ScenarioBar}, which also knows how it looks in a narrow window.
 */
@NullMarked
package org.tailwalk.app.scenario;

import org.jspecify.annotations.NullMarked;
