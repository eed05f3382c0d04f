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
  /** Wider than 16 bits, as in the mark's two halves. */
  private static final long WIDE_IDENTITY = 0x12345;

  /**
   * Three pods of the node: one tells all verdicts, one those of ingress, one those of egress; the
   * last one has an egress program.
   */
  public static final List<EndpointConfig> PODS =
      List.of(
          pod(100, 1, 11, 1000, 3, false),
          pod(200, 2, 12, 2000, 1, false),
          pod(300, 3, 13, WIDE_IDENTITY, 2, true));

  static final int[] SERVER_PORTS = {80, 443, 53, 8080, 0};
  static final int[] CLIENT_PORTS = {40000, 40001, 53, 0, 65535};

  /** What policy, ipcache and marks speak of: reserved, pods', a CIDR's. */
  static final List<Long> IDENTITIES =
      List.of(0L, 1L, 2L, 6L, 7L, 8L, 1000L, 2000L, WIDE_IDENTITY, 4000L, 16777217L);

  static final long REMOTE_IDENTITY = 4000;

  private static final List<IpAddress> PEERS4 =
      all("10.0.0.254", "10.1.0.7", "192.0.2.10", "192.0.2.11", "198.51.100.77", "10.0.0.99");
  private static final List<IpAddress> PEERS6 =
      all("fd00::fe", "fd01::7", "2001:db8::10", "2001:db8::11", "2001:db8:1::77", "fd00::99");
  private static final List<IpAddress> ODD4 =
      all("0.0.0.0", "255.255.255.255", "224.0.0.1", "127.0.0.1", "169.254.42.1");
  private static final List<IpAddress> ODD6 =
      all("::", "ff02::1", "::1", "fd00:10::a0f", "fd00:20::7", "fe80::1");
  private static final List<IpAddress> SERVICES4 = all("10.96.0.1", "10.96.0.2", "10.96.0.3");
  private static final List<IpAddress> SERVICES6 = all("fd00:96::1", "fd00:96::2", "fd00:96::3");

  private Universe() {}

  /** The node's own address. */
  static IpAddress host(boolean v6) {
    return peers(v6).getFirst();
  }

  /** A pod of another node. */
  static IpAddress remotePod(boolean v6) {
    return peers(v6).get(1);
  }

  /** Addresses that are nobody's pod here. */
  static List<IpAddress> peers(boolean v6) {
    return v6 ? PEERS6 : PEERS4;
  }

  /** Addresses that hardly anybody sends to, the loopback and the router's among them. */
  static List<IpAddress> odd(boolean v6) {
    return v6 ? ODD6 : ODD4;
  }

  /** Addresses that services have, when there are services. */
  static List<IpAddress> services(boolean v6) {
    return v6 ? SERVICES6 : SERVICES4;
  }

  private static List<IpAddress> all(String... addresses) {
    return List.of(addresses).stream().map(IpAddress::parse).toList();
  }

  private static EndpointConfig pod(
      int id, int number, long ifindex, long identity, int verdictFilter, boolean egressProgram) {
    return new EndpointConfig(
        id,
        "pod" + number,
        IpAddress.v4(0x0a000000L + number),
        IpAddress.parse("fd00::" + number),
        new MacAddress(0x020000000000L + id),
        new MacAddress(0x020000000100L + id),
        ifindex,
        identity,
        verdictFilter,
        egressProgram);
  }
}
