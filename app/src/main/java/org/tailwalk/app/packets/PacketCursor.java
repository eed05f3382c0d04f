// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.packets;

import org.tailwalk.filter.Subject;

/** A filter's subject that goes from packet to packet. Used by one thread. */
public interface PacketCursor extends Subject {
  /** Goes to a packet, of which then only the summary is at hand. */
  PacketCursor at(int number);
}
