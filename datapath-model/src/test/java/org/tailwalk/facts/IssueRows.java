// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Sections 12.2, 12.4 and 13: issue 22527 before and after, and the worked examples. */
final class IssueRows {
  private static final List<FactRow> ROWS = new ArrayList<>();

  private IssueRows() {}

  private static void row(String section, String name, Predicate<Recorded> witness) {
    ROWS.add(new FactRow(section, name, witness));
  }

  static List<FactRow> rows() {
    if (ROWS.isEmpty()) {
      silent();
      elsewhere();
      fixes();
      examples();
    }
    return ROWS;
  }

  private static boolean silent(Recorded p, int code) {
    return p.seed() && p.ret() == -code && !p.heard() && p.noMetric(code);
  }

  private static boolean noPerPacketLb(Recorded p) {
    return p.seed() && !p.option("ENABLE_PER_PACKET_LB") && p.entry("from-container");
  }

  private static boolean single(Recorded p) {
    return (p.config().equals("v4") || p.config().equals("v6")) && p.entry("policy");
  }

  private static void silent() {
    String s = "12.2";
    row(
        s,
        "conntrack error, program of its own: silent",
        p -> p.config().equals("dual") && silent(p, 137));
    row(s, "bad L4 header, program of its own: silent", p -> silent(p, 135));
    row(
        s,
        "IPv6 header walk, program of its own: silent",
        p -> p.config().equals("dual") && p.entry("policy") && silent(p, 157));
    row(
        s,
        "IPv6 header walk in egress: its caller walked before and tells",
        p -> p.config().equals("dual") && p.entry("from-container") && p.seed() && p.drop(157));
    row(s, "later fragment: silent", p -> silent(p, 175));
    row(s, "raw error number: silent", p -> silent(p, 14));
    row(s, "target missed, program of its own: silent", p -> silent(p, 140));
    row(
        s,
        "conntrack error inlined into tail_handle_ipv4: told by the wrapper",
        p -> noPerPacketLb(p) && p.v4() && p.drop(137));
    row(
        s,
        "conntrack error inlined into tail_handle_ipv6: told by the wrapper",
        p -> noPerPacketLb(p) && p.v6() && p.drop(137));
    row(
        s,
        "header walk inlined into tail_handle_ipv6: told by the wrapper",
        p -> noPerPacketLb(p) && p.drop(157));
    row(s, "conntrack error inlined into handle_policy: silent", p -> single(p) && silent(p, 137));
    row(
        s,
        "header walk inlined into handle_policy: silent",
        p -> single(p) && (silent(p, 157) || silent(p, 156)));
    row(
        s,
        "the two ingress programs are always separate, hence silent",
        p -> p.config().equals("v4") && p.entry("to-container") && silent(p, 137));
  }

  private static void elsewhere() {
    String s = "12.2";
    row(
        s,
        "cil_from_container: −166 told",
        p -> p.entry("from-container") && p.drop(166, 1000, 0, 0));
    row(
        s,
        "cil_from_container: −139 told",
        p -> p.entry("from-container") && p.drop(139, 1000, 0, 0));
    row(s, "tail_handle_ipv4: −132 told by the wrapper", p -> p.v4() && p.drop(132, 1000, 0, 0));
    row(s, "tail_handle_ipv6: −132 told by the wrapper", p -> p.v6() && p.drop(132, 1000, 0, 0));
    row(s, "tail_handle_ipv4: −157 told by the wrapper", p -> p.v4() && p.drop(157, 1000, 0, 0));
    row(s, "tail_handle_ipvN: −158 told by the wrapper", p -> p.drop(158));
    row(
        s,
        "cont: every error told with the destination's identity",
        p -> p.entry("from-container") && p.drop(184, 1000, -1, 0));
    row(s, "handle_policy: −166 told", p -> p.entry("policy") && p.drop(166, -1, 1000, 100));
    row(s, "handle_policy: −139 told", p -> p.entry("policy") && p.drop(139, -1, 1000, 100));
    row(
        s,
        "tail_ipvN_policy: every error told",
        p -> p.entry("policy") && p.drop(133, -1, 1000, 100));
    row(
        s,
        "tail_ipvN_to_endpoint: every error told",
        p -> p.entry("to-container") && p.drop(133, -1, 1000, 100));
    row(
        s,
        "cil_to_container: −139 told",
        p -> p.entry("to-container") && p.drop(139, -1, 1000, 100));
    row(
        s,
        "cil_to_container: −140 after the egress call, silent",
        p -> p.mark(0x900) && p.entry("to-container") && silent(p, 140));
    row(
        s,
        "cil_to_container: −140 after the host's call, silent",
        p -> p.config().equals("dual-hostfw") && p.entry("to-container") && silent(p, 140));
    row(
        s,
        "tail_handle_arp: not for us, passed",
        p -> p.byteAt(12) == 8 && p.byteAt(13) == 6 && p.entered("2/6") && p.ret() == 0);
    row(
        s,
        "ICMPv6 helpers: errors told, source 0",
        p ->
            p.event(
                "drop",
                e -> e.get("file").getAsInt() == 104 && e.get("src_identity").getAsLong() == 0));
    row(
        s,
        "time exceeded without change_tail: passes, no event",
        p ->
            p.config().equals("dual-nochangetail")
                && p.entered("2/5")
                && p.ret() == 0
                && !p.heard());
    row(
        s,
        "custom call missed: metric 11, the value stays",
        p -> p.config().equals("dual-custom") && p.metricAny(11) && p.ret() >= 0);
  }

