// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.tailwalk.event.MapRole;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.Prefix;
import org.tailwalk.scenario.CapturePoint;
import org.tailwalk.scenario.EndpointConfig;
import org.tailwalk.scenario.Era;
import org.tailwalk.scenario.Fault;
import org.tailwalk.scenario.GcSettings;
import org.tailwalk.scenario.IpcacheMapping;
import org.tailwalk.scenario.NodeState;
import org.tailwalk.scenario.Policy;
import org.tailwalk.scenario.ReplaySettings;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ServiceSpec;

/**
 * Random state of a node: ipcache, policy, services, empty slots, the collector's mode. Endpoints
 * and build stay what they are given as.
 */
final class ScenarioGenerator {
  private static final int[] POLICY_PORTS = {0, 80, 443, 53, 8080, 40000, 8, 3, 128, 135, 0x0800};
  private static final int[] POLICY_PROTOCOLS = {0, 1, 6, 17, 58, 132};

  /** All but affinity and L7 load balancing, which the control plane adds where they belong. */
  private static final int SERVICE_FLAGS = 0xef;

  private static final int SERVICE_FLAGS2 = 0x0b;

  /** Slots of the calls map that some build has a program in. */
  private static final long[] SLOTS = {
    1, 3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 25, 26, 27, 28, 29, 30, 31, 32
  };

  private static final int SLOTS_2020 = 11;

  private static final long LAST_SECOND = 0xffffffffL;

  private final Dice dice;

  ScenarioGenerator(Dice dice) {
    this.dice = dice;
  }

  /** A scenario in a world. */
  Scenario next(String name, World world) {
    NodeState node =
        new NodeState(
            Universe.PODS,
            dice.oneIn(3) ? List.of() : List.of(Universe.host(false), Universe.host(true)),
            List.of(),
            ipcache(),
            policy(),
            services(),
            List.of());
    GcSettings gc =
        switch (dice.below(4)) {
          case 0 -> new GcSettings(GcSettings.Mode.OFF, 0);
          case 1 -> new GcSettings(GcSettings.Mode.FIXED, dice.of(1L, 10L, 60L, 3600L));
          default -> GcSettings.AGENT;
        };
    List<Fault> faults = new ArrayList<>(world.faults());
    if (dice.oneIn(10)) {
      faults.add(emptySlot(world));
    }
    ReplaySettings settings =
        new ReplaySettings(gc, clockBase(), dice.word(), OptionalInt.empty(), faults, List.of());
    return new Scenario(
        name,
        false,
        List.of(),
        CapturePoint.ANY,
        world.datapath(),
        world.constants(),
        world.model(),
        node,
        settings);
  }

  /** Now and then so late that the 32 bits which entries keep of the clock wrap under way. */
  private long clockBase() {
    return dice.oneIn(12)
        ? LAST_SECOND - dice.of(0, 1, 10, 61, 300)
        : ReplaySettings.DEFAULT_CLOCK_BASE;
  }

  private Fault emptySlot(World world) {
    if (dice.oneIn(5)) {
      MapRole shared = dice.oneIn(3) ? MapRole.POLICY_EGRESS_CALL : MapRole.POLICY_CALL;
      return new Fault.EmptySlot(0, shared, dice.of(Universe.PODS).id());
    }
    int endpoint = dice.oneIn(2) ? 0 : dice.of(Universe.PODS).id();
    // The map of 2020 ends before the slots that conntrack got later.
    int slots = world.datapath().era() == Era.WALKTHROUGH2020 ? SLOTS_2020 : SLOTS.length;
    return new Fault.EmptySlot(endpoint, MapRole.CALLS, SLOTS[dice.below(slots)]);
  }

  private List<IpcacheMapping> ipcache() {
    Map<Prefix, IpcacheMapping> mappings = new LinkedHashMap<>();
    for (boolean v6 : new boolean[] {false, true}) {
      long host = dice.oneIn(6) ? identity() : 1;
      add(mappings, new IpcacheMapping(Prefix.host(Universe.host(v6)), host, IpAddress.ANY4, 0));
      for (EndpointConfig pod : Universe.PODS) {
        if (!dice.oneIn(8)) {
          Prefix own = Prefix.host(pod.address(v6).orElseThrow());
          add(mappings, IpcacheMapping.of(own, dice.oneIn(10) ? identity() : pod.identity()));
        }
      }
      if (!dice.oneIn(4)) {
        IpAddress node = dice.oneIn(2) ? IpAddress.ANY4 : IpAddress.parse("172.16.0.2");
        int key = dice.oneIn(4) ? 3 : 0;
        Prefix remote = Prefix.host(Universe.remotePod(v6));
        add(mappings, new IpcacheMapping(remote, Universe.REMOTE_IDENTITY, node, key));
      }
      int more = dice.below(4);
      for (int i = 0; i < more; i++) {
        add(mappings, IpcacheMapping.of(prefix(dice.of(Universe.peers(v6))), identity()));
      }
    }
    return List.copyOf(mappings.values());
  }

