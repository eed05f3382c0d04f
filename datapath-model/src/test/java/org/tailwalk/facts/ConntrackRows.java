// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.tailwalk.datapath.PacketBuilder;
import org.tailwalk.datapath.TestNode;
import org.tailwalk.event.Hook;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathTrace;
import org.tailwalk.facts.Recorded.Entry;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.Era;
import org.tailwalk.scenario.Fault;

/** Sections 3.3 to 3.6: tuples, lookup, timeouts, creation. */
final class ConntrackRows {
  private static final int RST = 4;
  private static final int SYN = 2;
  private static final int FIN = 1;
  private static final List<FactRow> ROWS = new ArrayList<>();

  private ConntrackRows() {}

  private static void row(String section, String name, Predicate<Recorded> witness) {
    ROWS.add(new FactRow(section, name, witness));
  }

  private static boolean tcp(Recorded p, int flags) {
    return p.protocol() == 6 && (p.l4(13) & (RST | SYN | FIN)) == flags;
  }

  private static int port(Recorded p, int at) {
    return p.l4(at) << 8 | p.l4(at + 1);
  }

  static List<FactRow> rows() {
    if (ROWS.isEmpty()) {
      tuples();
      lookup();
      closing();
      timeouts();
      creation();
    }
    return ROWS;
  }

  private static void tuples() {
    String s = "3.3";
    row(
        s,
        "egress: stored with flags 0, ports as in the packet",
        p ->
            p.entry("from-container")
                && tcp(p, SYN)
                && p.created(e ->
                    e.flags(0)
                        && e.tuple("dport") == port(p, 2)
                        && e.tuple("sport") == port(p, 0)));
    row(
        s,
        "ingress: stored with flags 1",
        p ->
            p.entry("policy")
                && tcp(p, SYN)
                && p.created(e -> e.flags(1) && e.tuple("dport") == port(p, 2)));
    row(
        s,
        "ICMP echo request: identifier, CREATE",
        p ->
            p.v4()
                && p.protocol() == 1
                && p.l4(0) == 8
                && p.created(e -> e.tuple("sport") == port(p, 4) && e.tuple("dport") == 0));
    row(
        s,
        "ICMPv6 echo request: identifier, CREATE",
        p ->
            p.v6()
                && p.protocol() == 58
                && p.l4(0) == 128
                && p.created(e -> e.tuple("sport") == port(p, 4) && e.tuple("dport") == 0));
    row(
        s,
        "echo reply: matches the stored request without reversal",
        p ->
            p.entry("policy") && p.protocol() == 1 && p.l4(0) == 0 && p.traceReason("TO_LXC") == 2);
    row(
        s,
        "ICMP 3, 11, 12: RELATED",
        p -> p.protocol() == 1 && p.l4(0) == 3 && p.traceReason("TO_LXC") == 3);
    row(
        s,
        "ICMPv6 1 to 4: RELATED",
        p -> p.v6() && p.protocol() == 58 && p.l4(0) <= 4 && p.traceReason("TO_LXC") == 3);
    row(
        s,
        "any other ICMP: CREATE with ports 0",
        p ->
            p.v4()
                && p.protocol() == 1
                && p.l4(0) == 5
                && p.created(e -> e.tuple("sport") == 0 && e.tuple("dport") == 0));
    row(
        s,
        "TCP: flags are read, CREATE",
        p -> tcp(p, SYN) && p.created(e -> e.tuple("nexthdr") == 6));
    row(s, "TCP with FIN or RST: CLOSE", p -> tcp(p, FIN) && p.updated(ConntrackRows::anyClosing));
    row(s, "UDP: CREATE", p -> p.protocol() == 17 && p.created(e -> e.tuple("nexthdr") == 17));
    row(s, "SCTP without the option: −137", p -> p.protocol() == 132 && p.ret() == -137);
    row(s, "anything else: −137", p -> p.protocol() == 47 && p.ret() == -137);
    row(
        s,
        "TCP flags not loadable: −135",
        p -> p.desc("v4 TCP header cut to 12") && p.ret() == -135);
    row(
        s,
        "echo identifier not loadable: −135",
        p -> p.desc("echo header cut to 4") && p.ret() == -135);
    row(
        s,
        "fragment builds: a later fragment of an unknown datagram, −175",
        p -> p.option("ENABLE_IPV4_FRAGMENTS") && p.ret() == -175 && p.metricAny(9));
    row(
        s,
        "fragment builds: ports not loadable, the raw −14",
        p -> p.option("ENABLE_IPV4_FRAGMENTS") && p.ret() == -14 && !p.heard());
    row(
        s,
        "fragment builds: the first fragment leaves its ports",
        p -> p.option("ENABLE_IPV4_FRAGMENTS") && p.metricAny(9) && p.fragmentStored());
  }

