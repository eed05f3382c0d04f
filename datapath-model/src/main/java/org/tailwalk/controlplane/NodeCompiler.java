// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.controlplane;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tailwalk.engine.MapOp;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.MacAddress;
import org.tailwalk.packet.Prefix;
import org.tailwalk.scenario.ConntrackSeed;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.EndpointConfig;
import org.tailwalk.scenario.Fault;
import org.tailwalk.scenario.IpcacheMapping;
import org.tailwalk.scenario.NodeState;
import org.tailwalk.scenario.Policy;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ServiceSpec;

/**
 * What the agent does once at start: writes endpoints, identities, policy and services of a
 * scenario into map entries that both engines receive.
 */
public final class NodeCompiler {
  private static final long HOST_IDENTITY = 1;

  private NodeCompiler() {}

  /** The node as a build finds it when its first packet comes. */
  public static NodeSetup compile(Scenario scenario, DatapathConfig config) {
    NodeState node = scenario.node();
    List<MapOp> state = new ArrayList<>();
    endpoints(node, config, state);
    ipcache(node, state);
    policy(node, state);
    services(node, config, state);
    for (ConntrackSeed seed : node.conntrack()) {
      if (family(config, seed.tuple().daddr().v6())) {
        state.add(new MapOp.Put(MapRef.shared(seed.map()), seed.tuple(), seed.entry()));
      }
    }
    // Cutting a packet is done before it goes in, alike for both engines.
    List<Fault> faults =
        scenario.settings().faults().stream().filter(f -> !(f instanceof Fault.Truncate)).toList();
    return new NodeSetup(config, node.endpoints(), state, faults, scenario.settings().ctCapacity());
  }

  private static boolean family(DatapathConfig config, boolean v6) {
    return config.has(v6 ? DatapathOption.ENABLE_IPV6 : DatapathOption.ENABLE_IPV4);
  }

  private static void endpoints(NodeState node, DatapathConfig config, List<MapOp> state) {
    MapRef map = MapRef.shared(MapRole.ENDPOINTS);
    for (EndpointConfig endpoint : node.endpoints()) {
      MapValue.EndpointInfo info =
          new MapValue.EndpointInfo(
              endpoint.ifindex(), endpoint.id(), 0, endpoint.mac(), endpoint.nodeMac());
      endpoint
          .address(false)
          .ifPresent(a -> state.add(new MapOp.Put(map, new MapKey.EndpointKey(a), info)));
      endpoint
          .address(true)
          .ifPresent(a -> state.add(new MapOp.Put(map, new MapKey.EndpointKey(a), info)));
    }
    MacAddress none = new MacAddress(0);
    for (IpAddress address : node.hostAddresses()) {
      state.add(
          new MapOp.Put(
              map,
              new MapKey.EndpointKey(address),
              new MapValue.EndpointInfo(
                  config.constants().hostIfindex(), 0, MapValue.EndpointInfo.HOST, none, none)));
    }
  }

  /** What the scenario says, and the node's own addresses where it says nothing of them. */
  static List<IpcacheMapping> mappings(NodeState node) {
    List<IpcacheMapping> mappings = new ArrayList<>(node.ipcache());
    Set<Prefix> given = new HashSet<>();
    node.ipcache().forEach(m -> given.add(m.prefix()));
    for (EndpointConfig endpoint : node.endpoints()) {
      for (boolean v6 : new boolean[] {false, true}) {
        endpoint
            .address(v6)
            .map(Prefix::host)
            .filter(given::add)
            .ifPresent(p -> mappings.add(IpcacheMapping.of(p, endpoint.identity())));
      }
    }
    for (IpAddress address : node.hostAddresses()) {
      if (given.add(Prefix.host(address))) {
        mappings.add(IpcacheMapping.of(Prefix.host(address), HOST_IDENTITY));
      }
    }
    return mappings;
  }

