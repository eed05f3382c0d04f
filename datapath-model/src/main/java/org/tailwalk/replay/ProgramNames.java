// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tailwalk.event.ProgramRef;

/** The C functions behind the programs' ids (section 1.3 of the datapath facts). */
public final class ProgramNames {
  private static final Map<String, String> FUNCTIONS =
      Map.ofEntries(
          Map.entry("from-container", "cil_from_container"),
          Map.entry("to-container", "cil_to_container"),
          Map.entry("policy", "handle_policy"),
          Map.entry("policy-egress", "handle_policy_egress"),
          Map.entry("2/1", "__send_drop_notify"),
          Map.entry("2/3", "tail_icmp6_send_echo_reply"),
          Map.entry("2/4", "tail_icmp6_handle_ns"),
          Map.entry("2/5", "tail_icmp6_send_time_exceeded"),
          Map.entry("2/6", "tail_handle_arp"),
          Map.entry("2/7", "tail_handle_ipv4"),
          Map.entry("2/10", "tail_handle_ipv6"),
          Map.entry("2/11", "tail_ipv4_policy"),
          Map.entry("2/12", "tail_ipv6_policy"),
          Map.entry("2/13", "tail_ipv4_to_endpoint"),
          Map.entry("2/14", "tail_ipv6_to_endpoint"),
          Map.entry("2/17", "tail_rev_nodeport_lb4"),
          Map.entry("2/18", "tail_rev_nodeport_lb6"),
          Map.entry("2/25", "tail_handle_ipv4_cont"),
          Map.entry("2/26", "tail_handle_ipv6_cont"),
          Map.entry("2/27", "tail_ipv4_ct_ingress"),
          Map.entry("2/28", "tail_ipv4_ct_ingress_policy_only"),
          Map.entry("2/29", "tail_ipv4_ct_egress"),
          Map.entry("2/30", "tail_ipv6_ct_ingress"),
          Map.entry("2/31", "tail_ipv6_ct_ingress_policy_only"),
          Map.entry("2/32", "tail_ipv6_ct_egress"));

  /** The entry programs had other names in 2020. */
  private static final Map<String, String> IN_2020 =
      Map.of("from-container", "handle_xgress", "to-container", "handle_to_container");

  private ProgramNames() {}

  /** The function of a program: the object's own; else the usual one; else its id. */
  public static String function(ProgramRef program) {
    return program.function().isEmpty() ? function(program.id()) : program.function();
  }

  /** The function that usually has an id; the id where we know none. */
  public static String function(String id) {
    return FUNCTIONS.getOrDefault(id, id);
  }

  /** What filters and breakpoints may call a program: its id, and its function in any era. */
  public static Set<String> names(String id) {
    Set<String> names = new LinkedHashSet<>(List.of(id, function(id)));
    names.add(IN_2020.getOrDefault(id, id));
    return names;
  }

  /** The function in a slot of the private calls map; {@code slot N} where we know none. */
  public static String call(long slot) {
    return FUNCTIONS.getOrDefault("2/" + slot, "slot " + slot);
  }
}