  private static boolean anyClosing(Entry e) {
    return e.has("rx_closing") || e.has("tx_closing");
  }

  private static void lookup() {
    String s = "3.4";
    row(
        s,
        "reverse direction first: REPLY",
        p -> p.entry("from-container") && p.traceReason("TO_STACK") == 2);
    row(
        s,
        "then forward: ESTABLISHED",
        p -> p.entry("from-container") && p.traceReason("TO_STACK") == 1);
    row(s, "neither: NEW", p -> p.entry("from-container") && p.traceReason("TO_STACK") == 0);
    row(
        s,
        "services are not reversed: a SERVICE entry with flags 4",
        p -> p.created(e -> e.flags(4)));
    row(
        s,
        "alive: lifetime and report are brought up to date",
        p ->
            p.updated(e ->
                e.tuple("nexthdr") == 17
                    && e.field("lifetime") == p.now() + 60
                    && e.lifetimeBefore() < p.now() + 60));
    row(
        s,
        "accounting: ingress counts rx, egress tx",
        p ->
            p.option("CONNTRACK_ACCOUNTING")
                && p.entry("policy")
                && p.updated(e -> e.flags(0) && e.field("rx_packets") > 0));
    row(
        s,
        "SYN on a closing entry: REOPENED, bits cleared",
        p ->
            tcp(p, SYN)
                && p.updated(e -> e.closingBefore() != 0 && !anyClosing(e))
                && (p.traceReason("TO_LXC") == 4 || p.traceReason("TO_STACK") == 4));
    row(
        s,
        "a reopened entry on a reply is REPLY",
        p ->
            p.protocol() == 6
                && p.updated(e -> e.closingBefore() != 0 && !anyClosing(e))
                && (p.traceReason("TO_LXC") == 2 || p.traceReason("TO_STACK") == 2));
    row(
        s,
        "an expired entry goes on matching",
        p ->
            p.updated(e ->
                e.tuple("nexthdr") == 17
                    && e.lifetimeBefore() < p.now()
                    && e.field("lifetime") == p.now() + 60));
    row(
        s,
        "a dead entry hit by a plain packet: neither lifetime nor flags change",
        p ->
            tcp(p, 0)
                && p.updated(
                    e -> e.closingBefore() == 3 && e.field("lifetime") == e.lifetimeBefore()));
  }

  private static void closing() {
    String s = "3.4";
    row(
        s,
        "FIN sets the closing bit of its direction",
        p ->
            tcp(p, FIN)
                && p.entry("from-container")
                && p.updated(e ->
                    e.flags(0)
                        && e.closingBefore() == 0
                        && e.has("tx_closing")
                        && !e.has("rx_closing")));
    row(
        s,
        "RST sets both bits at once: seen-both-SYNs is never true",
        p -> tcp(p, RST) && p.updated(e -> e.closingBefore() == 0 && both(e)));
    row(
        s,
        "dead: lifetime is now + CLOSE_TIMEOUT",
        p -> tcp(p, FIN) && p.updated(e -> both(e) && e.field("lifetime") == p.now() + 10));
  }

  private static boolean both(Entry e) {
    return e.has("rx_closing") && e.has("tx_closing");
  }

