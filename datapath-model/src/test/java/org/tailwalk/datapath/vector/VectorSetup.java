// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.vector;

import static org.tailwalk.datapath.vector.Json.flag;
import static org.tailwalk.datapath.vector.Json.list;
import static org.tailwalk.datapath.vector.Json.number;
import static org.tailwalk.datapath.vector.Json.text;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.tailwalk.engine.MapOp;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.MacAddress;
import org.tailwalk.packet.Prefix;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathConstants;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.EndpointConfig;
import org.tailwalk.scenario.Era;

/** A recorded session's build and tables as an engine takes them. */
public final class VectorSetup {
  private static final List<String> TABLES =
      List.of(
          "endpoint_map",
          "ipcache",
          "policy",
          "services",
          "backends",
          "affinity_match",
          "ct",
          "faults");
  private static final Map<String, MapRole> CT_MAPS =
      Map.of(
          "ct_tcp4", MapRole.CT_TCP4,
          "ct_any4", MapRole.CT_ANY4,
          "ct_tcp6", MapRole.CT_TCP6,
          "ct_any6", MapRole.CT_ANY6,
          "frag4", MapRole.FRAGMENTS,
          "affinity4", MapRole.LB4_AFFINITY,
          "affinity6", MapRole.LB6_AFFINITY);
  private static final Map<String, MapRole> PROGRAM_ARRAYS =
      Map.of(
          "calls", MapRole.CALLS,
          "policy_call", MapRole.POLICY_CALL,
          "policy_egress_call", MapRole.POLICY_EGRESS_CALL,
          "custom_calls", MapRole.CUSTOM_CALLS);

  /** Switches that are on in a build yet make no difference to what we can express. */
  private static final Set<String> DERIVED_OR_CONSTANT =
      Set.of("ENABLE_PER_PACKET_LB", "HAVE_DIRECT_ACCESS_TO_MAP_VALUES");

  private VectorSetup() {}

  /** The map of a name in the vectors. */
  static MapRole ctMap(String name) {
    MapRole role = CT_MAPS.get(name);
    if (role == null) {
      throw new IllegalArgumentException("unknown map in the vectors: " + name);
    }
    return role;
  }

