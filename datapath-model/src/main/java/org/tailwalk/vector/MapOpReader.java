// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tailwalk.engine.MapOp;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.MacAddress;
import org.tailwalk.packet.Prefix;

/** Turns rows of a session's tables into writes of the control plane. */
final class MapOpReader {
  /** The tables that make up a session's first state, in the order they are written. */
  static final List<String> TABLES =
      List.of(
          "endpoint_map",
          "ipcache",
          "policy",
          "services",
          "backends",
          "reverse_nat",
          "affinity_match",
          "ct",
          "faults");

  private static final Map<String, MapRole> STATE_MAPS =
      Rows.STATE_MAPS.entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
  private static final Map<String, MapRole> CALL_MAPS =
      Rows.CALL_MAPS.entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

  /** An element of an edit step. */
  List<MapOp> edit(Json row) {
    return switch (row.text("op")) {
      case "set" -> set(row.text("what"), row);
      case "del" -> delete(row.text("what"), row);
      default -> throw row.wrong("op", "set or del is expected");
    };
  }

  /** The writes that put a row there. */
  List<MapOp> set(String table, Json row) {
    return switch (table) {
      case "endpoint_map" -> List.of(put(MapRole.ENDPOINTS, endpointKey(row), endpointInfo(row)));
      case "ipcache" -> List.of(put(MapRole.IPCACHE, ipcacheKey(row), ipcacheEntry(row)));
      case "policy" ->
          List.of(
              new MapOp.Put(
                  MapRef.of(MapRole.POLICY, row.integer("ep")), policyKey(row), policyEntry(row)));
      case "services" -> service(row);
      case "backends" -> List.of(backend(row));
      case "reverse_nat" -> List.of(reverseNat(row));
      case "affinity_match" ->
          List.of(
              put(
                  MapRole.AFFINITY_MATCH,
                  affinityMatchKey(row),
                  new MapValue.RawValue(Bytes.ofHex("00"))));
      case "ct" -> {
        MapRole role = stateMap(row);
        yield List.of(put(role, role.key(row.hex("key")), role.value(row.hex("value"))));
      }
      case "faults" -> {
        MapRole role = callMap(row);
        yield List.of(new MapOp.EmptySlot(owner(role, row), role, row.number("slot")));
      }
      default -> throw row.wrong("what", "unknown table \"" + table + "\"");
    };
  }

  private List<MapOp> delete(String table, Json row) {
    return switch (table) {
      case "endpoint_map" -> List.of(drop(MapRole.ENDPOINTS, endpointKey(row)));
      case "ipcache" -> List.of(drop(MapRole.IPCACHE, ipcacheKey(row)));
      case "policy" ->
          List.of(new MapOp.Delete(MapRef.of(MapRole.POLICY, row.integer("ep")), policyKey(row)));
      case "services" -> {
        List<MapOp> ops = new ArrayList<>();
        for (int slot = 0; slot < row.integer("slots"); slot++) {
          MapKey.ServiceKey key = serviceKey(row, slot);
          ops.add(drop(serviceMap(key.address()), key));
        }
        yield ops;
      }
      case "backends" ->
          List.of(
              drop(MapRole.LB4_BACKENDS, MapKey.IndexKey.u32(row.number("id"))),
              drop(MapRole.LB6_BACKENDS, MapKey.IndexKey.u32(row.number("id"))));
      case "reverse_nat" -> {
        MapKey key = MapKey.IndexKey.u16(row.number("rev_nat_index"));
        yield List.of(drop(MapRole.LB4_REVERSE_NAT, key), drop(MapRole.LB6_REVERSE_NAT, key));
      }
      case "affinity_match" -> List.of(drop(MapRole.AFFINITY_MATCH, affinityMatchKey(row)));
      case "ct" -> {
        MapRole role = stateMap(row);
        yield List.of(drop(role, role.key(row.hex("key"))));
      }
      case "faults" -> {
        MapRole role = callMap(row);
        yield List.of(new MapOp.FillSlot(owner(role, row), role, row.number("slot")));
      }
      default -> throw row.wrong("what", "unknown table \"" + table + "\"");
    };
  }

  private static MapOp put(MapRole role, MapKey key, MapValue value) {
    return new MapOp.Put(MapRef.shared(role), key, value);
  }

  private static MapOp drop(MapRole role, MapKey key) {
    return new MapOp.Delete(MapRef.shared(role), key);
  }