  /** A row of 12.4 in one era. */
  private static void fix(String era, String desc, int code) {
    String outcome = code < 0 ? "returns " + code + ", nothing" : "event " + code;
    row(
        "12.4",
        "%s, %s: %s".formatted(desc, era, outcome.replace('-', '−')),
        p ->
            p.session().equals("fact-12.4-%s-dual".formatted(era))
                && p.desc().equals(desc)
                && (code < 0 ? p.ret() == code && !p.heard() : p.ret() == 2 && p.drop(code)));
  }

  private static void fixes() {
    for (String[] r :
        new String[][] {
          {"v4 GRE, egress", "-137", "119", "119", "119", "137"},
          {"v4 GRE, policy", "-137", "119", "119", "119", "137"},
          {"v4 GRE, to-container", "-137", "119", "119", "119", "137"},
          {"v4 TCP truncated to 2 bytes, policy", "-135", "121", "121", "121", "135"},
          {"v6 GRE, policy", "-137", "119", "119", "119", "137"},
          {"v6 fragment header, policy", "-157", "-157", "99", "99", "157"},
          {"v6 next header 59, policy", "-156", "-156", "100", "100", "156"},
          {"v6 fragment header, to-container", "-157", "-157", "99", "99", "157"},
          {"v6 fragment header, egress", "157", "157", "157", "157", "157"},
          {"v4 UDP egress, slot 25 empty", "-140", "-140", "-140", "116", "140"},
          {"v4 UDP policy, slot 11 empty", "-140", "-140", "-140", "116", "140"},
        }) {
      String[] eras = {"seed", "pr25426", "pr26115", "pr26118", "pr33551"};
      for (int i = 0; i < eras.length; i++) {
        fix(eras[i], r[0], Integer.parseInt(r[i + 1]));
      }
    }
    row(
        "12.4",
        "one family, GRE through handle_policy: −137 silent, then event 119",
        p -> p.session().equals("fact-12.4-pr25426-v4") && p.desc("GRE, policy") && p.drop(119));
    row(
        "12.4",
        "one family, GRE through to-container: −137 silent, then event 119",
        p ->
            p.session().equals("fact-12.4-pr25426-v4")
                && p.desc("GRE, to-container")
                && p.drop(119));
    row(
        "12.4",
        "no per-packet load balancing, seed: GRE egress told as 137",
        p ->
            p.session().equals("fact-12.4-seed-nopplb")
                && p.desc("v4 GRE, egress")
                && p.drop(137, 1000, 0, 0));
  }

  private static void example(
      String section, String name, String session, Predicate<Recorded> witness) {
    row(section, name, p -> p.session().startsWith(session) && witness.test(p));
  }

