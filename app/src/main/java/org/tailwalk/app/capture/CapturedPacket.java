// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.capture;

import org.tailwalk.packet.Frame;

/**
 * A packet of a capture.
 *
 * @param number 1-based, in file order
 * @param frame as Ethernet; for other link types with an Ethernet header made up from what is
 *     known. Empty when nothing can be made of the packet: then {@link #note} says why
 * @param linkType what the file had
 * @param direction as far as the file tells it
 * @param interfaceIndex the machine's interface index where the file tells it (SLL2), else 0
 * @param note what is special about how the packet was read, else empty
 */
public record CapturedPacket(
    long number,
    Frame frame,
    LinkType linkType,
    Direction direction,
    long interfaceIndex,
    String note) {

  /** Which way a packet went at the capturing machine. */
  public enum Direction {
    /** Not recorded. */
    UNKNOWN,
    /** Received by the machine, or seen in passing. */
    IN,
    /** Sent by the machine. */
    OUT
  }
}
