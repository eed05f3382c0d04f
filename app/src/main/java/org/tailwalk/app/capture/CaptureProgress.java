// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.capture;

/** Hears how far the reading of a capture has come; called about once a mebibyte. */
@FunctionalInterface
public interface CaptureProgress {
  /** Nobody listens. */
  CaptureProgress NONE = (done, total) -> {};

  /**
   * A further piece was read.
   *
   * @param doneBytes how many bytes were read
   * @param totalBytes the whole, or -1 when it isn't known (a pipe)
   */
  void at(long doneBytes, long totalBytes);
}
