// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.compare.core;

import org.jspecify.annotations.Nullable;
import org.tailwalk.app.session.OpenCapture;
import org.tailwalk.app.session.ReplayProgress;

/** Opens captures, off the UI thread. */
@FunctionalInterface
public interface CaptureSource {
  /**
   * Opens one.
   *
   * @param scenario a path; null to find or infer one
   * @throws Exception with a message for people
   */
  OpenCapture open(String file, @Nullable String scenario, ReplayProgress progress)
      throws Exception;
}
