// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.Hook;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.MacAddress;
import org.tailwalk.packet.Prefix;
import org.tailwalk.text.Message;
import org.tailwalk.text.Told;

/** Turns a JSON document into a {@link Scenario}. */
final class ScenarioReader {
  static final long U32 = 0xffff_ffffL;
  static final int U16 = 0xffff;

  /** Slots of the private calls map. */
  private static final int CALL_SIZE = 38;

  private final String file;

  ScenarioReader(String file) {
    this.file = file;
  }

  Scenario scenario(JsonTree tree) throws ScenarioException {
    JsonFields f = JsonFields.of(file, tree);
    long version = f.number("version", 0, Integer.MAX_VALUE);
    if (version != Scenario.VERSION) {
      throw f.error("version", Message.of("wrong.scenario.version", Scenario.VERSION, version));
    }
    DatapathSpec datapath =
        f.optionalWord("datapath", DatapathSpec::parse).orElse(DatapathSpec.DEFAULT);
    DatapathConstants constants = DatapathConstants.AGENT_DEFAULTS;
    Optional<JsonTree> options = f.get("options");
    if (options.isPresent()) {
      OptionsReader reader = new OptionsReader(file, datapath);
      reader.read(options.get());
      datapath = reader.datapath();
      constants = reader.constants();
    }
    NodeState node = node(f);
    Scenario scenario =
        new Scenario(
            f.string("name", ""),
            f.bool("inferred", false),
            f.list("notes", n -> Message.recognized("inferred.", JsonFields.text(file, n))),
            f.optionalWord("capturePoint", CapturePoint::parse).orElse(CapturePoint.POD_VETH),
            datapath,
            constants,
            f.optionalWord("model", Era::parse).orElse(null),
            node,
            settings(f, node));
    f.done();
    return scenario;
  }

  private NodeState node(JsonFields f) throws ScenarioException {
    List<EndpointConfig> endpoints = new ArrayList<>();
    for (JsonTree item : f.list("endpoints", i -> i)) {
      endpoints.add(endpoint(item, endpoints.size() + 1));
    }
    NodeState bare =
        new NodeState(
            endpoints,
            f.list("hostAddresses", a -> JsonFields.word(file, a, IpAddress::parse)),
            f.list("identities", this::identity),
            f.list("ipcache", this::mapping),
            Policy.ALLOW_ALL,
            f.list("services", this::service),
            f.list("conntrack", this::conntrack));
    Optional<JsonTree> policy = f.get("policy");
    if (policy.isEmpty()) {
      return bare;
    }
    return new NodeState(
        bare.endpoints(),
        bare.hostAddresses(),
        bare.identities(),
        bare.ipcache(),
        new PolicyReader(file, bare).policy(policy.get()),
        bare.services(),
        bare.conntrack());
  }

  private EndpointConfig endpoint(JsonTree item, int position) throws ScenarioException {
    JsonFields f = JsonFields.of(file, item);
    int id = (int) f.number("id", 1, U16);
    IpAddress ipv4 = f.optionalWord("ipv4", IpAddress::parse).orElse(null);
    IpAddress ipv6 = f.optionalWord("ipv6", IpAddress::parse).orElse(null);
    if (ipv4 != null && ipv4.v6()) {
      throw f.error("ipv4", Message.of("wrong.scenario.is-v6"));
    }
    if (ipv6 != null && !ipv6.v6()) {
      throw f.error("ipv6", Message.of("wrong.scenario.is-v4"));
    }
    if (ipv4 == null && ipv6 == null) {
      throw f.error(Message.of("wrong.scenario.no-address"));
    }
    EndpointConfig endpoint =
        new EndpointConfig(
            id,
            f.string("name", ""),
            ipv4,
            ipv6,
            f.optionalWord("mac", MacAddress::parse).orElse(podMac(id)),
            f.optionalWord("nodeMac", MacAddress::parse).orElse(nodeMac(id)),
            f.number("ifindex", 1, Integer.MAX_VALUE, 10L + position),
            f.number("identity", 1, U32),
            (int) f.number("verdictFilter", 0, U16, 3),
            f.bool("egressProgram", false));
    f.done();
    return endpoint;
  }

