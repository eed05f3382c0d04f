// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import java.util.List;
import java.util.Optional;
import org.tailwalk.packet.IpAddress;

/**
 * What is on the node before the first packet.
 *
 * @param endpoints those with programs
 * @param hostAddresses the node's own addresses, in the endpoint map with the host flag
 */
public record NodeState(
    List<EndpointConfig> endpoints,
    List<IpAddress> hostAddresses,
    List<SecurityIdentity> identities,
    List<IpcacheMapping> ipcache,
    Policy policy,
    List<ServiceSpec> services,
    List<ConntrackSeed> conntrack) {
  /** Keeps its own copies. */
  public NodeState {
    endpoints = List.copyOf(endpoints);
    hostAddresses = List.copyOf(hostAddresses);
    identities = List.copyOf(identities);
    ipcache = List.copyOf(ipcache);
    services = List.copyOf(services);
    conntrack = List.copyOf(conntrack);
  }

  /** The endpoint with this id. */
  public Optional<EndpointConfig> endpoint(int id) {
    return endpoints.stream().filter(e -> e.id() == id).findFirst();
  }

  /** The endpoint that has this address. */
  public Optional<EndpointConfig> endpoint(IpAddress address) {
    return endpoints.stream()
        .filter(e -> e.address(address.v6()).filter(address::equals).isPresent())
        .findFirst();
  }

  /** The labels of an identity, reserved ones included; empty when it has none. */
  public List<String> labels(long identity) {
    return identities.stream()
        .filter(i -> i.id() == identity)
        .findFirst()
        .map(SecurityIdentity::labels)
        .or(() -> Optional.ofNullable(SecurityIdentity.RESERVED.get(identity)).map(List::of))
        .orElse(List.of());
  }
}
