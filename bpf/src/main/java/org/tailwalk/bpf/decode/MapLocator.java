// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.decode;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.MapSpec;
import org.tailwalk.bpf.elf.MapType;
import org.tailwalk.bpf.host.LoadPlan;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;

/** Where the maps of a plan are, what they look like, and which of them packets change. */
public final class MapLocator {
  private final Map<LoadPlan.MapId, MapSpec> specs = new HashMap<>();
  private final Map<MapRef, LoadPlan.MapId> places = new HashMap<>();
  private final Map<LoadPlan.MapId, MapRef> refs = new HashMap<>();
  private final Set<LoadPlan.MapId> mutable = new HashSet<>();

  /**
   * @param endpoints the endpoint of each instance, in the plan's order
   */
  public MapLocator(LoadPlan plan, List<Integer> endpoints) {
    for (MapSpec map : plan.shared()) {
      add(LoadPlan.MapId.shared(map.name()), map, 0);
    }
    for (int i = 0; i < plan.instances().size(); i++) {
      CollectionSpec instance = plan.instances().get(i);
      for (MapSpec map : instance.maps()) {
        if (!specs.containsKey(LoadPlan.MapId.shared(map.name()))) {
          add(new LoadPlan.MapId(i, map.name()), map, endpoints.get(i));
        }
      }
    }
  }

  private void add(LoadPlan.MapId id, MapSpec spec, int endpoint) {
    specs.put(id, spec);
    if (MapType.holdsPlainValues(spec.type()) && changing(role(id))) {
      mutable.add(id);
    }
    MapRef ref = SiteTable.ref(spec.name(), endpoint);
    places.put(ref, id);
    refs.put(id, ref);
  }

  /** The map that an instance's program means by a symbol. */
  LoadPlan.MapId of(int instance, String symbol) {
    LoadPlan.MapId shared = LoadPlan.MapId.shared(symbol);
    return specs.containsKey(shared) ? shared : new LoadPlan.MapId(instance, symbol);
  }

  /** The place of a map of the vocabulary; empty when the build has none. */
  public Optional<LoadPlan.MapId> of(MapRef ref) {
    return Optional.ofNullable(places.get(ref));
  }

  /** How traces name a map. */
  MapRef ref(LoadPlan.MapId id) {
    MapRef ref = refs.get(id);
    if (ref == null) {
      throw new IllegalArgumentException("no map " + id);
    }
    return ref;
  }

  /** What a map looks like. */
  public MapSpec spec(LoadPlan.MapId id) {
    MapSpec spec = specs.get(id);
    if (spec == null) {
      throw new IllegalArgumentException("no map " + id);
    }
    return spec;
  }

  /** How traces name each map. */
  public Map<MapRef, LoadPlan.MapId> places() {
    return Map.copyOf(places);
  }

  /** The role of a map. */
  public static MapRole role(LoadPlan.MapId id) {
    return MapRole.ofSymbol(id.symbol());
  }

  /** Every map whose values are plain bytes. */
  public List<LoadPlan.MapId> plain() {
    return specs.entrySet().stream()
        .filter(e -> MapType.holdsPlainValues(e.getValue().type()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether a packet can change entries of the map, as far as its role tells. */
  public boolean mutable(LoadPlan.MapId id) {
    return mutable.contains(id);
  }

  private static boolean changing(MapRole role) {
    return switch (role) {
      case CT_TCP4, CT_ANY4, CT_TCP6, CT_ANY6, CT_BUFFER4, CT_BUFFER6 -> true;
      case POLICY, METRICS, FRAGMENTS, LB4_AFFINITY, LB6_AFFINITY, OTHER -> true;
      case POLICY_CALL, CALLS, CUSTOM_CALLS, POLICY_EGRESS_CALL, EVENTS, SIGNALS -> false;
      case ENDPOINTS, IPCACHE, ENCRYPT, TUNNEL, AFFINITY_MATCH -> false;
      case LB4_SERVICES, LB6_SERVICES, LB4_BACKENDS, LB6_BACKENDS -> false;
      case LB4_REVERSE_NAT, LB6_REVERSE_NAT -> false;
    };
  }
}
