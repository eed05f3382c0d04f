// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.transport;

/**
 * A moment of a replay.
 *
 * @param packet 1-based number in the capture; 0 when there is none
 * @param row 0-based aligned step that has happened
 * @param fraction how far to the next step, 0 to below 1
 */
public record Position(int packet, int row, double fraction) {
  /** No packet at all. */
  public static final Position NONE = new Position(0, 0, 0);
}
