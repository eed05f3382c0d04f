// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Section 1.4: the tail calls, and what a missed one leads to. */
final class EdgeRows {
  private static final String SECTION = "1.4";
  private static final List<FactRow> ROWS = new ArrayList<>();

  private EdgeRows() {}

  private static void row(String name, Predicate<Recorded> witness) {
    ROWS.add(new FactRow(SECTION, name, witness));
  }

  /** A call that is taken. */
  private static void taken(String from, String to, String name) {
    row(name, p -> p.goesOn(from, to));
  }

  /** A miss that the caller tells of. */
  private static void told(String in, int slot, String name, Predicate<Recorded> how) {
    row(
        name + ": missed, told",
        p -> p.seed() && p.missed(in, "calls", slot) && p.drop(140) && how.test(p));
  }

  /** A miss that nobody hears of. */
  private static void silent(String in, String map, int slot, String name) {
    row(
        name + ": missed, silent",
        p -> p.seed() && p.missed(in, map, slot) && p.ret() == -140 && !p.heard());
  }

  static List<FactRow> rows() {
    if (!ROWS.isEmpty()) {
      return ROWS;
    }
    taken("from-container", "2/7", "from-container → tail_handle_ipv4");
    told("from-container", 7, "from-container → tail_handle_ipv4", p -> p.drop(140, 1000, 0, 0));
    taken("from-container", "2/10", "from-container → tail_handle_ipv6");
    told("from-container", 10, "from-container → tail_handle_ipv6", p -> p.drop(140, 1000, 0, 0));
    taken("from-container", "2/6", "from-container → tail_handle_arp");
    told("from-container", 6, "from-container → tail_handle_arp", p -> p.drop(140, 1000, 0, 0));
    taken("2/7", "2/29", "tail_handle_ipv4 → tail_ipv4_ct_egress");
    told("2/7", 29, "tail_handle_ipv4 → tail_ipv4_ct_egress", p -> p.ret() == 2);
    row(
        "tail_handle_ipv4 → tail_ipv4_ct_egress: inline without per-packet load balancing",
        p ->
            !p.option("ENABLE_PER_PACKET_LB")
                && p.entered("2/7")
                && !p.entered("2/29")
                && p.created(e -> e.flags(0)));
    taken("2/10", "2/32", "tail_handle_ipv6 → tail_ipv6_ct_egress");
    told("2/10", 32, "tail_handle_ipv6 → tail_ipv6_ct_egress", p -> p.ret() == 2);
    row(
        "tail_handle_ipv6 → tail_ipv6_ct_egress: inline without per-packet load balancing",
        p ->
            !p.option("ENABLE_PER_PACKET_LB")
                && p.entered("2/10")
                && !p.entered("2/32")
                && p.created(e -> e.flags(0)));
    taken("2/10", "2/4", "tail_handle_ipv6 → tail_icmp6_handle_ns");
    told("2/10", 4, "tail_handle_ipv6 → tail_icmp6_handle_ns", p -> p.ret() == 2);
    taken("2/10", "2/3", "tail_handle_ipv6 → tail_icmp6_send_echo_reply");
    told("2/10", 3, "tail_handle_ipv6 → tail_icmp6_send_echo_reply", p -> p.ret() == 2);
    taken("2/29", "2/25", "tail_ipv4_ct_egress → tail_handle_ipv4_cont");
    silent("2/29", "calls", 25, "tail_ipv4_ct_egress → tail_handle_ipv4_cont");
    taken("2/32", "2/26", "tail_ipv6_ct_egress → tail_handle_ipv6_cont");
    silent("2/32", "calls", 26, "tail_ipv6_ct_egress → tail_handle_ipv6_cont");
    taken("2/25", "policy", "tail_handle_ipv4_cont → the destination's handle_policy");
    taken("2/26", "policy", "tail_handle_ipv6_cont → the destination's handle_policy");
    row(
        "tail_handle_ipvN_cont → the destination's handle_policy: missed, told",
        p ->
            p.seed()
                && (p.missed("2/25", "policy_call", -1) || p.missed("2/26", "policy_call", -1))
                && p.drop(140));
    row(
        "tail_handle_ipvN_cont → the host's program: missed, told",
        p -> p.config().equals("dual-hostfw") && p.desc("towards the host") && p.drop(140));
    taken("2/26", "2/5", "tail_handle_ipv6_cont → tail_icmp6_send_time_exceeded");
    told("2/26", 5, "tail_handle_ipv6_cont → tail_icmp6_send_time_exceeded", p -> p.ret() == 2);
    taken("policy", "2/28", "handle_policy → tail_ipv4_ct_ingress_policy_only");
    told(
        "policy",
        28,
        "handle_policy → tail_ipv4_ct_ingress_policy_only",
        p -> p.drop(140, -1, 1000, 100));
    taken("policy", "2/31", "handle_policy → tail_ipv6_ct_ingress_policy_only");
    told(
        "policy",
        31,
        "handle_policy → tail_ipv6_ct_ingress_policy_only",
        p -> p.drop(140, -1, 1000, 100));
    row(
        "handle_policy → conntrack and policy: inline with one family",
        p ->
            p.config().equals("v4")
                && p.entry("policy")
                && !p.entered("2/28")
                && p.trace("TO_LXC"));
    taken("2/28", "2/11", "tail_ipv4_ct_ingress_policy_only → tail_ipv4_policy");
    silent("2/28", "calls", 11, "tail_ipv4_ct_ingress_policy_only → tail_ipv4_policy");
    taken("2/31", "2/12", "tail_ipv6_ct_ingress_policy_only → tail_ipv6_policy");
    silent("2/31", "calls", 12, "tail_ipv6_ct_ingress_policy_only → tail_ipv6_policy");
    taken("to-container", "2/27", "to-container → tail_ipv4_ct_ingress");
    told("to-container", 27, "to-container → tail_ipv4_ct_ingress", p -> p.ret() == 2);
    taken("to-container", "2/30", "to-container → tail_ipv6_ct_ingress");
    told("to-container", 30, "to-container → tail_ipv6_ct_ingress", p -> p.ret() == 2);
    taken("to-container", "policy-egress", "to-container → the sender's handle_policy_egress");
    silent(
        "to-container",
        "policy_egress_call",
        -1,
        "to-container → the sender's handle_policy_egress");
    silent("to-container", "policy_call", -1, "to-container → the host's program");
    taken("2/27", "2/13", "tail_ipv4_ct_ingress → tail_ipv4_to_endpoint");
    silent("2/27", "calls", 13, "tail_ipv4_ct_ingress → tail_ipv4_to_endpoint");
    taken("2/30", "2/14", "tail_ipv6_ct_ingress → tail_ipv6_to_endpoint");
    silent("2/30", "calls", 14, "tail_ipv6_ct_ingress → tail_ipv6_to_endpoint");
    taken("policy-egress", "2/7", "handle_policy_egress → tail_handle_ipv4");
    row(
        "custom program of a slot: missed, metric 11, the value stays",
        p -> p.config().equals("dual-custom") && p.metricAny(11) && p.ret() >= 0);
    taken("2/25", "2/1", "a site that tells of a drop → __send_drop_notify");
    row(
        "a site that tells of a drop → __send_drop_notify: missed, counted, no event",
        p -> p.missedAny("calls", 1) && !p.heard() && p.ret() == 2);
    row(
        "no DROP_NOTIFY: counted, no event",
        p -> !p.option("DROP_NOTIFY") && p.ret() == 2 && p.metric(133, "egress") && !p.heard());
    row(
        "the longest normal chain: seven programs from pod to pod",
        p ->
            p.goesOn("from-container", "2/7")
                && p.goesOn("2/7", "2/29")
                && p.goesOn("2/29", "2/25")
                && p.goesOn("2/25", "policy")
                && p.goesOn("policy", "2/28")
                && p.goesOn("2/28", "2/11")
                && p.ret() == 7);
    return ROWS;
  }
}
