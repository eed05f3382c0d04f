// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.Prefix;
import org.tailwalk.scenario.CapturePoint;
import org.tailwalk.scenario.DatapathConstants;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.GcSettings;
import org.tailwalk.scenario.IpcacheMapping;
import org.tailwalk.scenario.NodeState;
import org.tailwalk.scenario.Policy;
import org.tailwalk.scenario.ReplaySettings;
import org.tailwalk.scenario.Scenario;

/**
 * Random state of a node: ipcache, policy, the collector's mode. Endpoints and build stay what they
 * are given as.
 */
final class ScenarioGenerator {
  private static final int[] POLICY_PORTS = {0, 80, 443, 53, 8080, 40000, 0x0800, 0x0300};
  private static final int[] POLICY_PROTOCOLS = {0, 1, 6, 17, 132};

  private final Dice dice;

  ScenarioGenerator(Dice dice) {
    this.dice = dice;
  }

  /** A scenario on this build. */
  Scenario next(String name, DatapathSpec datapath, DatapathConstants constants) {
    NodeState node =
        new NodeState(
            Universe.PODS,
            dice.oneIn(3) ? List.of() : List.of(Universe.HOST),
            List.of(),
            ipcache(),
            policy(),
            List.of(),
            List.of());
    GcSettings gc =
        switch (dice.below(4)) {
          case 0 -> new GcSettings(GcSettings.Mode.OFF, 0);
          case 1 -> new GcSettings(GcSettings.Mode.FIXED, dice.of(1L, 10L, 60L, 3600L));
          default -> GcSettings.AGENT;
        };
    ReplaySettings settings =
        new ReplaySettings(
            gc,
            ReplaySettings.DEFAULT_CLOCK_BASE,
            dice.word(),
            OptionalInt.empty(),
            List.of(),
            List.of());
    return new Scenario(
        name, false, List.of(), CapturePoint.ANY, datapath, constants, null, node, settings);
  }

  private List<IpcacheMapping> ipcache() {
    Map<Prefix, IpcacheMapping> mappings = new LinkedHashMap<>();
    add(mappings, new IpcacheMapping(Prefix.host(Universe.HOST), 1, IpAddress.ANY4, 0));
    for (var pod : Universe.PODS) {
      if (!dice.oneIn(8)) {
        pod.address(false)
            .ifPresent(a -> add(mappings, IpcacheMapping.of(Prefix.host(a), pod.identity())));
      }
    }
    if (!dice.oneIn(4)) {
      IpAddress node = dice.oneIn(2) ? IpAddress.ANY4 : IpAddress.parse("172.16.0.2");
      add(
          mappings,
          new IpcacheMapping(Prefix.host(Universe.REMOTE_POD), 4000, node, dice.oneIn(4) ? 3 : 0));
    }
    int more = dice.below(4);
    for (int i = 0; i < more; i++) {
      Prefix prefix =
          new Prefix(network(dice.of(Universe.PEERS), dice.of(0, 8, 24, 31, 32)), lastLength);
      add(mappings, IpcacheMapping.of(prefix, dice.of(Universe.IDENTITIES)));
    }
    return List.copyOf(mappings.values());
  }

  private int lastLength;

  private IpAddress network(IpAddress address, int length) {
    lastLength = length;
    return length == 0
        ? IpAddress.ANY4
        : IpAddress.v4(address.lo() >>> (32 - length) << (32 - length));
  }

  private static void add(Map<Prefix, IpcacheMapping> mappings, IpcacheMapping mapping) {
    mappings.put(mapping.prefix(), mapping);
  }

  private Policy policy() {
    if (dice.oneIn(8)) {
      return Policy.ALLOW_ALL;
    }
    Map<List<Object>, Policy.Key> keys = new LinkedHashMap<>();
    for (var pod : Universe.PODS) {
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
        dice.of(Universe.IDENTITIES),
        dice.of(POLICY_PORTS),
        dice.of(POLICY_PROTOCOLS),
        !deny && dice.oneIn(6) ? dice.of(15001, 1, 65535) : 0,
        deny);
  }

  private static void put(Map<List<Object>, Policy.Key> keys, Policy.Key key) {
    keys.put(
        List.of(key.endpoint(), key.egress(), key.identity(), key.port(), key.protocol()), key);
  }
}
