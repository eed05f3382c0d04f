// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.facts;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Sections 4.2 and 6.5: the order of policy lookups, and how a drop is told. */
final class PolicyRows {
  private static final List<FactRow> ROWS = new ArrayList<>();

  private PolicyRows() {}

  private static void row(String section, String name, Predicate<Recorded> witness) {
    ROWS.add(new FactRow(section, name, witness));
  }

  private static boolean key(JsonObject p, boolean identity, boolean port, boolean protocol) {
    return p.get("identity").getAsLong() != 0 == identity
        && p.get("port").getAsInt() != 0 == port
        && p.get("proto").getAsInt() != 0 == protocol;
  }

  static List<FactRow> rows() {
    if (ROWS.isEmpty()) {
      order();
      drops();
    }
    return ROWS;
  }

  private static void order() {
    String s = "4.2";
    row(
        s,
        "1 {remote, port, protocol}: match L3-L4",
        p -> p.verdict(2, v -> v >= 0) && p.policyHit(k -> key(k, true, true, true)));
    row(
        s,
        "2 {any, port, protocol}: match L4",
        p -> p.verdict(3, v -> v >= 0) && p.policyHit(k -> key(k, false, true, true)));
    row(
        s,
        "3 {any, 0, protocol}: match L4",
        p -> p.verdict(3, v -> v == 0) && p.policyHit(k -> key(k, false, false, true)));
    row(
        s,
        "4 {remote, 0, 0}: match L3",
        p -> p.verdict(1, v -> v == 0) && p.policyHit(k -> key(k, true, false, false)));
    row(
        s,
        "5 {any, 0, 0}: match all",
        p -> p.verdict(4, v -> v == 0) && p.policyHit(k -> key(k, false, false, false)));
    row(
        s,
        "6 CB_POLICY: zeroed before every lookup here, so what the caller left there admits"
            + " nothing",
        p -> p.entry("policy") && p.cbBefore(2) != 0 && p.drop(133));
    row(s, "7 no entry: −133", p -> p.verdict(0, v -> v == -133) && p.drop(133));
    row(
        s,
        "7 no entry for an untracked fragment: −157",
        p -> p.verdict(0, v -> v == -157) && p.drop(157));
    row(s, "deny: −181 with the entry's match", p -> p.verdict(2, v -> v == -181) && p.drop(181));
    row(
        s,
        "audit: the verdict is 0 and audited",
        p ->
            p.event(
                "policy-verdict",
                e -> e.get("audited").getAsInt() == 1 && e.get("verdict").getAsInt() == 0));
    row(
        s,
        "the third row asks for any identity: {identity, 0, protocol} admits nothing with a port",
        p -> p.desc("{2000,0,UDP} does not admit") && p.drop(133));
    row(s, "proxy: the port as stored", p -> p.verdict(2, v -> v == 39226) && p.trace("TO_PROXY"));
    row(
        s,
        "a reply is counted and not refused",
        p -> p.entry("policy") && p.traceReason("TO_LXC") == 2 && p.noVerdict() && p.ret() == 7);
  }

  private static void drops() {
    String s = "6.5";
    row(
        s,
        "1 the reason is the low byte of the absolute value, in the argument's own type",
        p -> p.era().equals("pr25426") && p.drop(119));
    row(s, "1 a raw error number of a helper", p -> p.drop(14));
    row(s, "3 counted with the full length", p -> p.drop(133) && p.metric(133, "egress"));
    row(
        s,
        "4 the call falls through: the exit code, no event",
        p -> p.missedAny("calls", 1) && p.ret() == 2 && p.metric(133, "ingress") && !p.heard());
    row(
        s,
        "without DROP_NOTIFY: counted, exit code",
        p -> !p.option("DROP_NOTIFY") && p.ret() == 2 && p.metric(133, "ingress") && !p.heard());
    row(
        s,
        "_error variants: destination and its endpoint 0",
        p -> p.entry("from-container") && p.drop(139, 1000, 0, 0));
    row(
        s,
        "egress after the destination is resolved: its identity",
        p -> p.entry("from-container") && p.drop(133, 1000, 2000, 0));
    row(
        s,
        "ingress: own identity and endpoint",
        p -> p.entry("policy") && p.drop(133, -1, 1000, 100));
    row(
        s,
        "arp.h and icmp6.h are files of their own",
        p -> p.event("drop", e -> e.get("file").getAsInt() == 104));
  }
}
