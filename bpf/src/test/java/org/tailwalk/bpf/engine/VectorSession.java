// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.tailwalk.engine.Injection;
import org.tailwalk.engine.MapOp;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.event.ContextState;
import org.tailwalk.event.Hook;
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
import org.tailwalk.scenario.Fault;

/** A recorded session as the engine takes it. */
record VectorSession(JsonObject json) {
  static final Path FOLDER = Path.of("../datapath-model/src/test/resources/vectors");

  static List<VectorSession> read(String file) throws IOException {
    List<VectorSession> sessions = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FOLDER.resolve(file + ".jsonl.gz"))),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        sessions.add(new VectorSession(JsonParser.parseString(line).getAsJsonObject()));
      }
    }
    return sessions;
  }

  String id() {
    return json.get("id").getAsString();
  }

  List<JsonObject> steps() {
    return objects(json, "steps");
  }

  static List<JsonObject> objects(JsonObject from, String name) {
    JsonArray array = from.getAsJsonArray(name);
    return array == null
        ? List.of()
        : array.asList().stream().map(JsonElement::getAsJsonObject).toList();
  }

  NodeSetup setup() {
    List<EndpointConfig> endpoints = new ArrayList<>();
    for (JsonObject e : objects(json, "endpoints")) {
      endpoints.add(
          new EndpointConfig(
              e.get("id").getAsInt(),
              "",
              e.has("ipv4") ? IpAddress.parse(e.get("ipv4").getAsString()) : null,
              e.has("ipv6") ? IpAddress.parse(e.get("ipv6").getAsString()) : null,
              MacAddress.parse(e.get("mac").getAsString()),
              MacAddress.parse(e.get("node_mac").getAsString()),
              e.get("ifindex").getAsLong(),
              e.get("identity").getAsLong(),
              e.get("verdict_filter").getAsInt(),
              false));
    }
    List<MapOp> state = new ArrayList<>();
    for (String what : List.of("endpoint_map", "ipcache", "policy", "services", "backends")) {
      objects(json, what).forEach(o -> put(what, o, state));
    }
    List<Fault> faults = new ArrayList<>();
    for (JsonObject f : objects(json, "faults")) {
      faults.add(new Fault.EmptySlot(f.get("ep").getAsInt(), role(f), f.get("slot").getAsLong()));
    }
    OptionalInt capacity =
        json.has("ct_capacity")
            ? OptionalInt.of(json.get("ct_capacity").getAsInt())
            : OptionalInt.empty();
    return new NodeSetup(config(), endpoints, state, faults, capacity);
  }

  private static MapRole role(JsonObject slot) {
    return MapRole.valueOf(slot.get("map").getAsString().toUpperCase(Locale.ROOT));
  }

  DatapathConfig config() {
    JsonObject config = json.getAsJsonObject("config");
    Set<DatapathOption> options = EnumSet.noneOf(DatapathOption.class);
    JsonObject given = config.getAsJsonObject("options");
    for (DatapathOption option : DatapathOption.values()) {
      if (given.has(option.name()) && given.get(option.name()).getAsBoolean()) {
        options.add(option);
      }
    }
    JsonObject c = config.getAsJsonObject("constants");
    return new DatapathConfig(
        Era.parse(json.get("era").getAsString()),
        options,
        new DatapathConstants(
            c.get("MONITOR_AGGREGATION").getAsInt(),
            c.get("CT_CONNECTION_LIFETIME_TCP").getAsLong(),
            c.get("CT_CONNECTION_LIFETIME_NONTCP").getAsLong(),
            c.get("CT_SERVICE_LIFETIME_TCP").getAsLong(),
            c.get("CT_SERVICE_LIFETIME_NONTCP").getAsLong(),
            c.get("CT_SERVICE_CLOSE_REBALANCE").getAsLong(),
            c.get("CT_SYN_TIMEOUT").getAsLong(),
            c.get("CT_CLOSE_TIMEOUT").getAsLong(),
            c.get("CT_REPORT_INTERVAL").getAsLong(),
            c.get("CT_REPORT_FLAGS").getAsInt(),
            c.get("TRACE_PAYLOAD_LEN").getAsInt(),
            c.get("HOST_IFINDEX").getAsLong(),
            MacAddress.parse(c.get("HOST_IFINDEX_MAC").getAsString()),
            c.get("HOST_EP_ID").getAsInt(),
            IpAddress.parse(c.get("IPV4_LOOPBACK").getAsString()),
            IpAddress.parse(c.get("ROUTER_IP").getAsString())));
  }

  static List<MapOp> edits(JsonObject step) {
    List<MapOp> ops = new ArrayList<>();
    for (JsonObject edit : objects(step, "edit")) {
      String what = edit.get("what").getAsString();
      boolean set = edit.get("op").getAsString().equals("set");
      switch (what) {
        case "faults" -> {
          int endpoint = edit.get("ep").getAsInt();
          long slot = edit.get("slot").getAsLong();
          ops.add(
              set
                  ? new MapOp.EmptySlot(endpoint, role(edit), slot)
                  : new MapOp.FillSlot(endpoint, role(edit), slot));
        }
        case "ct" -> {
          MapRole role = MapRole.valueOf(edit.get("map").getAsString().toUpperCase(Locale.ROOT));
          MapKey key = role.key(Bytes.ofHex(edit.get("key").getAsString()));
          ops.add(new MapOp.Delete(MapRef.shared(role), key));
        }
        default -> {
          List<MapOp> puts = new ArrayList<>();
          if (!set) {
            edit.addProperty("proxy_port", 0);
            edit.addProperty("deny", false);
          }
          put(what, edit, puts);
          for (MapOp op : puts) {
            MapOp.Put put = (MapOp.Put) op;
            ops.add(set ? put : new MapOp.Delete(put.map(), put.key()));
          }
        }
      }
    }
    return ops;
  }

  private static void put(String what, JsonObject o, List<MapOp> ops) {
    switch (what) {
      case "endpoint_map" ->
          put(
              ops,
              MapRole.ENDPOINTS,
              new MapKey.EndpointKey(IpAddress.parse(o.get("ip").getAsString())),
              new MapValue.EndpointInfo(
                  o.get("ifindex").getAsLong(),
                  o.get("lxc_id").getAsInt(),
                  o.get("flags").getAsLong(),
                  MacAddress.parse(o.get("mac").getAsString()),
                  MacAddress.parse(o.get("node_mac").getAsString())));
      case "ipcache" -> {
        Prefix prefix = Prefix.parse(o.get("prefix").getAsString());
        put(
            ops,
            MapRole.IPCACHE,
            new MapKey.IpcacheKey(prefix.address(), prefix.length()),
            new MapValue.IpcacheEntry(
                o.get("identity").getAsLong(),
                IpAddress.parse(o.get("tunnel_endpoint").getAsString()),
                o.get("key").getAsInt()));
      }
      case "policy" ->
          ops.add(
              new MapOp.Put(
                  MapRef.of(MapRole.POLICY, o.get("ep").getAsInt()),
                  new MapKey.PolicyKey(
                      o.get("identity").getAsLong(),
                      o.get("port").getAsInt(),
                      o.get("proto").getAsInt(),
                      o.get("dir").getAsString().equals("egress")),
                  new MapValue.PolicyEntry(
                      o.get("proxy_port").getAsInt(), o.get("deny").getAsBoolean(), 0, 0)));
      case "services" -> service(o, ops);
      case "backends" -> {
        IpAddress ip = IpAddress.parse(o.get("ip").getAsString());
        put(
            ops,
            ip.v6() ? MapRole.LB6_BACKENDS : MapRole.LB4_BACKENDS,
            MapKey.IndexKey.u32(o.get("id").getAsLong()),
            new MapValue.BackendEntry(
                ip,
                o.get("port").getAsInt(),
                o.get("proto").getAsInt(),
                o.get("state").getAsInt()));
      }
      default -> throw new IllegalArgumentException(what);
    }
  }

  private static void service(JsonObject o, List<MapOp> ops) {
    IpAddress vip = IpAddress.parse(o.get("vip").getAsString());
    int port = o.get("port").getAsInt();
    int reverse = o.get("rev_nat_index").getAsInt();
    MapRole role = vip.v6() ? MapRole.LB6_SERVICES : MapRole.LB4_SERVICES;
    put(
        ops,
        role,
        new MapKey.ServiceKey(vip, port, 0, 0, 0),
        new MapValue.ServiceEntry(
            o.get("word0").getAsLong(),
            o.get("count").getAsInt(),
            reverse,
            o.get("flags").getAsInt(),
            o.get("flags2").getAsInt()));
    int slot = 1;
    for (JsonElement id : o.getAsJsonArray("backend_ids")) {
      put(
          ops,
          role,
          new MapKey.ServiceKey(vip, port, slot++, 0, 0),
          new MapValue.ServiceEntry(id.getAsLong(), 0, reverse, 0, 0));
    }
    put(
        ops,
        vip.v6() ? MapRole.LB6_REVERSE_NAT : MapRole.LB4_REVERSE_NAT,
        MapKey.IndexKey.u16(reverse),
        new MapValue.ReverseNat(vip, port));
  }

  private static void put(List<MapOp> ops, MapRole role, MapKey key, MapValue value) {
    ops.add(new MapOp.Put(MapRef.shared(role), key, value));
  }

  static Injection injection(long packet, JsonObject step) {
    JsonObject ctx = step.getAsJsonObject("ctx");
    List<Long> cb = ctx.getAsJsonArray("cb").asList().stream().map(JsonElement::getAsLong).toList();
    Hook hook =
        switch (step.get("prog").getAsString()) {
          case "from-container" -> Hook.FROM_CONTAINER;
          case "to-container" -> Hook.TO_CONTAINER;
          default -> Hook.HANDLE_POLICY;
        };
    return new Injection(
        packet,
        Bytes.ofHex(step.get("frame").getAsString()),
        step.get("ep").getAsInt(),
        hook,
        new ContextState(ctx.get("mark").getAsLong(), cb, 0, 0, 0),
        ctx.get("ifindex").getAsLong(),
        ctx.get("ingress_ifindex").getAsLong(),
        step.get("t").getAsLong(),
        step.has("random") ? step.get("random").getAsLong() : 0);
  }
}
