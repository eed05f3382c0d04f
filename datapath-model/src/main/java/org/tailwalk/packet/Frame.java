// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.packet;

/**
 * A captured Ethernet frame, from the destination MAC on.
 *
 * @param data the captured bytes
 * @param originalLength the length on the wire; larger than the data when the snap length cut it
 * @param timeNanos capture time, nanoseconds since 1970
 */
public record Frame(Bytes data, int originalLength, long timeNanos) {
  /** Rejects an original length below what was captured. */
  public Frame {
    if (originalLength < data.length()) {
      throw new IllegalArgumentException(
          "original length " + originalLength + " is below the captured " + data.length());
    }
  }

  /** A frame captured whole. */
  public static Frame whole(Bytes data, long timeNanos) {
    return new Frame(data, data.length(), timeNanos);
  }
}
