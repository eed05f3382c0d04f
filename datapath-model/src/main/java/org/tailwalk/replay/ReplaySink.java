// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

/** Who wants to see packets after their replay. Called in capture order, by one thread. */
@FunctionalInterface
public interface ReplaySink {
  /**
   * The next packet.
   *
   * @return whether to go on; false ends the replay early
   */
  boolean accept(PacketReplay packet);
}