  private static void examples() {
    example(
        "13.1",
        "SYN from pod to pod: seven programs, two verdicts, two entries, redirect",
        "fact-13.1-3-v4-dual",
        p ->
            p.goesOn("2/28", "2/11")
                && p.created(e -> e.flags(0))
                && p.created(e -> e.flags(1))
                && p.created(e -> e.flags(2))
                && p.created(e -> e.flags(3))
                && p.ret() == 7);
    example(
        "13.2",
        "SYN-ACK: REPLY on both sides, no verdict, no entry",
        "fact-13.1-3-v4-dual",
        p ->
            p.desc("tcp SA")
                && p.noVerdict()
                && p.traceReason("TO_LXC") == 2
                && !p.created(_ -> true));
    example(
        "13.3",
        "ACK: seen_non_syn, lifetime 21600",
        "fact-13.1-3-v4-dual",
        p -> p.desc("tcp A") && p.updated(e -> e.field("lifetime") == p.now() + 21_600));
    example(
        "13.3",
        "FIN from A: one bit on each side",
        "fact-13.1-3-v4-dual",
        p ->
            p.updated(e -> e.flags(0) && e.has("tx_closing") && !e.has("rx_closing"))
                && p.updated(e -> e.flags(1) && e.has("rx_closing") && !e.has("tx_closing")));
    example(
        "13.3",
        "FIN from B: both entries dead, ten seconds",
        "fact-13.1-3-v4-dual",
        p ->
            p.desc("tcp FA")
                && p.updated(e ->
                    e.has("rx_closing")
                        && e.has("tx_closing")
                        && e.field("lifetime") == p.now() + 10));
    example(
        "13.3",
        "last ACK: dead entries keep their lifetime",
        "fact-13.1-3-v4-dual",
        p ->
            p.desc("tcp A")
                && p.updated(
                    e -> e.closingBefore() == 3 && e.field("lifetime") == e.lifetimeBefore()));
    example(
        "13.3",
        "SYN again: REOPENED, verdicts on both sides",
        "fact-13.1-3-v4-dual",
        p -> p.traceReason("TO_LXC") == 4 && p.verdict(2, v -> v == 0));
    example(
        "13.3",
        "RST from B: both bits of both entries at once",
        "fact-13.1-3-v4-dual",
        p ->
            p.desc("tcp R")
                && p.updated(e ->
                    e.flags(0)
                        && e.closingBefore() == 0
                        && e.has("rx_closing")
                        && e.has("tx_closing")));
    example(
        "13.4",
        "echo request to the world: entry with the identifier, to the stack",
        "fact-13.4-v4",
        p -> p.trace("TO_STACK") && p.created(e -> e.tuple("nexthdr") == 1 && e.flags(0)));
    example(
        "13.4",
        "error from the peer: RELATED, no verdict",
        "fact-13.4-v4",
        p -> p.desc("related") && p.traceReason("TO_LXC") == 3 && p.noVerdict());
    example(
        "13.4",
        "the same error from a router: NEW, −133",
        "fact-13.4-v4",
        p -> p.desc("unrelated") && p.drop(133, 2, 1000, 100));
    example(
        "13.5",
        "denied SYN: verdict −133, drop with both identities, no entry",
        "fact-13.1-3-v4-dual",
        p -> p.drop(133, 1000, 2000, 0) && p.verdict(0, v -> v == -133) && !p.created(_ -> true));
    example(
        "13.6",
        "service: SERVICE entry, rev_nat_index 7, related for the others alone",
        "fact-13.6-service",
        p ->
            p.created(e -> e.flags(4) && e.field("backend_id") == 1)
                && p.created(e -> e.flags(0) && e.field("rev_nat_index") == 7)
                && p.created(e -> e.flags(1) && e.field("rev_nat_index") == 0));
    example(
        "13.6",
        "service: the reply gets the service's address",
        "fact-13.6-service",
        p -> p.desc("tcp SA") && p.traceReason("TO_LXC") == 2 && p.ret() == 7);
    example(
        "13.6",
        "hairpin: loopback source, no verdict, own ingress ESTABLISHED",
        "fact-13.6-hairpin",
        p -> p.created(e -> e.has("lb_loopback")) && p.noVerdict() && p.traceReason("TO_LXC") == 1);
    example(
        "13.6",
        "hairpin: the answer is NEW at the own ingress and denied",
        "fact-13.6-hairpin",
        p -> p.desc("denied") && p.drop(133, 1000, 1000, 100));
    example(
        "13.7",
        "{2000, 0, UDP} does not admit",
        "fact-13.7",
        p -> p.desc("does not admit") && p.verdict(0, v -> v == -133));
    example(
        "13.7",
        "{0, 0, UDP} admits, match L4",
        "fact-13.7",
        p -> p.desc("admits") && p.verdict(3, v -> v == 0));
    example(
        "13.7",
        "destination 0.0.0.0: 184 from the cont program",
        "fact-13.7",
        p -> p.desc("0.0.0.0") && p.drop(184));
    example("13.7", "fragment, egress: 157", "fact-13.7", p -> p.desc("egress") && p.drop(157));
    example(
        "13.7",
        "fragment, ingress: verdict −157",
        "fact-13.7",
        p -> p.desc("ingress") && p.verdict(0, v -> v == -157));
    example(
        "13.7", "deny entry: −181", "fact-13.7", p -> p.desc().equals("deny entry") && p.drop(181));
    example(
        "13.7",
        "proxy entry: verdict 39226, TO_PROXY, return 0",
        "fact-13.7",
        p -> p.desc().equals("proxy entry") && p.trace("TO_PROXY") && p.ret() == 0);
    example(
        "13.7",
        "truncated TCP in a fragment build: raw −14",
        "fact-13.7-frag",
        p -> p.ret() == -14 && !p.heard());
    example(
        "13.7",
        "later fragment: −175, metric 9",
        "fact-13.7-frag",
        p -> p.ret() == -175 && p.metricAny(9));
    example(
        "13.7",
        "ARP request for the gateway: answered in place",
        "fact-13.7",
        p -> p.desc("ARP") && p.ret() == 7);
  }
}
