// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.bundled;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tailwalk.bpf.Fixtures;
import org.tailwalk.bpf.btf.Btf;
import org.tailwalk.bpf.elf.ObjectReader;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.MetricDirection;
import org.tailwalk.event.Notification;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.MacAddress;

/**
 * What Java writes, read back through the C structs' BTF: every member at its place, nothing
 * forgotten, nothing written between.
 */
class LayoutTest {
  private static final Path SOURCE = Path.of("src", "test", "bpf", "layouts", "layouts.c");

  /** C members that hold nothing. */
  private static final Pattern PADDING = Pattern.compile("(.*\\.)?(pad\\d*|reserved|unused)");

  private static final IpAddress A4 = IpAddress.parse("10.1.2.3");
  private static final IpAddress B4 = IpAddress.parse("192.0.2.4");
  private static final IpAddress A6 = IpAddress.parse("fd00:1:2:3:4:5:6:7");
  private static final IpAddress B6 = IpAddress.parse("2001:db8:8:9:a:b:c:d");
  private static final MacAddress MAC = MacAddress.parse("02:11:22:33:44:55");
  private static final MacAddress NODE = MacAddress.parse("02:66:77:88:99:aa");
  private static final Bytes NONE = Bytes.empty();

  /** A C struct, what Java makes of it, and what each member must then read. */
  record Case(String struct, Bytes memory, Map<String, Object> members) {
    static Case of(String struct, Bytes memory, Object... members) {
      Map<String, Object> byName = new TreeMap<>();
      for (int i = 0; i < members.length; i += 2) {
        byName.put((String) members[i], members[i + 1]);
      }
      return new Case(struct, memory, byName);
    }

    @Override
    public String toString() {
      return struct;
    }
  }

  static Btf btf(String... options) throws Exception {
    List<String> flags = new ArrayList<>(List.of(options));
    flags.addAll(List.of("-Wall", "-Wextra", "-Werror", "-Wno-unused-parameter"));
    flags.add("-Wno-sign-compare");
    return ObjectReader.read("layouts", Fixtures.compiled(SOURCE, flags)).btf().orElseThrow();
  }

  private static final class Compiled {
    static final Btf SEED = get();

