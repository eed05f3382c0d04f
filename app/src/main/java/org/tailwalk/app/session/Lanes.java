// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session;

import org.jspecify.annotations.Nullable;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.scenario.DatapathSpec;

/**
 * The engines there are.
 *
 * @param kernel null when this machine or user can't
 * @param kernelTrouble why not, and what mends it; empty when there is one
 * @param kernelName what the pill shows: {@code Kernel 6.18}
 * @param model null only where a test has none
 */
public record Lanes(
    @Nullable KernelLane kernel,
    String kernelTrouble,
    String kernelName,
    @Nullable ReplayEngine model) {
  /** Makes the kernel engine of a datapath. */
  @FunctionalInterface
  public interface KernelLane {
    /** An engine for this datapath; one that is also {@code AutoCloseable} gets closed. */
    ReplayEngine of(DatapathSpec datapath);
  }

  /** Without a kernel lane. */
  public static Lanes modelAlone(String kernelTrouble, ReplayEngine model) {
    return new Lanes(null, kernelTrouble, "Kernel", model);
  }
}
