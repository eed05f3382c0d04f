// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.MacAddress;

/**
 * An endpoint that has programs of its own.
 *
 * @param id LXC_ID, 1 to 65535
 * @param name what people call it; may be empty
 * @param ipv4 null without the family
 * @param ipv6 null without the family
 * @param mac the pod's
 * @param nodeMac the host side's
 * @param ifindex the host side's interface
 * @param identity SECLABEL
 * @param verdictFilter POLICY_VERDICT_LOG_FILTER: bit 0 ingress, bit 1 egress
 * @param egressProgram whether to-container is attached, so that packets to the pod enter there
 */
public record EndpointConfig(
    int id,
    String name,
    @Nullable IpAddress ipv4,
    @Nullable IpAddress ipv6,
    MacAddress mac,
    MacAddress nodeMac,
    long ifindex,
    long identity,
    int verdictFilter,
    boolean egressProgram) {
  /** The address of a family. */
  public Optional<IpAddress> address(boolean v6) {
    return Optional.ofNullable(v6 ? ipv6 : ipv4);
  }
}
