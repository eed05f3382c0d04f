// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.capture;

/** Reads packets of a capture, quickest in order; used by one thread. */
public final class CaptureReader {
  private final Capture capture;
  private final FileWindow window;

  CaptureReader(Capture capture, FileWindow window) {
    this.capture = capture;
    this.window = window;
  }

  /**
   * One packet.
   *
   * @param number 1-based
   */
  public CapturedPacket packet(long number) throws CaptureException {
    return capture.read(window, number);
  }
}
