// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import com.google.gson.FormattingStyle;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.Protocols;

/** Turns a {@link Scenario} into JSON; what is as usual is left out. */
final class ScenarioWriter {
  private static final Gson GSON =
      new GsonBuilder()
          .setFormattingStyle(FormattingStyle.PRETTY.withIndent("  "))
          .disableHtmlEscaping()
          .create();

  private ScenarioWriter() {}

  static String write(Scenario scenario) {
    return GSON.toJson(object(scenario)) + "\n";
  }

  private static JsonObject object(Scenario s) {
    JsonObject o = new JsonObject();
    o.addProperty("version", Scenario.VERSION);
    text(o, "name", s.name());
    flag(o, "inferred", s.inferred());
    list(o, "notes", s.notes(), note -> new JsonPrimitive(note.english()));
    o.addProperty("capturePoint", s.capturePoint().label());
    o.addProperty("datapath", new DatapathSpec(s.datapath().source(), Map.of()).toString());
    Era model = s.model();
    if (model != null) {
      o.addProperty("model", model.label());
    }
    JsonObject options = options(s);
    if (!options.isEmpty()) {
      o.add("options", options);
    }
    NodeState node = s.node();
    list(o, "endpoints", node.endpoints(), ScenarioWriter::endpoint);
    list(o, "hostAddresses", node.hostAddresses(), ScenarioWriter::address);
    list(o, "identities", node.identities(), ScenarioWriter::identity);
    list(o, "ipcache", node.ipcache(), ScenarioWriter::mapping);
    if (!node.policy().equals(Policy.ALLOW_ALL)) {
      o.add("policy", policy(node.policy()));
    }
    list(o, "services", node.services(), ScenarioWriter::service);
    list(o, "conntrack", node.conntrack(), ScenarioWriter::conntrack);
    settings(o, s.settings());
    return o;
  }

  private static void settings(JsonObject o, ReplaySettings settings) {
    JsonObject gc = new JsonObject();
    gc.addProperty("mode", settings.gc().mode().label());
    number(gc, "interval", settings.gc().intervalSeconds(), 0);
    o.add("gc", gc);
    JsonObject clock = new JsonObject();
    clock.addProperty("base", Long.toString(settings.clockBaseSeconds()));
    o.add("clock", clock);
    o.addProperty("seed", Long.toUnsignedString(settings.seed()));
    if (settings.ctCapacity().isPresent()) {
      o.addProperty("ctCapacity", settings.ctCapacity().getAsInt());
    }
    list(o, "faults", settings.faults(), ScenarioWriter::fault);
    list(o, "rules", settings.rules(), ScenarioWriter::rule);
  }

  private static JsonObject options(Scenario s) {
    JsonObject o = new JsonObject();
    s.datapath().options().forEach((option, on) -> o.addProperty(option.label(), on));
    OptionsReader.changed(s.constants())
        .forEach((name, value) -> {
          if (value instanceof Number n) {
            o.addProperty(name, n);
          } else {
            o.addProperty(name, value.toString());
          }
        });
    return o;
  }

  private static <T> void list(
      JsonObject o, String name, List<T> items, Function<T, JsonElement> writer) {
    if (!items.isEmpty()) {
      o.add(name, array(items, writer));
    }
  }

  private static <T> JsonArray array(List<T> items, Function<T, JsonElement> writer) {
    JsonArray array = new JsonArray();
    items.forEach(i -> array.add(writer.apply(i)));
    return array;
  }

  private static void number(JsonObject o, String name, long value, long usual) {
    if (value != usual) {
      o.addProperty(name, value);
    }
  }

  private static void flag(JsonObject o, String name, boolean value) {
    if (value) {
      o.addProperty(name, true);
    }
  }

  private static void text(JsonObject o, String name, String value) {
    if (!value.isEmpty()) {
      o.addProperty(name, value);
    }
  }

  private static JsonElement address(IpAddress address) {
    return new JsonPrimitive(address.toString());
  }

  private static JsonElement endpoint(EndpointConfig e) {
    JsonObject o = new JsonObject();
    o.addProperty("id", e.id());
    text(o, "name", e.name());
    e.address(false).ifPresent(a -> o.addProperty("ipv4", a.toString()));
    e.address(true).ifPresent(a -> o.addProperty("ipv6", a.toString()));
    o.addProperty("mac", e.mac().toString());
    o.addProperty("nodeMac", e.nodeMac().toString());
    o.addProperty("ifindex", e.ifindex());
    o.addProperty("identity", e.identity());
    number(o, "verdictFilter", e.verdictFilter(), 3);
    flag(o, "egressProgram", e.egressProgram());
    return o;
  }

