// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fuzz;

import org.tailwalk.packet.IpAddress;
import org.tailwalk.scenario.EndpointConfig;

/**
 * A conversation of a pod.
 *
 * @param peer whom it sends to, which may be a service
 * @param answers who sends back: the peer, or a backend of the service
 * @param protocol IP protocol number
 * @param answerPort the port that answers come from
 * @param podBegan whether the pod speaks first
 */
record Flow(
    EndpointConfig pod,
    boolean v6,
    IpAddress peer,
    IpAddress answers,
    int protocol,
    int podPort,
    int peerPort,
    int answerPort,
    boolean podBegan) {
  IpAddress own() {
    return pod.address(v6).orElse(v6 ? IpAddress.ANY6 : IpAddress.ANY4);
  }

  /** Whether a packet in this direction asks, rather than answers. */
  boolean asks(boolean fromPod) {
    return fromPod == podBegan;
  }
}
