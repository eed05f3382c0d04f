// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.event;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tailwalk.packet.Bytes;

/**
 * What a map is for, whatever it is called in an object. To add one: name it here with its codecs,
 * and list it in the window's map names.
 */
public enum MapRole {
  POLICY_CALL("cilium_call_policy", true, b -> MapKey.IndexKey.of(b, 4), MapValue.RawValue::new),
  CALLS("cilium_calls_", false, b -> MapKey.IndexKey.of(b, 4), MapValue.RawValue::new),
  CUSTOM_CALLS(
      "cilium_calls_custom_", false, b -> MapKey.IndexKey.of(b, 4), MapValue.RawValue::new),
  POLICY_EGRESS_CALL(
      "cilium_egresscall_policy", true, b -> MapKey.IndexKey.of(b, 4), MapValue.RawValue::new),
  ENDPOINTS("cilium_lxc", true, MapKey.EndpointKey::of, MapValue.EndpointInfo::of),
  METRICS("cilium_metrics", true, MapKey.MetricsKey::of, MapValue.MetricsEntry::of),
  POLICY("cilium_policy_", false, MapKey.PolicyKey::of, MapValue.PolicyEntry::of),
  CT_TCP4("cilium_ct4_", true, b -> MapKey.CtTuple.of(b, false), MapValue.CtEntry::of),
  CT_ANY4("cilium_ct_any4_", true, b -> MapKey.CtTuple.of(b, false), MapValue.CtEntry::of),
  CT_TCP6("cilium_ct6_", true, b -> MapKey.CtTuple.of(b, true), MapValue.CtEntry::of),
  CT_ANY6("cilium_ct_any6_", true, b -> MapKey.CtTuple.of(b, true), MapValue.CtEntry::of),
  CT_BUFFER4(
      "cilium_tail_call_buffer4",
      false,
      b -> MapKey.IndexKey.of(b, 4),
      b -> MapValue.CtBuffer.of(b, false)),
  CT_BUFFER6(
      "cilium_tail_call_buffer6",
      false,
      b -> MapKey.IndexKey.of(b, 4),
      b -> MapValue.CtBuffer.of(b, true)),
  IPCACHE("cilium_ipcache", true, MapKey.IpcacheKey::of, MapValue.IpcacheEntry::of),
  EVENTS("cilium_events", true, b -> MapKey.IndexKey.of(b, 4), MapValue.RawValue::new),
  SIGNALS("cilium_signals", true, b -> MapKey.IndexKey.of(b, 4), MapValue.RawValue::new),
  ENCRYPT("cilium_encrypt_state", true, b -> MapKey.IndexKey.of(b, 4), MapValue.RawValue::new),
  TUNNEL("cilium_tunnel_map", true, MapKey.EndpointKey::of, MapValue.RawValue::new),
  FRAGMENTS("cilium_ipv4_frag_datagrams", true, MapKey.FragmentKey::of, MapValue.FragmentPorts::of),
  LB4_SERVICES(
      "cilium_lb4_services_v2",
      true,
      b -> MapKey.ServiceKey.of(b, false),
      MapValue.ServiceEntry::of),
  LB6_SERVICES(
      "cilium_lb6_services_v2",
      true,
      b -> MapKey.ServiceKey.of(b, true),
      MapValue.ServiceEntry::of),
  LB4_BACKENDS(
      "cilium_lb4_backends_v2",
      true,
      b -> MapKey.IndexKey.of(b, 4),
      b -> MapValue.BackendEntry.of(b, false)),
  LB6_BACKENDS(
      "cilium_lb6_backends_v2",
      true,
      b -> MapKey.IndexKey.of(b, 4),
      b -> MapValue.BackendEntry.of(b, true)),
  LB4_REVERSE_NAT(
      "cilium_lb4_reverse_nat",
      true,
      b -> MapKey.IndexKey.of(b, 2),
      b -> MapValue.ReverseNat.of(b, false)),
  LB6_REVERSE_NAT(
      "cilium_lb6_reverse_nat",
      true,
      b -> MapKey.IndexKey.of(b, 2),
      b -> MapValue.ReverseNat.of(b, true)),
  LB4_AFFINITY(
      "cilium_lb4_affinity",
      true,
      b -> MapKey.AffinityKey.of(b, false),
      MapValue.AffinityEntry::of),
  LB6_AFFINITY(
      "cilium_lb6_affinity", true, b -> MapKey.AffinityKey.of(b, true), MapValue.AffinityEntry::of),
  AFFINITY_MATCH(
      "cilium_lb_affinity_match", true, MapKey.AffinityMatchKey::of, MapValue.RawValue::new),
  /** A map we know nothing about: keys and values stay bytes. */
  OTHER("", true, MapKey.RawKey::new, MapValue.RawValue::new);

