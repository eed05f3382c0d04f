// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The compile-time switches of the endpoint programs that our datapath knows, by the C macro's
 * name.
 */
public enum DatapathOption {
  ENABLE_IPV4,
  ENABLE_IPV6,
  ENABLE_ROUTING,
  ENABLE_SOCKET_LB_FULL,
  ENABLE_L7_LB,
  ENABLE_SCTP,
  ENABLE_IPV4_FRAGMENTS,
  ENABLE_ARP_RESPONDER,
  ENABLE_ARP_PASSTHROUGH,
  ENABLE_CUSTOM_CALLS,
  ENABLE_HOST_FIREWALL,
  ENABLE_ICMP_RULE,
  ALLOW_ICMP_FRAG_NEEDED,
  ENABLE_IDENTITY_MARK,
  ENABLE_SESSION_AFFINITY,
  USE_BPF_PROG_FOR_INGRESS_POLICY,
  DISABLE_SIP_VERIFICATION,
  DISABLE_LOOPBACK_LB,
  DROP_NOTIFY,
  TRACE_NOTIFY,
  POLICY_VERDICT_NOTIFY,
  DEBUG,
  CONNTRACK_ACCOUNTING,
  POLICY_AUDIT_MODE,
  LOCAL_DELIVERY_METRICS,
  HAVE_LARGE_INSN_LIMIT,
  HAVE_LRU_HASH_MAP_TYPE,
  HAVE_LPM_TRIE_MAP_TYPE,
  HAVE_CHANGE_TAIL;

  /** Whether the code of an era knows this switch: four came after 2020. */
  public boolean existsIn(Era era) {
    return era != Era.WALKTHROUGH2020
        || this != ENABLE_L7_LB
            && this != ENABLE_SCTP
            && this != ENABLE_CUSTOM_CALLS
            && this != ENABLE_ICMP_RULE;
  }

  /** The short name: lower-case kebab without {@code ENABLE_} or {@code HAVE_}. */
  public String label() {
    String word = name();
    if (word.startsWith("ENABLE_")) {
      word = word.substring(7);
    } else if (word.startsWith("HAVE_")) {
      word = word.substring(5);
    }
    return kebab(word);
  }

  private static String kebab(String macro) {
    return macro.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The option of a short name, of the macro's name, or of that in kebab case.
   *
   * @throws IllegalArgumentException naming the words there are
   */
  public static DatapathOption parse(String word) {
    for (DatapathOption option : values()) {
      if (option.label().equals(word)
          || option.name().equals(word)
          || kebab(option.name()).equals(word)) {
        return option;
      }
    }
    throw new IllegalArgumentException(
        "unknown datapath option \"%s\"; there are %s"
            .formatted(
                word,
                Arrays.stream(values())
                    .map(DatapathOption::label)
                    .collect(Collectors.joining(", "))));
  }
}