    private static Btf get() {
      try {
        return btf();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  private static BigInteger be16(int value) {
    return BtfStruct.number((byte) (value >> 8), (byte) value);
  }

  private static BigInteger value(Object wanted) {
    return switch (wanted) {
      case BigInteger n -> n;
      case IpAddress a -> BtfStruct.number(a.toBytes());
      case MacAddress m -> BtfStruct.number(m.toBytes());
      case Number n -> BigInteger.valueOf(n.longValue());
      default -> throw new AssertionError(wanted);
    };
  }

  static List<Case> mapEntries() {
    List<Case> cases = new ArrayList<>();
    cases.add(tuple("ipv4_ct_tuple", A4, B4));
    cases.add(tuple("ipv6_ct_tuple", A6, B6));
    MapValue.CtEntry bits = entry(MapValue.CtEntry.PROXY_REDIRECT | MapValue.CtEntry.TX_CLOSING);
    cases.add(ctEntry(bits, "proxy_redirect", "tx_closing"));
    cases.add(ctEntry(entry(MapValue.CtEntry.RX_CLOSING), "rx_closing"));
    cases.add(ctEntry(entry(MapValue.CtEntry.NAT46), "nat46"));
    cases.add(ctEntry(entry(MapValue.CtEntry.LB_LOOPBACK), "lb_loopback"));
    cases.add(ctEntry(entry(MapValue.CtEntry.SEEN_NON_SYN), "seen_non_syn"));
    cases.add(ctEntry(entry(MapValue.CtEntry.NODE_PORT), "node_port"));
    cases.add(ctEntry(entry(MapValue.CtEntry.DSR), "dsr"));
    cases.add(ctEntry(entry(MapValue.CtEntry.FROM_L7LB), "from_l7lb"));
    cases.add(buffer("ct_buffer4", A4, B4));
    cases.add(buffer("ct_buffer6", A6, B6));
    cases.add(
        Case.of(
            "policy_key",
            new MapKey.PolicyKey(0x01020304L, 8080, 6, true).toBytes(),
            "sec_label",
            0x01020304L,
            "dport",
            be16(8080),
            "protocol",
            6,
            "egress",
            1));
    cases.add(
        Case.of(
            "policy_entry",
            new MapValue.PolicyEntry(15001, true, 7, 9).toBytes(),
            "proxy_port",
            be16(15001),
            "deny",
            1,
            "packets",
            7,
            "bytes",
            9));
    cases.add(
        Case.of(
            "ipcache_key",
            new MapKey.IpcacheKey(A6, 128).toBytes(),
            "prefixlen",
            160,
            "family",
            2,
            "ip6",
            A6,
            "ip4",
            value(A6).and(mask(32))));
    cases.add(
        Case.of(
            "remote_endpoint_info",
            new MapValue.IpcacheEntry(1003, B4, 5).toBytes(),
            "sec_label",
            1003,
            "tunnel_endpoint",
            B4,
            "key",
            5));
    cases.add(
        Case.of(
            "endpoint_key",
            new MapKey.EndpointKey(A6).toBytes(),
            "ip6",
            A6,
            "ip4",
            value(A6).and(mask(32)),
            "family",
            2,
            "key",
            0));
    cases.add(
        Case.of(
            "endpoint_info",
            new MapValue.EndpointInfo(12, 42, MapValue.EndpointInfo.HOST, MAC, NODE).toBytes(),
            "ifindex",
            12,
            "lxc_id",
            42,
            "flags",
            1,
            "mac",
            MAC,
            "node_mac",
            NODE));
    cases.add(
        Case.of(
            "metrics_key",
            new MapKey.MetricsKey(133, MetricDirection.EGRESS).toBytes(),
            "reason",
            133,
            "dir",
            2));
    cases.add(
        Case.of(
            "metrics_value", new MapValue.MetricsEntry(3, 4).toBytes(), "count", 3, "bytes", 4));
    cases.add(
        Case.of(
            "ipv4_frag_id",
            new MapKey.FragmentKey(A4, B4, 0x1234, 17).toBytes(),
            "daddr",
            A4,
            "saddr",
            B4,
            "id",
            be16(0x1234),
            "proto",
            17));
    cases.add(
        Case.of(
            "ipv4_frag_l4ports",
            new MapValue.FragmentPorts(40000, 53).toBytes(),
            "sport",
            be16(40000),
            "dport",
            be16(53)));
    return cases;
  }

  static List<Case> services() {
    List<Case> cases = new ArrayList<>();
    for (boolean v6 : List.of(false, true)) {
      String lb = v6 ? "lb6_" : "lb4_";
      IpAddress a = v6 ? A6 : A4;
      cases.add(
          Case.of(
              lb + "key",
              new MapKey.ServiceKey(a, 80, 3, 6, 1).toBytes(),
              "address",
              a,
              "dport",
              be16(80),
              "backend_slot",
              3,
              "proto",
              6,
              "scope",
              1));
      cases.add(
          Case.of(
              lb + "backend",
              new MapValue.BackendEntry(a, 8080, 6, 2).toBytes(),
              "address",
              a,
              "port",
              be16(8080),
              "proto",
              6,
              "flags",
              2));
      cases.add(
          Case.of(
              lb + "reverse_nat",
              new MapValue.ReverseNat(a, 80).toBytes(),
              "address",
              a,
              "port",
              be16(80)));
      cases.add(
          Case.of(
              lb + "affinity_key",
              new MapKey.AffinityKey(a, 7, true).toBytes(),
              "client_ip",
              a,
              "rev_nat_id",
              7,
              "netns_cookie",
              1));
    }
    cases.add(
        Case.of(
            "lb_service",
            new MapValue.ServiceEntry(0x01020304L, 5, 7, 16, 4).toBytes(),
            "backend_id",
            0x01020304L,
            "affinity_timeout",
            0x01020304L,
            "l7_lb_proxy_port",
            0x01020304L,
            "count",
            5,
            "rev_nat_index",
            7,
            "flags",
            16,
            "flags2",
            4));
    cases.add(
        Case.of(
            "lb_affinity_val",
            new MapValue.AffinityEntry(1000, 9).toBytes(),
            "last_used",
            1000,
            "backend_id",
            9));
    cases.add(
        Case.of(
            "lb_affinity_match",
            new MapKey.AffinityMatchKey(9, 7).toBytes(),
            "backend_id",
            9,
            "rev_nat_id",
            7));
    return cases;
  }

  static List<Case> notifications() {
    return List.of(
        notice(
            "drop_notify",
            1,
            133,
            new Notification.Drop(42, 133, 99, 11, 12, 13, 1163, 2, 5, 14, NONE),
            "src_label",
            11,
            "dst_label",
            12,
            "dst_id",
            13,
            "line",
            1163,
            "file",
            2,
            "ext_error",
            5,
            "ifindex",
            14),
        notice(
            "trace_notify",
            4,
            3,
            new Notification.Trace(42, 3, 99, 11, 12, 13, 2, true, 14, A6, NONE),
            "src_label",
            11,
            "dst_label",
            12,
            "dst_id",
            13,
            "reason",
            2,
            "ipv6",
            1,
            "ifindex",
            14,
            "orig_ip6",
            A6,
            "orig_ip4",
            value(A6).and(mask(32))),
        notice(
            "policy_verdict_notify",
            5,
            0,
            new Notification.PolicyVerdict(42, 99, 11, 39226, 80, 6, 2, true, 3, true, NONE),
            "remote_label",
            11,
            "verdict",
            39226,
            "dst_port",
            80,
            "proto",
            6,
            "dir",
            2,
            "ipv6",
            1,
            "match_type",
            3,
            "audited",
            1),
        notice(
            "debug_capture_msg",
            3,
            4,
            new Notification.DebugCapture(42, 4, 99, 11, 12, NONE),
            "arg1",
            11,
            "arg2",
            12),
        Case.of(
            "debug_msg",
            new Notification.Debug(42, 5, 11, 12, 13).toBytes(),
            "common.type",
            2,
            "common.subtype",
            5,
            "common.source",
            42,
            "common.hash",
            0,
            "arg1",
            11,
            "arg2",
            12,
            "arg3",
            13),
        Case.of("signal_msg", new Notification.Signal(1, 1).toBytes(), "signal_nr", 1, "proto", 1));
  }

  @ParameterizedTest
  @MethodSource({"mapEntries", "services", "notifications"})
  void everyMemberIsWhereJavaWritesIt(Case layout) throws Exception {
    BtfStruct struct = BtfStruct.of(Compiled.SEED, layout.struct());
    assertThat(struct.size()).as("size").isEqualTo(layout.memory().length());
    assertThat(new TreeSet<>(struct.members().keySet()))
        .filteredOn(m -> !PADDING.matcher(m).matches())
        .containsExactlyElementsOf(layout.members().keySet());
    byte[] memory = layout.memory().toArray();
    layout
        .members()
        .forEach((member, wanted) ->
            assertThat(struct.read(memory, member)).as(member).isEqualTo(value(wanted)));
    boolean[] padding = struct.uncovered(layout.members().keySet());
    for (int bit = 0; bit < padding.length; bit++) {
      assertThat(padding[bit] && (memory[bit / 8] >> bit % 8 & 1) != 0).as("bit " + bit).isFalse();
    }
  }

  /** The entry that both years share: what one writes the other may read. */
  @Test
  void conntrackEntriesOf2020LieAsToday() throws Exception {
    BtfStruct then = BtfStruct.of(btf("-DYEAR2020=1"), "ct_entry");
    BtfStruct now = BtfStruct.of(Compiled.SEED, "ct_entry");
    assertThat(then.size()).isEqualTo(now.size());
    then.members()
        .forEach((member, place) -> {
          if (!PADDING.matcher(member).matches()) {
            assertThat(now.members()).as(member).containsEntry(member, place);
          }
        });
    assertThat(now.members().keySet())
        .filteredOn(m -> !then.members().containsKey(m))
        .containsExactly("backend_id", "from_l7lb");
  }

  @Test
  void dropNotificationsOf2020EndBeforeFileAndLine() throws Exception {
    BtfStruct then = BtfStruct.of(btf("-DYEAR2020=1"), "drop_notify");
    BtfStruct now = BtfStruct.of(Compiled.SEED, "drop_notify");
    assertThat(then.size()).isEqualTo(32);
    assertThat(now.members()).containsEntry("dst_id", then.members().get("dst_id"));
    assertThat(then.members()).doesNotContainKeys("line", "file", "ext_error", "ifindex");
  }

  private static BigInteger mask(int bits) {
    return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
  }

  private static Case tuple(String struct, IpAddress daddr, IpAddress saddr) {
    return Case.of(
        struct,
        new MapKey.CtTuple(daddr, saddr, 80, 40000, 6, 3).toBytes(),
        "daddr",
        daddr,
        "saddr",
        saddr,
        "dport",
        be16(80),
        "sport",
        be16(40000),
        "nexthdr",
        6,
        "flags",
        3);
  }

  private static MapValue.CtEntry entry(int bits) {
    return new MapValue.CtEntry(1, 2, 3, 4, 5, bits, 7, 8, 9, 10, 11, 12, 13);
  }

  private static Case ctEntry(MapValue.CtEntry entry, String... set) {
    Case layout =
        Case.of(
            "ct_entry",
            entry.toBytes(),
            "rx_packets",
            1,
            "rx_bytes",
            2,
            "backend_id",
            2,
            "tx_packets",
            3,
            "tx_bytes",
            4,
            "lifetime",
            5,
            "rev_nat_index",
            7,
            "ifindex",
            8,
            "tx_flags_seen",
            9,
            "rx_flags_seen",
            10,
            "src_sec_id",
            11,
            "last_tx_report",
            12,
            "last_rx_report",
            13,
            "rx_closing",
            0,
            "tx_closing",
            0,
            "nat46",
            0,
            "lb_loopback",
            0,
            "seen_non_syn",
            0,
            "node_port",
            0,
            "proxy_redirect",
            0,
            "dsr",
            0,
            "from_l7lb",
            0);
    for (String bit : set) {
      layout.members().put(bit, 1);
    }
    return layout;
  }

  private static Case buffer(String struct, IpAddress daddr, IpAddress saddr) {
    MapKey.CtTuple tuple = new MapKey.CtTuple(daddr, saddr, 80, 40000, 6, 1);
    return Case.of(
        struct,
        new MapValue.CtBuffer(tuple, 7, 0b101010, A4, B4, 11, 12, 13, 128, 2).toBytes(),
        "tuple.daddr",
        daddr,
        "tuple.saddr",
        saddr,
        "tuple.dport",
        be16(80),
        "tuple.sport",
        be16(40000),
        "tuple.nexthdr",
        6,
        "tuple.flags",
        1,
        "ct_state.rev_nat_index",
        7,
        "ct_state.loopback",
        0,
        "ct_state.node_port",
        1,
        "ct_state.dsr",
        0,
        "ct_state.syn",
        1,
        "ct_state.proxy_redirect",
        0,
        "ct_state.from_l7lb",
        1,
        "ct_state.addr",
        A4,
        "ct_state.svc_addr",
        B4,
        "ct_state.src_sec_id",
        11,
        "ct_state.ifindex",
        12,
        "ct_state.backend_id",
        13,
        "monitor",
        128,
        "ret",
        2);
  }

  private static Case notice(
      String struct, int type, int subtype, Notification notification, Object... members) {
    Case layout = Case.of(struct, notification.toBytes(), members);
    layout
        .members()
        .putAll(
            Map.of(
                "capture.common.type", type,
                "capture.common.subtype", subtype,
                "capture.common.source", 42,
                "capture.common.hash", 0,
                "capture.len_orig", 99,
                "capture.len_cap", 0,
                "capture.version", 1));
    return layout;
  }
}