  /** Roles whose symbol is whole. The kernel lane asks for a role at every step. */
  private static final Map<String, MapRole> BY_SYMBOL =
      Stream.of(values())
          .filter(r -> r != OTHER && !r.symbol.endsWith("_"))
          .collect(Collectors.toUnmodifiableMap(r -> r.symbol, r -> r, (first, _) -> first));

  /** Roles whose symbol goes on. */
  private static final List<MapRole> OPEN =
      Stream.of(values()).filter(r -> r.symbol.endsWith("_")).toList();

  private final String symbol;
  private final boolean shared;
  private final Function<Bytes, MapKey> keyCodec;
  private final Function<Bytes, MapValue> valueCodec;

  MapRole(
      String symbol,
      boolean shared,
      Function<Bytes, MapKey> keyCodec,
      Function<Bytes, MapValue> valueCodec) {
    this.symbol = symbol;
    this.shared = shared;
    this.keyCodec = keyCodec;
    this.valueCodec = valueCodec;
  }

  /**
   * The map's symbol in an object, or its beginning where it ends in an endpoint id or {@code
   * global}.
   */
  public String symbol() {
    return symbol;
  }

  /** Whether all endpoints use one map; else each endpoint has its own. */
  public boolean shared() {
    return shared;
  }

  /** Whether this is one of the four conntrack maps. */
  public boolean conntrack() {
    return this == CT_TCP4 || this == CT_ANY4 || this == CT_TCP6 || this == CT_ANY6;
  }

  /** Reads a key. */
  public MapKey key(Bytes bytes) {
    return keyCodec.apply(bytes);
  }

  /** Reads a value. */
  public MapValue value(Bytes bytes) {
    return valueCodec.apply(bytes);
  }

  /**
   * The role of a map symbol, {@link #OTHER} when none is known; the prefix {@code test_} is taken
   * as well.
   */
  public static MapRole ofSymbol(String name) {
    String symbol = plain(name);
    MapRole exact = BY_SYMBOL.get(symbol);
    if (exact != null) {
      return exact;
    }
    MapRole best = OTHER;
    for (MapRole role : OPEN) {
      if (symbol.startsWith(role.symbol) && role.symbol.length() > best.symbol.length()) {
        best = role;
      }
    }
    return best;
  }

  /** Names of Cilium's own test header lead to those of a node. */
  private static String plain(String name) {
    return switch (name) {
      case "CT_TAIL_CALL_BUFFER4" -> CT_BUFFER4.symbol;
      case "CT_TAIL_CALL_BUFFER6" -> CT_BUFFER6.symbol;
      case "test_cilium_policy" -> POLICY_CALL.symbol;
      case "test_cilium_lb4_services" -> LB4_SERVICES.symbol;
      case "test_cilium_lb6_services" -> LB6_SERVICES.symbol;
      case "test_cilium_lb4_backends" -> LB4_BACKENDS.symbol;
      case "test_cilium_lb6_backends" -> LB6_BACKENDS.symbol;
      default -> {
        String rest = name.startsWith("test_") ? name.substring(5) : name;
        String full = rest.equals(name) || rest.startsWith("cilium_") ? rest : "cilium_" + rest;
        yield full.startsWith("cilium_ct_tcp4_") || full.startsWith("cilium_ct_tcp6_")
            ? "cilium_ct" + full.substring("cilium_ct_tcp".length())
            : full;
      }
    };
  }
}
