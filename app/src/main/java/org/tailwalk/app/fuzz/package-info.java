// SPDX-License-Identifier: Apache-2.0
/**
 * Random scenarios and packets, run through two engines that must agree; what does not agree is
 * made small and saved.
 *
 * <p>A campaign is a list of worlds (a build and its endpoints, opened once), each with many
 * sequences (policy, ipcache and packets, after a reset). Everything follows from one seed. To add
 * a kind of packet: {@link org.tailwalk.app.fuzz.PacketGenerator}. To add a kind of state: {@link
 * org.tailwalk.app.fuzz.ScenarioGenerator}, and what makes it smaller in {@link
 * org.tailwalk.app.fuzz.Shrinker}.
 */
@NullMarked
package org.tailwalk.app.fuzz;

import org.jspecify.annotations.NullMarked;
