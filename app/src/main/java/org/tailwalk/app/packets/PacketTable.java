// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.packets;

/**
 * All packets of a replay, as small as can be. Immutable; read by several threads. Numbers are
 * 1-based.
 */
public interface PacketTable {
  /** No packets. */
  PacketTable EMPTY =
      new PacketTable() {
        @Override
        public int size() {
          return 0;
        }

        @Override
        public PacketRow row(int number) {
          throw new IndexOutOfBoundsException(number);
        }

        @Override
        public long flow(int number) {
          throw new IndexOutOfBoundsException(number);
        }

        @Override
        public Counts counts() {
          return new Counts(0, 0, 0, 0, 0);
        }
      };

  /** How many. */
  int size();

  /** A packet's row, made anew; cheap enough for what is on the screen. */
  PacketRow row(int number);

  /** What packets of one connection share, in both directions; 0 for packets of none. */
  long flow(int number);

  /** What the header says. */
  Counts counts();

  /** A cursor for filters. */
  default PacketCursor cursor() {
    return new RowCursor(this);
  }

  /**
   * Sums over the capture.
   *
   * @param dropped dropped by the kernel lane, or by the model where there is no kernel lane
   * @param unheard went wrong, and neither event nor metric tells
   * @param differing the engines differ
   * @param notRun not run at all
   */
  record Counts(int total, int dropped, int unheard, int differing, int notRun) {}
}