  private static JsonElement identity(SecurityIdentity i) {
    JsonObject o = new JsonObject();
    o.addProperty("id", i.id());
    list(o, "labels", i.labels(), JsonPrimitive::new);
    return o;
  }

  private static JsonElement mapping(IpcacheMapping m) {
    JsonObject o = new JsonObject();
    o.addProperty("prefix", m.prefix().toString());
    o.addProperty("identity", m.identity());
    if (!m.tunnelEndpoint().isZero()) {
      o.addProperty("tunnelEndpoint", m.tunnelEndpoint().toString());
    }
    number(o, "key", m.key(), 0);
    return o;
  }

  private static JsonElement policy(Policy policy) {
    JsonObject o = new JsonObject();
    switch (policy) {
      case Policy.Keys(List<Policy.Key> keys) -> o.add("keys", array(keys, ScenarioWriter::key));
      case Policy.Filters(List<Policy.EndpointFilters> endpoints) ->
          o.add("filters", array(endpoints, ScenarioWriter::filters));
    }
    return o;
  }

  private static JsonElement key(Policy.Key k) {
    JsonObject o = new JsonObject();
    o.addProperty("endpoint", k.endpoint());
    o.addProperty("direction", k.egress() ? "egress" : "ingress");
    number(o, "identity", k.identity(), 0);
    number(o, "port", k.port(), 0);
    protocol(o, k.protocol());
    number(o, "proxyPort", k.proxyPort(), 0);
    flag(o, "deny", k.deny());
    return o;
  }

  private static void protocol(JsonObject o, int protocol) {
    if (protocol != 0) {
      String name = Protocols.name(protocol);
      if (Protocols.number(name).isPresent()) {
        o.addProperty("protocol", name);
      } else {
        o.addProperty("protocol", protocol);
      }
    }
  }

  private static JsonElement filters(Policy.EndpointFilters f) {
    JsonObject o = new JsonObject();
    o.addProperty("endpoint", f.endpoint());
    direction(o, "ingress", f.ingress());
    direction(o, "egress", f.egress());
    list(o, "namedPorts", f.namedPorts(), ScenarioWriter::namedPort);
    return o;
  }

  private static void direction(
      JsonObject o, String name, @Nullable List<Policy.L4Filter> filters) {
    if (filters != null) {
      o.add(name, array(filters, ScenarioWriter::filter));
    }
  }

  private static JsonElement namedPort(Policy.NamedPort p) {
    JsonObject o = new JsonObject();
    o.addProperty("name", p.name());
    protocol(o, p.protocol());
    o.addProperty("port", p.port());
    return o;
  }

  private static JsonElement filter(Policy.L4Filter f) {
    JsonObject o = new JsonObject();
    String name = f.portName();
    if (name != null) {
      o.addProperty("port", name);
    } else {
      number(o, "port", f.port(), 0);
    }
    protocol(o, f.protocol());
    o.add("rules", array(f.rules(), ScenarioWriter::rule));
    return o;
  }

  private static JsonElement rule(Policy.SelectorRule r) {
    JsonObject o = new JsonObject();
    o.add("selector", selector(r.selector()));
    flag(o, "deny", r.deny());
    flag(o, "redirect", r.redirect());
    number(o, "proxyPort", r.proxyPort(), 0);
    return o;
  }

  private static JsonElement selector(Policy.Selector selector) {
    JsonObject o = new JsonObject();
    switch (selector) {
      case Policy.Selector.Wildcard _ -> {
        return new JsonPrimitive("all");
      }
      case Policy.Selector.Labels(List<String> labels) ->
          o.add("labels", array(labels, JsonPrimitive::new));
      case Policy.Selector.Ids(List<Long> ids) ->
          o.add("identities", array(ids, JsonPrimitive::new));
    }
    return o;
  }

  private static JsonElement service(ServiceSpec s) {
    JsonObject o = new JsonObject();
    text(o, "name", s.name());
    o.addProperty("address", s.address().toString());
    o.addProperty("port", s.port());
    o.addProperty("revNatIndex", s.revNatIndex());
    number(o, "flags", s.flags(), 0);
    number(o, "flags2", s.flags2(), 0);
    number(o, "affinity", s.affinitySeconds(), 0);
    number(o, "proxyPort", s.proxyPort(), 0);
    list(o, "backends", s.backends(), ScenarioWriter::backend);
    return o;
  }

