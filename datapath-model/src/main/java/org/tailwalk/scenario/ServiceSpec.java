// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import java.util.List;
import org.tailwalk.packet.IpAddress;

/**
 * A service, as the agent would hand it to the datapath.
 *
 * @param name for people; may be empty
 * @param address the frontend's
 * @param port the frontend's, host order
 * @param revNatIndex 1 to 65535
 * @param flags as in the map (section 9 of the datapath facts); affinity adds its own
 * @param flags2 likewise
 * @param affinitySeconds 0 without session affinity
 * @param proxyPort port of the L7 load balancer, 0 for none
 * @param backends in slot order
 */
public record ServiceSpec(
    String name,
    IpAddress address,
    int port,
    int revNatIndex,
    int flags,
    int flags2,
    long affinitySeconds,
    int proxyPort,
    List<Backend> backends) {
  /** Keeps its own copy. */
  public ServiceSpec {
    backends = List.copyOf(backends);
  }

  /** Whether a backend takes new connections; the code is the map's. */
  public enum BackendState {
    ACTIVE,
    TERMINATING,
    QUARANTINED,
    MAINTENANCE
  }

  /**
   * A backend.
   *
   * @param id unique in the scenario, 1 up
   */
  public record Backend(long id, IpAddress address, int port, BackendState state) {}
}
