// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.Prefix;

/**
 * Whose addresses a prefix holds.
 *
 * @param tunnelEndpoint the node behind which they are; 0.0.0.0 when none
 * @param key encryption key, 0 for none
 */
public record IpcacheMapping(Prefix prefix, long identity, IpAddress tunnelEndpoint, int key) {
  /** Without a tunnel or a key. */
  public static IpcacheMapping of(Prefix prefix, long identity) {
    return new IpcacheMapping(prefix, identity, IpAddress.ANY4, 0);
  }
}
