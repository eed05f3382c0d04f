// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.MacAddress;

/**
 * The numbers a datapath is compiled with. Times in seconds.
 *
 * @param monitorAggregation 0 none to 4 maximum
 * @param ctReportFlags which TCP flags make a report, a mask
 */
public record DatapathConstants(
    int monitorAggregation,
    long ctConnectionLifetimeTcp,
    long ctConnectionLifetimeNontcp,
    long ctServiceLifetimeTcp,
    long ctServiceLifetimeNontcp,
    long ctServiceCloseRebalance,
    long ctSynTimeout,
    long ctCloseTimeout,
    long ctReportInterval,
    int ctReportFlags,
    int tracePayloadLen,
    long hostIfindex,
    MacAddress hostIfindexMac,
    int hostEpId,
    IpAddress ipv4Loopback,
    IpAddress routerIp) {
  /** What the agent sets when nobody says otherwise (section 3.1 of the datapath facts). */
  public static final DatapathConstants AGENT_DEFAULTS =
      new DatapathConstants(
          0,
          21_600,
          60,
          21_600,
          60,
          60,
          60,
          10,
          5,
          0x07,
          128,
          1,
          MacAddress.parse("ce:72:a7:03:88:56"),
          4242,
          IpAddress.parse("169.254.42.1"),
          IpAddress.parse("fd00:10::a0f"));
}
