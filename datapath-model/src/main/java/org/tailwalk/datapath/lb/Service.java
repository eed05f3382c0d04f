// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.lb;

import org.tailwalk.event.MapKey.ServiceKey;
import org.tailwalk.event.MapValue.ServiceEntry;

/** A frontend that a packet matched. */
public record Service(ServiceKey key, ServiceEntry entry) {
  /** Whether clients are bound to a backend. */
  boolean affinity() {
    return (entry.flags() & ServiceEntry.AFFINITY) != 0;
  }

  /** Whether the L7 load balancer takes its packets. */
  public boolean l7() {
    return (entry.flags2() & ServiceEntry.L7_LB) != 0;
  }

  /** The L7 proxy's port as stored. */
  public int l7ProxyPort() {
    return (int) entry.word0() & 0xffff;
  }
}
