// SPDX-License-Identifier: Apache-2.0
/**
 * The node a capture is replayed against, as both engines receive it. One more thing that a
 * scenario may say: its record here, its reading and writing ({@link
 * org.tailwalk.scenario.ScenarioJson}), the schema in {@code docs/schema}, and what the agent makes
 * of it in {@code org.tailwalk.controlplane}.
 */
@NullMarked
package org.tailwalk.scenario;

import org.jspecify.annotations.NullMarked;
