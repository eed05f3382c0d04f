// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.notify;

/**
 * Where a drop is sent from: the file's number and the line at the seed commit (section 6.5), 0
 * where it is not known.
 */
public enum DropSite {
  IPV6_CONT(2, 595),
  HANDLE_IPV6(2, 706),
  IPV4_CONT(2, 1163),
  HANDLE_IPV4(2, 1260),
  FROM_CONTAINER(2, 1351),
  IPV6_POLICY(2, 1556),
  IPV6_TO_ENDPOINT(2, 1636),
  IPV4_POLICY(2, 1899),
  IPV4_TO_ENDPOINT(2, 1978),
  HANDLE_POLICY(2, 2053),
  HANDLE_POLICY_EGRESS(2, 2105),
  TO_CONTAINER(2, 2187),
  DROP_FOR_DIRECTION(2, 0),
  ARP(101, 0),
  ICMP6_ECHO_REPLY(104, 0),
  ICMP6_NS(104, 413),
  ICMP6_TIME_EXCEEDED(104, 345);

  private final int file;
  private final int seedLine;

  DropSite(int file, int seedLine) {
    this.file = file;
    this.seedLine = seedLine;
  }

  /** Number of the source file. */
  public int file() {
    return file;
  }

  /** Line of the send at the seed commit. */
  public int seedLine() {
    return seedLine;
  }
}