  /** The identity of an address by the longest prefix; empty when none holds it. */
  public static long identityOf(NodeState node, IpAddress address, long otherwise) {
    long identity = otherwise;
    int longest = -1;
    for (IpcacheMapping mapping : mappings(node)) {
      if (mapping.prefix().length() > longest && mapping.prefix().contains(address)) {
        longest = mapping.prefix().length();
        identity = mapping.identity();
      }
    }
    return identity;
  }

  private static void ipcache(NodeState node, List<MapOp> state) {
    for (IpcacheMapping mapping : mappings(node)) {
      state.add(
          new MapOp.Put(
              MapRef.shared(MapRole.IPCACHE),
              new MapKey.IpcacheKey(mapping.prefix().address(), mapping.prefix().length()),
              new MapValue.IpcacheEntry(
                  mapping.identity(), mapping.tunnelEndpoint(), mapping.key())));
    }
  }

  private static void policy(NodeState node, List<MapOp> state) {
    PolicyCompiler compiler = new PolicyCompiler(node);
    for (EndpointConfig endpoint : node.endpoints()) {
      for (Policy.Key key : compiler.keys(endpoint.id())) {
        state.add(
            new MapOp.Put(
                MapRef.of(MapRole.POLICY, endpoint.id()),
                new MapKey.PolicyKey(key.identity(), key.port(), key.protocol(), key.egress()),
                new MapValue.PolicyEntry(key.proxyPort(), key.deny(), 0, 0)));
      }
    }
  }

  private static void services(NodeState node, DatapathConfig config, List<MapOp> state) {
    for (ServiceSpec service : node.services()) {
      boolean v6 = service.address().v6();
      if (family(config, v6)) {
        service(service, v6, state);
      }
    }
  }

  private static void service(ServiceSpec service, boolean v6, List<MapOp> state) {
    MapRef services = MapRef.shared(v6 ? MapRole.LB6_SERVICES : MapRole.LB4_SERVICES);
    MapRef backends = MapRef.shared(v6 ? MapRole.LB6_BACKENDS : MapRole.LB4_BACKENDS);
    boolean affinity = service.affinitySeconds() > 0;
    boolean proxied = service.proxyPort() != 0;
    int flags = service.flags() | (affinity ? MapValue.ServiceEntry.AFFINITY : 0);
    int flags2 = service.flags2() | (proxied ? MapValue.ServiceEntry.L7_LB : 0);
    // The proxy's port stands in the word in network order, read little endian.
    long word0 =
        proxied
            ? (service.proxyPort() & 0xff) << 8 | service.proxyPort() >> 8
            : service.affinitySeconds();
    int count = service.backends().size();
    state.add(
        new MapOp.Put(
            services,
            new MapKey.ServiceKey(service.address(), service.port(), 0, 0, 0),
            new MapValue.ServiceEntry(word0, count, service.revNatIndex(), flags, flags2)));
    for (int slot = 1; slot <= count; slot++) {
      ServiceSpec.Backend backend = service.backends().get(slot - 1);
      state.add(
          new MapOp.Put(
              services,
              new MapKey.ServiceKey(service.address(), service.port(), slot, 0, 0),
              new MapValue.ServiceEntry(backend.id(), 0, service.revNatIndex(), flags, flags2)));
      state.add(
          new MapOp.Put(
              backends,
              MapKey.IndexKey.u32(backend.id()),
              new MapValue.BackendEntry(
                  backend.address(), backend.port(), 0, backend.state().ordinal())));
      if (affinity) {
        state.add(
            new MapOp.Put(
                MapRef.shared(MapRole.AFFINITY_MATCH),
                new MapKey.AffinityMatchKey(backend.id(), service.revNatIndex()),
                new MapValue.RawValue(org.tailwalk.packet.Bytes.ofHex("01"))));
      }
    }
    state.add(
        new MapOp.Put(
            MapRef.shared(v6 ? MapRole.LB6_REVERSE_NAT : MapRole.LB4_REVERSE_NAT),
            MapKey.IndexKey.u16(service.revNatIndex()),
            new MapValue.ReverseNat(service.address(), service.port())));
  }
}