  /** A locally administered MAC made of the endpoint's id, where none is given. */
  static MacAddress podMac(int id) {
    return new MacAddress(0x02_00_00_00_00_00L | id);
  }

  static MacAddress nodeMac(int id) {
    return new MacAddress(0x02_00_00_01_00_00L | id);
  }

  private SecurityIdentity identity(JsonTree item) throws ScenarioException {
    JsonFields f = JsonFields.of(file, item);
    SecurityIdentity identity =
        new SecurityIdentity(
            f.number("id", 1, U32), f.list("labels", l -> JsonFields.text(file, l)));
    f.done();
    return identity;
  }

  private IpcacheMapping mapping(JsonTree item) throws ScenarioException {
    JsonFields f = JsonFields.of(file, item);
    IpAddress tunnel = f.optionalWord("tunnelEndpoint", IpAddress::parse).orElse(IpAddress.ANY4);
    if (tunnel.v6()) {
      throw f.error("tunnelEndpoint", Message.of("wrong.scenario.tunnel"));
    }
    IpcacheMapping mapping =
        new IpcacheMapping(
            f.word("prefix", Prefix::parse),
            f.number("identity", 0, U32),
            tunnel,
            (int) f.number("key", 0, 255, 0));
    f.done();
    return mapping;
  }

  private ServiceSpec service(JsonTree item) throws ScenarioException {
    JsonFields f = JsonFields.of(file, item);
    ServiceSpec service =
        new ServiceSpec(
            f.string("name", ""),
            f.word("address", IpAddress::parse),
            (int) f.number("port", 0, U16),
            (int) f.number("revNatIndex", 1, U16),
            (int) f.number("flags", 0, 255, 0),
            (int) f.number("flags2", 0, 255, 0),
            f.number("affinity", 0, U32, 0),
            (int) f.number("proxyPort", 0, U16, 0),
            f.list("backends", this::backend));
    f.done();
    return service;
  }

  private ServiceSpec.Backend backend(JsonTree item) throws ScenarioException {
    JsonFields f = JsonFields.of(file, item);
    ServiceSpec.Backend backend =
        new ServiceSpec.Backend(
            f.number("id", 1, U32),
            f.word("address", IpAddress::parse),
            (int) f.number("port", 0, U16),
            f.optionalWord("state", w -> constant(ServiceSpec.BackendState.values(), w))
                .orElse(ServiceSpec.BackendState.ACTIVE));
    f.done();
    return backend;
  }

