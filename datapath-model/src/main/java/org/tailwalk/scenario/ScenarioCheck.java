// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.text.Message;

/** Rules that hold between the parts of a scenario. */
final class ScenarioCheck {
  private final String file;
  private final Map<String, Integer> lines = new HashMap<>();

  ScenarioCheck(String file, JsonTree tree) {
    this.file = file;
    remember(tree);
  }

  private void remember(JsonTree tree) {
    lines.put(tree.path(), tree.line());
    switch (tree) {
      case JsonTree.Obj object -> object.members().values().forEach(this::remember);
      case JsonTree.Arr array -> array.items().forEach(this::remember);
      case JsonTree.Str _, JsonTree.Num _, JsonTree.Bool _, JsonTree.Nil _ -> {}
    }
  }

  /** The line of a value, or of what it would stand in. */
  private int line(String path) {
    Integer line = lines.get(path);
    int dot = path.lastIndexOf('.');
    return line != null ? line : dot < 0 ? 1 : line(path.substring(0, dot));
  }

  void check(Scenario scenario) throws ScenarioException {
    NodeState node = scenario.node();
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < node.endpoints().size(); i++) {
      EndpointConfig endpoint = node.endpoints().get(i);
      String path = "$.endpoints[" + i + "]";
      once(path + ".id", "endpoint id " + endpoint.id(), seen.add(endpoint.id()));
      if (!endpoint.name().isEmpty()) {
        once(path + ".name", "name \"" + endpoint.name() + "\"", seen.add(endpoint.name()));
      }
      once(
          path + ".ifindex",
          "interface " + endpoint.ifindex(),
          seen.add("ifindex " + endpoint.ifindex()));
      for (boolean v6 : new boolean[] {false, true}) {
        if (endpoint.address(v6).isPresent()) {
          IpAddress address = endpoint.address(v6).get();
          once(path + (v6 ? ".ipv6" : ".ipv4"), "address " + address, seen.add(address));
        }
      }
    }
    for (int i = 0; i < node.hostAddresses().size(); i++) {
      IpAddress address = node.hostAddresses().get(i);
      once("$.hostAddresses[" + i + "]", "address " + address, seen.add(address));
    }
    services(node);
  }

  private void services(NodeState node) throws ScenarioException {
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < node.services().size(); i++) {
      ServiceSpec service = node.services().get(i);
      String path = "$.services[" + i + "]";
      boolean v6 = service.address().v6();
      once(
          path,
          "service " + service.address() + " port " + service.port(),
          seen.add(service.address() + " " + service.port()));
      once(
          path + ".revNatIndex",
          "reverse NAT index " + service.revNatIndex(),
          seen.add("rev " + v6 + service.revNatIndex()));
      for (int j = 0; j < service.backends().size(); j++) {
        ServiceSpec.Backend backend = service.backends().get(j);
        if (backend.address().v6() != v6) {
          String at = path + ".backends[" + j + "].address";
          throw new ScenarioException(file, line(at), at, Message.of("wrong.scenario.family"));
        }
      }
    }
  }

  private void once(String path, String what, boolean first) throws ScenarioException {
    if (!first) {
      throw new ScenarioException(file, line(path), path, Message.of("wrong.scenario.twice", what));
    }
  }
}
