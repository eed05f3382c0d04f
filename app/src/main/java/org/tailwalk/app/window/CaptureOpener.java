// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import org.jspecify.annotations.Nullable;
import org.tailwalk.app.session.OpenCapture;
import org.tailwalk.app.session.ReplayProgress;

/** Opens captures: frames, and the scenario they are to be replayed against. */
@FunctionalInterface
public interface CaptureOpener {
  /**
   * Opens a capture; called off the UI thread.
   *
   * @param capture a path
   * @param scenario a path; null to find one beside the capture, or to infer one
   * @param progress bytes read and bytes in all
   * @throws Exception with a message that says what, where, why and what to do
   */
  OpenCapture open(String capture, @Nullable String scenario, ReplayProgress progress)
      throws Exception;
}