  private static void timeouts() {
    String s = "3.5";
    row(
        s,
        "not TCP: NONTCP lifetime",
        p -> p.created(e -> e.tuple("nexthdr") == 17 && e.field("lifetime") == p.now() + 60));
    row(
        s,
        "TCP before a packet without SYN: SYN timeout, also for the SYN-ACK",
        p ->
            p.protocol() == 6
                && (p.l4(13) & 0x12) == 0x12
                && p.updated(e -> !e.has("seen_non_syn") && e.field("lifetime") == p.now() + 60));
    row(
        s,
        "TCP after one: TCP lifetime",
        p ->
            tcp(p, 0)
                && p.updated(
                    e -> e.has("seen_non_syn") && e.field("lifetime") == p.now() + 21_600));
    row(
        s,
        "new flags are a report: stored with the time",
        p ->
            p.protocol() == 6
                && p.updated(
                    e -> e.field("last_tx_report") == p.now() && e.field("tx_flags_seen") > 2));
    row(
        s,
        "within the interval and with known flags: no report, aggregation hides the trace",
        p ->
            p.config().equals("dual-agg3")
                && tcp(p, 0)
                && p.entry("from-container")
                && p.ret() == 0
                && p.updated(_ -> true)
                && !p.trace("TO_STACK"));
  }

  private static void creation() {
    String s = "3.6";
    row(
        s,
        "TCP: SYN flags only, SYN timeout",
        p ->
            p.created(e ->
                e.tuple("nexthdr") == 6
                    && e.field("tx_flags_seen") == 2
                    && e.field("lifetime") == p.now() + 60));
    row(
        s,
        "egress: tx counted",
        p ->
            p.created(e -> e.flags(0) && e.field("tx_packets") == 1 && e.field("rx_packets") == 0));
    row(
        s,
        "ingress: rx counted",
        p ->
            p.created(e -> e.flags(1) && e.field("rx_packets") == 1 && e.field("tx_packets") == 0));
    row(
        s,
        "src_sec_id from the state",
        p ->
            p.entry("from-container")
                && p.created(e -> e.flags(0) && e.field("src_sec_id") == 1000));
    row(
        s,
        "proxy redirect is remembered",
        p -> p.verdict(2, v -> v > 0) && p.created(e -> e.has("proxy_redirect")));
    row(
        s,
        "SERVICE: the backend's id, no related entry",
        p ->
            p.created(e -> e.flags(4) && e.field("backend_id") > 0) && !p.created(e -> e.flags(6)));
    row(
        s,
        "loopback: a second entry with flags 1",
        p ->
            p.created(e -> e.flags(0) && e.has("lb_loopback"))
                && p.created(e -> e.flags(1) && e.has("lb_loopback")));
    row(
        s,
        "related entry: ports 0, ICMP, flags RELATED, seen_non_syn",
        p ->
            p.created(e ->
                e.flags(2)
                    && e.tuple("nexthdr") == 1
                    && e.tuple("dport") == 0
                    && e.has("seen_non_syn")));
    row(
        s,
        "related entry of IPv6: next header 58",
        p -> p.created(e -> e.flags(2) && e.tuple("nexthdr") == 58));
    ROWS.add(
        FactRow.inTheModel(
            s,
            "full map: signal and −155",
            "no full map was recorded; both lanes: samples/fault-conntrack-full",
            () -> {
              PathTrace trace =
                  new TestNode(DatapathConfig.dual(Era.SEED))
                      .allowAll()
                      .fault(new Fault.ConntrackFull())
                      .send(
                          Hook.FROM_CONTAINER,
                          TestNode.A,
                          PacketBuilder.from("10.0.0.1", "10.0.0.2").tcp(40000, 80, SYN).build());
              assertThat(TestNode.dropReason(trace)).isEqualTo(155);
              assertThat(TestNode.notified(trace, Notification.Signal.class))
                  .containsExactly(new Notification.Signal(1, 0));
            }));
  }
}
