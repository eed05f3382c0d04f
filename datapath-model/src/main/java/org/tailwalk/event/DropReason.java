// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.event;

import java.util.Optional;

/**
 * The reason codes of drop events and metrics: 130 up and 2 are drops, the others count something
 * else. A program returns {@code -code} for 130 up. Texts are what the monitor prints.
 */
public enum DropReason {
  REASON_FORWARDED(0, "Success"),
  CTX_ACT_DROP(2, "Invalid packet"),
  REASON_PLAINTEXT(3, "Interface"),
  REASON_DECRYPT(4, "Interface Decrypted"),
  REASON_LB_NO_BACKEND_SLOT(5, "LB, sock cgroup: No backend slot entry found"),
  REASON_LB_NO_BACKEND(6, "LB, sock cgroup: No backend entry found"),
  REASON_LB_REVNAT_UPDATE(7, "LB, sock cgroup: Reverse entry update failed"),
  REASON_LB_REVNAT_STALE(8, "LB, sock cgroup: Reverse entry stale"),
  REASON_FRAG_PACKET(9, "Fragmented packet"),
  REASON_FRAG_PACKET_UPDATE(10, "Fragmented packet entry update failed"),
  REASON_MISSED_CUSTOM_CALL(11, "Missed tail call to custom program"),
  DROP_UNUSED1(130, "Invalid source mac (unused)"),
  DROP_UNUSED2(131, "Invalid destination mac (unused)"),
  DROP_INVALID_SIP(132, "Invalid source ip"),
  DROP_POLICY(133, "Policy denied"),
  DROP_INVALID(134, "Invalid packet"),
  DROP_CT_INVALID_HDR(135, "CT: Truncated or invalid header"),
  DROP_FRAG_NEEDED(136, "Fragmentation needed"),
  DROP_CT_UNKNOWN_PROTO(137, "CT: Unknown L4 protocol"),
  DROP_UNUSED4(138, "CT: Can't create entry from packet (unused)"),
  DROP_UNKNOWN_L3(139, "Unsupported L3 protocol"),
  DROP_MISSED_TAIL_CALL(140, "Missed tail call"),
  DROP_WRITE_ERROR(141, "Error writing to packet"),
  DROP_UNKNOWN_L4(142, "Unknown L4 protocol"),
  DROP_UNKNOWN_ICMP_CODE(143, "Unknown ICMPv4 code"),
  DROP_UNKNOWN_ICMP_TYPE(144, "Unknown ICMPv4 type"),
  DROP_UNKNOWN_ICMP6_CODE(145, "Unknown ICMPv6 code"),
  DROP_UNKNOWN_ICMP6_TYPE(146, "Unknown ICMPv6 type"),
  DROP_NO_TUNNEL_KEY(147, "Error retrieving tunnel key"),
  DROP_UNUSED5(148, "Error retrieving tunnel options (unused)"),
  DROP_UNUSED6(149, "Invalid Geneve option (unused)"),
  DROP_UNKNOWN_TARGET(150, "Unknown L3 target address"),
  DROP_UNROUTABLE(151, "Stale or unroutable IP"),
  DROP_UNUSED7(152, "No matching local container found (unused)"),
  DROP_CSUM_L3(153, "Error while correcting L3 checksum"),
  DROP_CSUM_L4(154, "Error while correcting L4 checksum"),
  DROP_CT_CREATE_FAILED(155, "CT: Map insertion failed"),
  DROP_INVALID_EXTHDR(156, "Invalid IPv6 extension header"),
  DROP_FRAG_NOSUPPORT(157, "IP fragmentation not supported"),
  DROP_NO_SERVICE(158, "Service backend not found"),
  DROP_UNUSED8(159, ""),
  DROP_NO_TUNNEL_ENDPOINT(160, "No tunnel/encapsulation endpoint (datapath BUG!)"),
  DROP_NAT_46X64_DISABLED(161, "NAT 46/64 not enabled"),
  DROP_EDT_HORIZON(162, "Reached EDT rate-limiting drop horizon"),
  DROP_UNKNOWN_CT(163, "Unknown connection tracking state"),
  DROP_HOST_UNREACHABLE(164, "Local host is unreachable"),
  DROP_NO_CONFIG(165, "No configuration available to perform policy decision (unused)"),
  DROP_UNSUPPORTED_L2(166, "Unsupported L2 protocol"),
  DROP_NAT_NO_MAPPING(167, "No mapping for NAT masquerade"),
  DROP_NAT_UNSUPP_PROTO(168, "Unsupported protocol for NAT masquerade"),
  DROP_NO_FIB(169, "FIB lookup failed"),
  DROP_ENCAP_PROHIBITED(170, "Encapsulation traffic is prohibited"),
  DROP_INVALID_IDENTITY(171, "Invalid identity"),
  DROP_UNKNOWN_SENDER(172, "Unknown sender"),
  DROP_NAT_NOT_NEEDED(173, "NAT not needed"),
  DROP_IS_CLUSTER_IP(174, "Is a ClusterIP"),
  DROP_FRAG_NOT_FOUND(175, "First logical datagram fragment not found"),
  DROP_FORBIDDEN_ICMP6(176, "Forbidden ICMPv6 message"),
  DROP_NOT_IN_SRC_RANGE(177, "Denied by LB src range check"),
  DROP_PROXY_LOOKUP_FAILED(178, "Socket lookup failed"),
  DROP_PROXY_SET_FAILED(179, "Socket assign failed"),
  DROP_PROXY_UNKNOWN_PROTO(180, "Proxy redirection not supported for protocol"),
  DROP_POLICY_DENY(181, "Policy denied by denylist"),
  DROP_VLAN_FILTERED(182, "VLAN traffic disallowed by VLAN filter"),
  DROP_INVALID_VNI(183, "Incorrect VNI from VTEP"),
  DROP_INVALID_TC_BUFFER(184, "Failed to update or lookup TC buffer"),
  DROP_NO_SID(185, "No SID was found for the IP address"),
  DROP_MISSING_SRV6_STATE(186, "SRv6 state was removed during tail call"),
  DROP_NAT46(187, "L3 translation from IPv4 to IPv6 failed (NAT46)"),
  DROP_NAT64(188, "L3 translation from IPv6 to IPv4 failed (NAT64)");

  private static final DropReason[] BY_CODE = new DropReason[256];

  static {
    for (DropReason reason : values()) {
      BY_CODE[reason.code] = reason;
    }
  }

  private final int code;
  private final String text;

  DropReason(int code, String text) {
    this.code = code;
    this.text = text;
  }

  /** The 8-bit code in events and metrics. */
  public int code() {
    return code;
  }

  /** What the monitor prints; empty where it has no text. */
  public String text() {
    return text;
  }

  /**
   * The reason of a code 0 to 255; empty for codes without a name, such as kernel error numbers.
   */
  public static Optional<DropReason> ofCode(int code) {
    return code < 0 || code > 255 ? Optional.empty() : Optional.ofNullable(BY_CODE[code]);
  }

  /** The monitor's words for a code with its extended error: the text, or {@code code, ext}. */
  public static String describe(int code, int extError) {
    String text = ofCode(code).map(DropReason::text).orElse("");
    return text.isEmpty() ? code + ", " + extError : text;
  }

  /** Whether the agent exports a metric of this code as a drop rather than as forwarded traffic. */
  public static boolean countsAsDrop(int code) {
    return code == 2 || code >= 130;
  }
}
