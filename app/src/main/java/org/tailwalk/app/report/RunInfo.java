// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.report;

import org.jspecify.annotations.Nullable;
import org.tailwalk.scenario.Scenario;

/**
 * What a replay is about.
 *
 * @param capture its name
 * @param kernel what runs in the kernel lane; null without one
 * @param model what runs in the model lane; null without one
 */
public record RunInfo(
    String capture, Scenario scenario, @Nullable String kernel, @Nullable String model) {}
