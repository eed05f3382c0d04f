// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fuzz;

import java.util.List;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.MacAddress;
import org.tailwalk.scenario.EndpointConfig;

/**
 * The few addresses, ports and identities that everything is made of: few, so that packets, policy
 * and conntrack meet.
 */
public final class Universe {
  /** Three pods of the node; the last one has an egress program. */
  public static final List<EndpointConfig> PODS =
      List.of(
          pod(100, 1, 11, 1000, false), pod(200, 2, 12, 2000, false), pod(300, 3, 13, 3000, true));

  static final IpAddress HOST = IpAddress.parse("10.0.0.254");
  static final IpAddress REMOTE_POD = IpAddress.parse("10.1.0.7");
  static final IpAddress WORLD = IpAddress.parse("192.0.2.10");

  /** Addresses that are nobody's pod here. */
  static final List<IpAddress> PEERS =
      List.of(
          WORLD,
          IpAddress.parse("192.0.2.11"),
          IpAddress.parse("198.51.100.77"),
          REMOTE_POD,
          HOST,
          IpAddress.parse("10.0.0.99"));

  /** Addresses that hardly anybody sends to. */
  static final List<IpAddress> ODD =
      List.of(
          IpAddress.ANY4,
          IpAddress.parse("255.255.255.255"),
          IpAddress.parse("224.0.0.1"),
          IpAddress.parse("127.0.0.1"),
          IpAddress.parse("10.255.255.255"));

  static final int[] SERVER_PORTS = {80, 443, 53, 8080, 0};
  static final int[] CLIENT_PORTS = {40000, 40001, 53, 0, 65535};

  /** What policy, ipcache and marks speak of: reserved, pods', a CIDR's. */
  static final List<Long> IDENTITIES =
      List.of(0L, 1L, 2L, 6L, 7L, 8L, 1000L, 2000L, 3000L, 4000L, 16777217L);

  static final MacAddress PEER_MAC = MacAddress.parse("02:00:00:00:03:02");

  private Universe() {}

  private static EndpointConfig pod(
      int id, int number, long ifindex, long identity, boolean egressProgram) {
    return new EndpointConfig(
        id,
        "pod" + number,
        IpAddress.v4(0x0a000000L + number),
        IpAddress.parse("fd00::" + number),
        new MacAddress(0x020000000000L + id),
        new MacAddress(0x020000000100L + id),
        ifindex,
        identity,
        3,
        egressProgram);
  }
}
