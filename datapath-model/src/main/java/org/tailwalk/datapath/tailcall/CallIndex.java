// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.tailcall;

import org.tailwalk.datapath.header.Family;

/** Slots of the private calls map: {@code CILIUM_CALL_*}. */
public final class CallIndex {
  public static final int DROP_NOTIFY = 1;
  public static final int SEND_ICMP6_ECHO_REPLY = 3;
  public static final int HANDLE_ICMP6_NS = 4;
  public static final int SEND_ICMP6_TIME_EXCEEDED = 5;
  public static final int ARP = 6;

  private CallIndex() {}

  /** IPV4_FROM_LXC, IPV6_FROM_LXC. */
  public static int fromLxc(Family family) {
    return family.v6() ? 10 : 7;
  }

  /** IPV4_TO_LXC_POLICY_ONLY, IPV6_TO_LXC_POLICY_ONLY. */
  public static int toLxcPolicyOnly(Family family) {
    return family.v6() ? 12 : 11;
  }

  /** IPV4_TO_ENDPOINT, IPV6_TO_ENDPOINT. */
  public static int toEndpoint(Family family) {
    return family.v6() ? 14 : 13;
  }

  /** IPV4_FROM_LXC_CONT, IPV6_FROM_LXC_CONT. */
  public static int fromLxcCont(Family family) {
    return family.v6() ? 26 : 25;
  }

  /** IPV4_CT_INGRESS, IPV6_CT_INGRESS. */
  public static int ctIngress(Family family) {
    return family.v6() ? 30 : 27;
  }

  /** IPV4_CT_INGRESS_POLICY_ONLY, IPV6_CT_INGRESS_POLICY_ONLY. */
  public static int ctIngressPolicyOnly(Family family) {
    return family.v6() ? 31 : 28;
  }

  /** IPV4_CT_EGRESS, IPV6_CT_EGRESS. */
  public static int ctEgress(Family family) {
    return family.v6() ? 32 : 29;
  }
}