  private long identity() {
    return dice.of(Universe.IDENTITIES);
  }

  /** A prefix that holds the address. */
  private Prefix prefix(IpAddress address) {
    int length = address.v6() ? dice.of(0, 16, 64, 127, 128) : dice.of(0, 8, 24, 31, 32);
    byte[] bytes = address.toBytes();
    for (int bit = length; bit < 8 * bytes.length; bit++) {
      bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
    }
    return new Prefix(address.v6() ? IpAddress.v6(bytes, 0) : IpAddress.v4(bytes, 0), length);
  }

  private static void add(Map<Prefix, IpcacheMapping> mappings, IpcacheMapping mapping) {
    mappings.put(mapping.prefix(), mapping);
  }

  private Policy policy() {
    if (dice.oneIn(8)) {
      return Policy.ALLOW_ALL;
    }
    Map<List<Object>, Policy.Key> keys = new LinkedHashMap<>();
    for (EndpointConfig pod : Universe.PODS) {
      for (boolean egress : new boolean[] {false, true}) {
        int kind = dice.below(6);
        if (kind == 0) {
          put(keys, new Policy.Key(pod.id(), egress, 0, 0, 0, 0, false));
        } else if (kind > 1) {
          int count = 1 + dice.below(7);
          for (int i = 0; i < count; i++) {
            put(keys, key(pod.id(), egress));
          }
        }
      }
    }
    return new Policy.Keys(new ArrayList<>(keys.values()));
  }

  private Policy.Key key(int endpoint, boolean egress) {
    boolean deny = dice.oneIn(6);
    return new Policy.Key(
        endpoint,
        egress,
        identity(),
        dice.of(POLICY_PORTS),
        dice.of(POLICY_PROTOCOLS),
        !deny && dice.oneIn(6) ? dice.of(15001, 1, 65535) : 0,
        deny);
  }

  private static void put(Map<List<Object>, Policy.Key> keys, Policy.Key key) {
    keys.put(
        List.of(key.endpoint(), key.egress(), key.identity(), key.port(), key.protocol()), key);
  }

  private List<ServiceSpec> services() {
    if (dice.oneIn(3)) {
      return List.of();
    }
    List<ServiceSpec> services = new ArrayList<>();
    for (boolean v6 : new boolean[] {false, true}) {
      List<IpAddress> addresses = Universe.services(v6);
      int count = dice.below(addresses.size() + 1);
      for (int i = 0; i < count; i++) {
        services.add(service(addresses.get(i), i + 1));
      }
    }
    return services;
  }

  private ServiceSpec service(IpAddress address, int index) {
    int port = dice.of(80, 53, 443, 80, 53, 0);
    List<ServiceSpec.Backend> backends = new ArrayList<>();
    int count = dice.oneIn(8) ? 0 : 1 + dice.below(3);
    for (int i = 0; i < count; i++) {
      IpAddress at =
          dice.percent(60)
              ? dice.of(Universe.PODS).address(address.v6()).orElseThrow()
              : dice.of(Universe.peers(address.v6()));
      ServiceSpec.BackendState state =
          dice.oneIn(5)
              ? dice.of(ServiceSpec.BackendState.values())
              : ServiceSpec.BackendState.ACTIVE;
      backends.add(
          new ServiceSpec.Backend(
              10L * index + i + (address.v6() ? 100 : 0), at, dice.of(port, 8080, 80, 0), state));
    }
    return new ServiceSpec(
        "",
        address,
        port,
        dice.oneIn(30) ? dice.of(65535, 0) : index,
        dice.oneIn(6) ? SERVICE_FLAGS & dice.below(256) : 0,
        dice.oneIn(6) ? SERVICE_FLAGS2 & dice.below(16) : 0,
        dice.oneIn(2) ? dice.of(1L, 2L, 5L, 10L, 30L, 60L, 10_800L) : 0,
        dice.oneIn(10) ? 15001 : 0,
        backends);
  }
}