  private static JsonElement backend(ServiceSpec.Backend b) {
    JsonObject o = new JsonObject();
    o.addProperty("id", b.id());
    o.addProperty("address", b.address().toString());
    o.addProperty("port", b.port());
    if (b.state() != ServiceSpec.BackendState.ACTIVE) {
      o.addProperty("state", b.state().name().toLowerCase(Locale.ROOT));
    }
    return o;
  }

  private static String word(Map<String, MapRole> words, MapRole role) {
    return words.entrySet().stream()
        .filter(e -> e.getValue() == role)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no word for " + role));
  }

  private static JsonElement conntrack(ConntrackSeed c) {
    JsonObject o = new JsonObject();
    o.addProperty("map", word(ScenarioReader.CT_MAPS, c.map()));
    MapKey.CtTuple t = c.tuple();
    JsonObject tuple = new JsonObject();
    tuple.addProperty("daddr", t.daddr().toString());
    tuple.addProperty("saddr", t.saddr().toString());
    tuple.addProperty("dport", t.dport());
    tuple.addProperty("sport", t.sport());
    tuple.addProperty("nexthdr", t.nexthdr());
    tuple.addProperty("flags", t.flags());
    o.add("tuple", tuple);
    MapValue.CtEntry e = c.entry();
    JsonObject entry = new JsonObject();
    entry.addProperty("rxPackets", Long.toUnsignedString(e.rxPackets()));
    entry.addProperty("rxBytes", Long.toUnsignedString(e.rxBytes()));
    entry.addProperty("txPackets", Long.toUnsignedString(e.txPackets()));
    entry.addProperty("txBytes", Long.toUnsignedString(e.txBytes()));
    entry.addProperty("lifetime", e.lifetime());
    number(entry, "bits", e.bits(), 0);
    number(entry, "revNatIndex", e.revNatIndex(), 0);
    number(entry, "ifindex", e.ifindex(), 0);
    number(entry, "txFlagsSeen", e.txFlagsSeen(), 0);
    number(entry, "rxFlagsSeen", e.rxFlagsSeen(), 0);
    number(entry, "srcSecId", e.srcSecId(), 0);
    number(entry, "lastTxReport", e.lastTxReport(), 0);
    number(entry, "lastRxReport", e.lastRxReport(), 0);
    o.add("entry", entry);
    return o;
  }

  private static JsonElement fault(Fault fault) {
    JsonObject a = new JsonObject();
    String word =
        switch (fault) {
          case Fault.EmptySlot(int endpoint, MapRole map, long slot) -> {
            number(a, "endpoint", endpoint, 0);
            if (map != MapRole.CALLS) {
              a.addProperty("map", word(ScenarioReader.PROGRAM_ARRAYS, map));
            }
            a.addProperty("index", slot);
            yield "emptySlot";
          }
          case Fault.ConntrackFull _ -> "conntrackFull";
          case Fault.BufferRefuses _ -> "bufferRefuses";
          case Fault.Truncate(long packet, int length) -> {
            a.addProperty("packet", packet);
            a.addProperty("length", length);
            yield "truncate";
          }
          case Fault.BurnCalls(int calls) -> {
            a.addProperty("n", calls);
            yield "burnCalls";
          }
        };
    if (a.isEmpty()) {
      return new JsonPrimitive(word);
    }
    JsonObject o = new JsonObject();
    o.add(word, a);
    return o;
  }

  private static JsonElement rule(InjectionRule r) {
    JsonObject o = new JsonObject();
    if (r.firstPacket() != 1 || r.lastPacket() != Long.MAX_VALUE) {
      o.addProperty(
          "packets",
          r.firstPacket() + "-" + (r.lastPacket() == Long.MAX_VALUE ? "" : r.lastPacket()));
    }
    if (r.source() != null) {
      o.addProperty("source", r.source().toString());
    }
    if (r.destination() != null) {
      o.addProperty("destination", r.destination().toString());
    }
    InjectionRule.Entry entry = r.entry();
    if (entry == null) {
      o.addProperty("skip", true);
      return o;
    }
    o.addProperty("endpoint", entry.endpoint());
    o.addProperty("hook", entry.hook().name());
    number(o, "mark", entry.mark(), 0);
    List<Long> cb = entry.cb();
    if (cb != null) {
      o.add("cb", array(cb, JsonPrimitive::new));
    }
    Long ifindex = entry.ifindex();
    if (ifindex != null) {
      o.addProperty("ifindex", ifindex);
    }
    return o;
  }
}