  /** A constant by its name in lower case. */
  static <E extends Enum<E>> E constant(E[] values, String word) {
    for (E value : values) {
      if (value.name().toLowerCase(Locale.ROOT).equals(word)) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        "unknown word \"%s\"; there are %s"
            .formatted(
                word,
                Arrays.stream(values)
                    .map(v -> v.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "))));
  }

  private ConntrackSeed conntrack(JsonTree item) throws ScenarioException {
    JsonFields f = JsonFields.of(file, item);
    MapRole map = f.word("map", ScenarioReader::ctMap);
    JsonFields t = JsonFields.of(file, f.need("tuple"));
    MapKey.CtTuple tuple =
        new MapKey.CtTuple(
            t.word("daddr", IpAddress::parse),
            t.word("saddr", IpAddress::parse),
            (int) t.number("dport", 0, U16),
            (int) t.number("sport", 0, U16),
            (int) t.number("nexthdr", 0, 255),
            (int) t.number("flags", 0, 255));
    t.done();
    JsonFields e = JsonFields.of(file, f.need("entry"));
    MapValue.CtEntry entry =
        new MapValue.CtEntry(
            e.unsigned("rxPackets", 0),
            e.unsigned("rxBytes", 0),
            e.unsigned("txPackets", 0),
            e.unsigned("txBytes", 0),
            e.number("lifetime", 0, U32),
            (int) e.number("bits", 0, U16, 0),
            (int) e.number("revNatIndex", 0, U16, 0),
            (int) e.number("ifindex", 0, U16, 0),
            (int) e.number("txFlagsSeen", 0, 255, 0),
            (int) e.number("rxFlagsSeen", 0, 255, 0),
            e.number("srcSecId", 0, U32, 0),
            e.number("lastTxReport", 0, U32, 0),
            e.number("lastRxReport", 0, U32, 0));
    e.done();
    f.done();
    try {
      return new ConntrackSeed(map, tuple, entry);
    } catch (IllegalArgumentException wrong) {
      throw f.error(Told.of(wrong));
    }
  }

  static final Map<String, MapRole> CT_MAPS =
      Map.of(
          "tcp4", MapRole.CT_TCP4,
          "any4", MapRole.CT_ANY4,
          "tcp6", MapRole.CT_TCP6,
          "any6", MapRole.CT_ANY6);

  private static MapRole ctMap(String word) {
    return Optional.ofNullable(CT_MAPS.get(word))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "unknown conntrack map \"" + word + "\"; there are tcp4, any4, tcp6, any6"));
  }

  private ReplaySettings settings(JsonFields f, NodeState node) throws ScenarioException {
    GcSettings gc = GcSettings.AGENT;
    Optional<JsonTree> gcTree = f.get("gc");
    if (gcTree.isPresent()) {
      JsonFields g = JsonFields.of(file, gcTree.get());
      GcSettings.Mode mode = g.word("mode", w -> constant(GcSettings.Mode.values(), w));
      long interval = g.number("interval", 1, 366L * 86_400, 0);
      g.done();
      try {
        gc = new GcSettings(mode, interval);
      } catch (IllegalArgumentException wrong) {
        throw g.error(Told.of(wrong));
      }
    }
    long base = ReplaySettings.DEFAULT_CLOCK_BASE;
    Optional<JsonTree> clock = f.get("clock");
    if (clock.isPresent()) {
      JsonFields c = JsonFields.of(file, clock.get());
      base = c.decimal("base", 0, U32, base);
      c.done();
    }
    OptionalInt capacity =
        f.has("ctCapacity")
            ? OptionalInt.of((int) f.number("ctCapacity", 1, 1 << 20))
            : OptionalInt.empty();
    return new ReplaySettings(
        gc,
        base,
        f.unsigned("seed", 0),
        capacity,
        f.list("faults", i -> fault(i, node)),
        f.list("rules", i -> rule(i, node)));
  }

  private Fault fault(JsonTree item, NodeState node) throws ScenarioException {
    if (item instanceof JsonTree.Str only) {
      return switch (only.text()) {
        case "conntrackFull" -> new Fault.ConntrackFull();
        case "bufferRefuses" -> new Fault.BufferRefuses();
        default -> throw JsonFields.error(file, item, unknownFault(only.text()));
      };
    }
    JsonFields f = JsonFields.of(file, item);
    if (f.names().size() != 1) {
      throw f.error(Message.of("wrong.scenario.fault"));
    }
    String word = f.names().iterator().next();
    JsonFields a = JsonFields.of(file, f.need(word));
    Fault fault =
        switch (word) {
          case "emptySlot" -> {
            MapRole map = a.optionalWord("map", ScenarioReader::programArray).orElse(MapRole.CALLS);
            int most = map == MapRole.CALLS ? CALL_SIZE - 1 : U16;
            int endpoint = a.has("endpoint") ? endpointId(file, a.need("endpoint"), node) : 0;
            yield new Fault.EmptySlot(endpoint, map, a.number("index", 0, most));
          }
          case "truncate" ->
              new Fault.Truncate(
                  a.number("packet", 1, Long.MAX_VALUE), (int) a.number("length", 14, 3712));
          case "burnCalls" -> new Fault.BurnCalls((int) a.number("n", 0, 33));
          case "conntrackFull" -> new Fault.ConntrackFull();
          case "bufferRefuses" -> new Fault.BufferRefuses();
          default -> throw f.error(word, unknownFault(word));
        };
    a.done();
    return fault;
  }

  private static Message unknownFault(String word) {
    return Message.of("wrong.scenario.unknown-fault", word);
  }

  static final Map<String, MapRole> PROGRAM_ARRAYS =
      Map.of(
          "calls", MapRole.CALLS,
          "policy-call", MapRole.POLICY_CALL,
          "policy-egress-call", MapRole.POLICY_EGRESS_CALL);

  private static MapRole programArray(String word) {
    return Optional.ofNullable(PROGRAM_ARRAYS.get(word))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "unknown program array \""
                    + word
                    + "\"; there are calls, policy-call, policy-egress-call"));
  }

  private InjectionRule rule(JsonTree item, NodeState node) throws ScenarioException {
    JsonFields f = JsonFields.of(file, item);
    long first = 1;
    long last = Long.MAX_VALUE;
    Optional<JsonTree> packets = f.get("packets");
    if (packets.isPresent()) {
      String text =
          packets.get() instanceof JsonTree.Num(_, _, String digits)
              ? digits
              : JsonFields.text(file, packets.get());
      if (!text.matches("[1-9]\\d{0,17}(-([1-9]\\d{0,17})?)?")) {
        throw f.error("packets", Message.of("wrong.scenario.packets"));
      }
      String[] ends = text.split("-", -1);
      first = Long.parseLong(ends[0]);
      last =
          ends.length == 1 ? first : ends[1].isEmpty() ? Long.MAX_VALUE : Long.parseLong(ends[1]);
    }
    Prefix source = f.optionalWord("source", Prefix::parse).orElse(null);
    Prefix destination = f.optionalWord("destination", Prefix::parse).orElse(null);
    InjectionRule.Entry entry = null;
    if (!f.bool("skip", false)) {
      entry = entry(f, node);
    } else if (f.has("endpoint") || f.has("hook")) {
      throw f.error(Message.of("wrong.scenario.skips"));
    }
    f.done();
    try {
      return new InjectionRule(first, last, source, destination, entry);
    } catch (IllegalArgumentException wrong) {
      throw f.error("packets", Told.of(wrong));
    }
  }

  private InjectionRule.Entry entry(JsonFields f, NodeState node) throws ScenarioException {
    List<Long> cb = null;
    if (f.has("cb")) {
      cb = f.list("cb", c -> JsonFields.number(file, c, 0, U32));
      if (cb.size() != 5) {
        throw f.error("cb", Message.of("wrong.scenario.cb", cb.size()));
      }
    }
    Long ifindex = f.has("ifindex") ? f.number("ifindex", 1, Integer.MAX_VALUE) : null;
    return new InjectionRule.Entry(
        endpointId(file, f.need("endpoint"), node),
        f.word("hook", ScenarioReader::hook),
        f.number("mark", 0, U32, 0),
        cb,
        ifindex);
  }

  private static Hook hook(String word) {
    for (Hook hook : Hook.values()) {
      if (hook.name().equals(word) || hook.programId().equals(word)) {
        return hook;
      }
    }
    throw new IllegalArgumentException(
        "unknown hook \"" + word + "\"; there are FROM_CONTAINER, TO_CONTAINER, HANDLE_POLICY");
  }

  /** An endpoint by its number or its name; it has to be there. */
  static int endpointId(String file, JsonTree value, NodeState node) throws ScenarioException {
    Optional<EndpointConfig> found;
    String called;
    if (value instanceof JsonTree.Str(_, _, String name)) {
      called = "\"" + name + "\"";
      found =
          name.isEmpty()
              ? Optional.empty()
              : node.endpoints().stream().filter(e -> e.name().equals(name)).findFirst();
    } else {
      int id = (int) JsonFields.number(file, value, 1, U16);
      called = Integer.toString(id);
      found = node.endpoint(id);
    }
    if (found.isEmpty()) {
      throw JsonFields.error(
          file,
          value,
          Message.of(
              "wrong.scenario.endpoint",
              called,
              node.endpoints().stream()
                  .map(e -> e.id() + (e.name().isEmpty() ? "" : " \"" + e.name() + "\""))
                  .collect(Collectors.joining(", "))));
    }
    return found.get().id();
  }

  /** Null-safe reading of what may be null in JSON as well as absent. */
  static @Nullable JsonTree unlessNull(Optional<JsonTree> value) {
    return value.filter(v -> !(v instanceof JsonTree.Nil)).orElse(null);
  }
}