  /** The word of a program array in the vectors. */
  static String word(MapRole role) {
    return PROGRAM_ARRAYS.entrySet().stream()
        .filter(e -> e.getValue() == role)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /** The session's node. */
  public static NodeSetup of(JsonObject session) {
    List<EndpointConfig> endpoints = new ArrayList<>();
    for (JsonElement element : list(session, "endpoints")) {
      endpoints.add(endpoint(element.getAsJsonObject()));
    }
    List<MapOp> state = new ArrayList<>();
    for (String table : TABLES) {
      for (JsonElement row : list(session, table)) {
        state.addAll(set(table, row.getAsJsonObject()));
      }
    }
    OptionalInt capacity =
        session.has("ct_capacity")
            ? OptionalInt.of((int) number(session, "ct_capacity"))
            : OptionalInt.empty();
    return new NodeSetup(config(session), endpoints, state, List.of(), capacity);
  }

  private static DatapathConfig config(JsonObject session) {
    JsonObject config = session.getAsJsonObject("config");
    JsonObject options = config.getAsJsonObject("options");
    Set<DatapathOption> on = EnumSet.noneOf(DatapathOption.class);
    for (String name : options.keySet()) {
      if (options.get(name).getAsBoolean() && !DERIVED_OR_CONSTANT.contains(name)) {
        on.add(DatapathOption.valueOf(name));
      }
    }
    // The recording leaves this switch out: every build had it.
    if (!options.has("DROP_NOTIFY")) {
      on.add(DatapathOption.DROP_NOTIFY);
    }
    DatapathConfig built =
        new DatapathConfig(
            Era.parse(text(session, "era")), on, constants(config.getAsJsonObject("constants")));
    if (built.perPacketLb() != flag(options, "ENABLE_PER_PACKET_LB")) {
      throw new IllegalArgumentException("derived switch differs in " + text(session, "id"));
    }
    return built;
  }

  private static DatapathConstants constants(JsonObject c) {
    return new DatapathConstants(
        (int) number(c, "MONITOR_AGGREGATION"),
        number(c, "CT_CONNECTION_LIFETIME_TCP"),
        number(c, "CT_CONNECTION_LIFETIME_NONTCP"),
        number(c, "CT_SERVICE_LIFETIME_TCP"),
        number(c, "CT_SERVICE_LIFETIME_NONTCP"),
        number(c, "CT_SERVICE_CLOSE_REBALANCE"),
        number(c, "CT_SYN_TIMEOUT"),
        number(c, "CT_CLOSE_TIMEOUT"),
        number(c, "CT_REPORT_INTERVAL"),
        (int) number(c, "CT_REPORT_FLAGS"),
        (int) number(c, "TRACE_PAYLOAD_LEN"),
        number(c, "HOST_IFINDEX"),
        MacAddress.parse(text(c, "HOST_IFINDEX_MAC")),
        (int) number(c, "HOST_EP_ID"),
        IpAddress.parse(text(c, "IPV4_LOOPBACK")),
        IpAddress.parse(text(c, "ROUTER_IP")));
  }

  private static EndpointConfig endpoint(JsonObject e) {
    return new EndpointConfig(
        (int) number(e, "id"),
        "",
        e.has("ipv4") ? IpAddress.parse(text(e, "ipv4")) : null,
        e.has("ipv6") ? IpAddress.parse(text(e, "ipv6")) : null,
        MacAddress.parse(text(e, "mac")),
        MacAddress.parse(text(e, "node_mac")),
        number(e, "ifindex"),
        number(e, "identity"),
        (int) number(e, "verdict_filter"),
        false);
  }

  /** An edit step's operations. */
  static List<MapOp> edits(Iterable<JsonElement> edits) {
    List<MapOp> ops = new ArrayList<>();
    for (JsonElement element : edits) {
      JsonObject edit = element.getAsJsonObject();
      String table = text(edit, "what");
      ops.addAll(text(edit, "op").equals("set") ? set(table, edit) : del(table, edit));
    }
    return ops;
  }

  private static List<MapOp> set(String table, JsonObject row) {
    return switch (table) {
      case "endpoint_map" ->
          List.of(
              put(
                  MapRole.ENDPOINTS,
                  new MapKey.EndpointKey(IpAddress.parse(text(row, "ip"))),
                  new MapValue.EndpointInfo(
                      number(row, "ifindex"),
                      (int) number(row, "lxc_id"),
                      number(row, "flags"),
                      MacAddress.parse(text(row, "mac")),
                      MacAddress.parse(text(row, "node_mac")))));
      case "ipcache" ->
          List.of(
              put(
                  MapRole.IPCACHE,
                  ipcacheKey(row),
                  new MapValue.IpcacheEntry(
                      number(row, "identity"),
                      row.has("tunnel_endpoint")
                          ? IpAddress.parse(text(row, "tunnel_endpoint"))
                          : IpAddress.ANY4,
                      (int) number(row, "key"))));
      case "policy" ->
          List.of(
              new MapOp.Put(
                  MapRef.of(MapRole.POLICY, (int) number(row, "ep")),
                  policyKey(row),
                  new MapValue.PolicyEntry(
                      (int) number(row, "proxy_port"), flag(row, "deny"), 0, 0)));
      case "services" -> service(row);
      case "backends" -> List.of(backend(row));
      case "affinity_match" ->
          List.of(
              put(
                  MapRole.AFFINITY_MATCH,
                  affinityMatchKey(row),
                  new MapValue.RawValue(Bytes.ofHex("00"))));
      case "reverse_nat" -> List.of(reverseNat(row));
      case "ct" -> {
        MapRole role = ctMap(text(row, "map"));
        yield List.of(put(role, ctKey(role, row), role.value(Bytes.ofHex(text(row, "value")))));
      }
      case "faults" -> List.of(new MapOp.EmptySlot(owner(row), array(row), number(row, "slot")));
      default -> throw new IllegalArgumentException("unknown table in the vectors: " + table);
    };
  }

  private static List<MapOp> del(String table, JsonObject row) {
    return switch (table) {
      case "endpoint_map" ->
          List.of(
              delete(MapRole.ENDPOINTS, new MapKey.EndpointKey(IpAddress.parse(text(row, "ip")))));
      case "ipcache" -> List.of(delete(MapRole.IPCACHE, ipcacheKey(row)));
      case "policy" ->
          List.of(
              new MapOp.Delete(MapRef.of(MapRole.POLICY, (int) number(row, "ep")), policyKey(row)));
      case "services" -> {
        List<MapOp> ops = new ArrayList<>();
        IpAddress vip = IpAddress.parse(text(row, "vip"));
        for (int slot = 0; slot < number(row, "slots"); slot++) {
          ops.add(delete(services(vip), serviceKey(row, vip, slot)));
        }
        yield ops;
      }
      case "backends" ->
          List.of(
              delete(
                  IpAddress.parse(text(row, "ip")).v6()
                      ? MapRole.LB6_BACKENDS
                      : MapRole.LB4_BACKENDS,
                  MapKey.IndexKey.u32(number(row, "id"))));
      case "affinity_match" -> List.of(delete(MapRole.AFFINITY_MATCH, affinityMatchKey(row)));
      case "ct" -> {
        MapRole role = ctMap(text(row, "map"));
        yield List.of(delete(role, ctKey(role, row)));
      }
      case "faults" -> List.of(new MapOp.FillSlot(owner(row), array(row), number(row, "slot")));
      default -> throw new IllegalArgumentException("unknown table in the vectors: " + table);
    };
  }

  private static MapOp put(MapRole role, MapKey key, MapValue value) {
    return new MapOp.Put(MapRef.shared(role), key, value);
  }

  private static MapOp delete(MapRole role, MapKey key) {
    return new MapOp.Delete(MapRef.shared(role), key);
  }

  private static MapKey ipcacheKey(JsonObject row) {
    Prefix prefix = Prefix.parse(text(row, "prefix"));
    return new MapKey.IpcacheKey(prefix.address(), prefix.length());
  }

  static MapKey.PolicyKey policyKey(JsonObject row) {
    return new MapKey.PolicyKey(
        number(row, "identity"),
        (int) number(row, "port"),
        (int) number(row, "proto"),
        text(row, "dir").equals("egress"));
  }

  private static MapKey affinityMatchKey(JsonObject row) {
    return new MapKey.AffinityMatchKey(
        number(row, "backend_id"), (int) number(row, "rev_nat_index"));
  }

  private static MapKey ctKey(MapRole role, JsonObject row) {
    return role.key(Bytes.ofHex(text(row, "key")));
  }

  private static int owner(JsonObject row) {
    return array(row) == MapRole.CALLS || array(row) == MapRole.CUSTOM_CALLS
        ? (int) number(row, "ep")
        : 0;
  }

  private static MapRole array(JsonObject row) {
    return PROGRAM_ARRAYS.get(text(row, "map"));
  }

  private static MapRole services(IpAddress vip) {
    return vip.v6() ? MapRole.LB6_SERVICES : MapRole.LB4_SERVICES;
  }

  private static MapKey serviceKey(JsonObject row, IpAddress vip, int slot) {
    return new MapKey.ServiceKey(vip, (int) number(row, "port"), slot, 0, 0);
  }

  private static List<MapOp> service(JsonObject row) {
    IpAddress vip = IpAddress.parse(text(row, "vip"));
    int index = (int) number(row, "rev_nat_index");
    int flags = (int) number(row, "flags");
    int flags2 = (int) number(row, "flags2");
    List<MapOp> ops = new ArrayList<>();
    ops.add(
        put(
            services(vip),
            serviceKey(row, vip, 0),
            new MapValue.ServiceEntry(
                number(row, "word0"), (int) number(row, "count"), index, flags, flags2)));
    int slot = 1;
    for (JsonElement backend : list(row, "backend_ids")) {
      ops.add(
          put(
              services(vip),
              serviceKey(row, vip, slot++),
              new MapValue.ServiceEntry(backend.getAsLong(), 0, index, flags, flags2)));
    }
    ops.add(
        put(
            vip.v6() ? MapRole.LB6_REVERSE_NAT : MapRole.LB4_REVERSE_NAT,
            MapKey.IndexKey.u16(index),
            new MapValue.ReverseNat(vip, (int) number(row, "port"))));
    return ops;
  }

  private static MapOp backend(JsonObject row) {
    IpAddress ip = IpAddress.parse(text(row, "ip"));
    return put(
        ip.v6() ? MapRole.LB6_BACKENDS : MapRole.LB4_BACKENDS,
        MapKey.IndexKey.u32(number(row, "id")),
        new MapValue.BackendEntry(
            ip, (int) number(row, "port"), (int) number(row, "proto"), (int) number(row, "state")));
  }

  private static MapOp reverseNat(JsonObject row) {
    IpAddress vip = IpAddress.parse(text(row, "vip"));
    return put(
        vip.v6() ? MapRole.LB6_REVERSE_NAT : MapRole.LB4_REVERSE_NAT,
        MapKey.IndexKey.u16(number(row, "rev_nat_index")),
        new MapValue.ReverseNat(vip, (int) number(row, "port")));
  }
}
