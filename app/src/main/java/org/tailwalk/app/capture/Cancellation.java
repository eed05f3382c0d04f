// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.capture;

import java.util.concurrent.CancellationException;

/** Long reads end when their thread is interrupted. */
final class Cancellation {
  private Cancellation() {}

  /** A progress that also looks for the interruption; the flag stays set for the caller. */
  static CaptureProgress checked(CaptureProgress progress) {
    return (done, total) -> {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("reading the capture was cancelled");
      }
      progress.at(done, total);
    };
  }
}
