// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.transport;

/**
 * The packets that playing goes through, in order: those that the list shows. Numbers are 1-based;
 * 0 means there is none.
 */
public interface Order {
  /** Nothing to go through. */
  Order EMPTY =
      new Order() {
        @Override
        public int total() {
          return 0;
        }

        @Override
        public int next(int packet) {
          return 0;
        }

        @Override
        public int previous(int packet) {
          return 0;
        }
      };

  /** How many packets the capture has, shown or not. */
  int total();

  /** The first one shown behind {@code packet}. */
  int next(int packet);

  /** The last one shown before {@code packet}. */
  int previous(int packet);

  /** The next one that was dropped or went wrong; none where that is not asked. */
  default int nextDrop(int packet) {
    return 0;
  }

  /** The next one over which the engines differ; none where that is not asked. */
  default int nextDivergence(int packet) {
    return 0;
  }

  /** A packet's capture time since the first one's; 0 where time is not kept. */
  default long sinceFirstNanos(int packet) {
    return 0;
  }
}
