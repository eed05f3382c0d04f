// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.history;

/**
 * A point between two things that happen in a replay: behind a row of a packet.
 *
 * @param packet 1-based; 0 for before the first
 * @param row the S of {@code P6.S4}: what that row shows has happened; 0 before the first row but
 *     behind the collector's sweeps that came before the packet; {@link #END} behind everything
 *     that belongs to the packet
 */
public record Moment(long packet, int row) implements Comparable<Moment> {
  /** Behind the last row and the sweeps that the packet itself called for. */
  public static final int END = 0xffff;

  /** Before anything: what the control plane wrote at start is there. */
  public static final Moment START = new Moment(0, END);

  /** Keeps rows within what is kept. */
  public Moment {
    row = Math.clamp(row, 0, END);
  }

  /** Behind a row of a packet. */
  public static Moment at(long packet, int row) {
    return new Moment(packet, row);
  }

  /** As a packet finds the maps: sweeps done, no program begun. */
  public static Moment found(long packet) {
    return new Moment(packet, 0);
  }

  /** Behind all of a packet. */
  public static Moment after(long packet) {
    return new Moment(packet, END);
  }

  /** Behind all of the packet before: not even the sweeps before this one have been. */
  public static Moment before(long packet) {
    return new Moment(packet - 1, END);
  }

  @Override
  public int compareTo(Moment other) {
    int packets = Long.compare(packet, other.packet);
    return packets != 0 ? packets : Integer.compare(row, other.row);
  }

  @Override
  public String toString() {
    return row == END ? "P" + packet : "P" + packet + ".S" + row;
  }
}