  private static IpAddress address(Json row, String name) {
    return row.parsed(name, "an address", IpAddress::parse);
  }

  private static MapKey endpointKey(Json row) {
    return new MapKey.EndpointKey(address(row, "ip"));
  }

  private static MapValue endpointInfo(Json row) {
    return new MapValue.EndpointInfo(
        row.number("ifindex"),
        row.integer("lxc_id"),
        row.number("flags"),
        row.parsed("mac", "a MAC address", MacAddress::parse),
        row.parsed("node_mac", "a MAC address", MacAddress::parse));
  }

  private static MapKey ipcacheKey(Json row) {
    Prefix prefix = row.parsed("prefix", "a prefix", Prefix::parse);
    return new MapKey.IpcacheKey(prefix.address(), prefix.length());
  }

  private static MapValue ipcacheEntry(Json row) {
    return new MapValue.IpcacheEntry(
        row.number("identity"),
        row.has("tunnel_endpoint") ? address(row, "tunnel_endpoint") : IpAddress.ANY4,
        (int) row.number("key", 0));
  }

  private static MapKey policyKey(Json row) {
    boolean egress =
        switch (row.text("dir")) {
          case "egress" -> true;
          case "ingress" -> false;
          default -> throw row.wrong("dir", "ingress or egress is expected");
        };
    return new MapKey.PolicyKey(
        row.number("identity"), row.integer("port"), row.integer("proto"), egress);
  }

  private static MapValue policyEntry(Json row) {
    return new MapValue.PolicyEntry(row.integer("proxy_port"), row.flag("deny"), 0, 0);
  }

  private static MapRole serviceMap(IpAddress address) {
    return address.v6() ? MapRole.LB6_SERVICES : MapRole.LB4_SERVICES;
  }

  private static MapKey.ServiceKey serviceKey(Json row, int slot) {
    return new MapKey.ServiceKey(address(row, "vip"), row.integer("port"), slot, 0, 0);
  }

  private static List<MapOp> service(Json row) {
    List<MapOp> ops = new ArrayList<>();
    MapKey.ServiceKey front = serviceKey(row, 0);
    MapRole map = serviceMap(front.address());
    int reverse = row.integer("rev_nat_index");
    ops.add(
        put(
            map,
            front,
            new MapValue.ServiceEntry(
                row.number("word0"),
                row.integer("count"),
                reverse,
                row.integer("flags"),
                row.integer("flags2"))));
    int slot = 0;
    for (long id : row.numbers("backend_ids")) {
      ops.add(put(map, serviceKey(row, ++slot), new MapValue.ServiceEntry(id, 0, reverse, 0, 0)));
    }
    ops.add(
        put(
            front.address().v6() ? MapRole.LB6_REVERSE_NAT : MapRole.LB4_REVERSE_NAT,
            MapKey.IndexKey.u16(reverse),
            new MapValue.ReverseNat(front.address(), front.dport())));
    return ops;
  }

  private static MapOp backend(Json row) {
    IpAddress address = address(row, "ip");
    return put(
        address.v6() ? MapRole.LB6_BACKENDS : MapRole.LB4_BACKENDS,
        MapKey.IndexKey.u32(row.number("id")),
        new MapValue.BackendEntry(
            address,
            row.integer("port"),
            (int) row.number("proto", 0),
            (int) row.number("state", 0)));
  }

  private static MapOp reverseNat(Json row) {
    IpAddress address = address(row, "vip");
    return put(
        address.v6() ? MapRole.LB6_REVERSE_NAT : MapRole.LB4_REVERSE_NAT,
        MapKey.IndexKey.u16(row.number("rev_nat_index")),
        new MapValue.ReverseNat(address, row.integer("port")));
  }

  private static MapKey affinityMatchKey(Json row) {
    return new MapKey.AffinityMatchKey(row.number("backend_id"), row.integer("rev_nat_index"));
  }

  private static MapRole stateMap(Json row) {
    MapRole role = STATE_MAPS.get(row.text("map"));
    if (role == null) {
      throw row.wrong("map", "unknown map \"" + row.text("map") + "\"");
    }
    return role;
  }

  private static MapRole callMap(Json row) {
    MapRole role = CALL_MAPS.get(row.text("map"));
    if (role == null) {
      throw row.wrong("map", "unknown map \"" + row.text("map") + "\"");
    }
    return role;
  }

  private static int owner(MapRole role, Json row) {
    return role.shared() ? 0 : row.integer("ep");
  }
}
