// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.maps;

import java.util.ArrayList;
import java.util.List;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.header.IpProto;
import org.tailwalk.datapath.kernel.BpfMap;
import org.tailwalk.datapath.kernel.HashTable;
import org.tailwalk.datapath.kernel.LpmTrie;
import org.tailwalk.datapath.kernel.ProgArray;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapKey.IndexKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;

/** The maps that all endpoints of a node share. */
public final class NodeMaps {
  private final List<BpfMap<?, ?>> all = new ArrayList<>();
  private final CtMaps ct4;
  private final CtMaps ct6;
  private final LpmTrie ipcache = add(new LpmTrie(MapRef.shared(MapRole.IPCACHE)));
  private final HashTable<MapKey.EndpointKey, MapValue.EndpointInfo> endpoints =
      table(MapRole.ENDPOINTS, MapKey.EndpointKey.class, MapValue.EndpointInfo.class);
  private final HashTable<MapKey.MetricsKey, MapValue.MetricsEntry> metrics =
      table(MapRole.METRICS, MapKey.MetricsKey.class, MapValue.MetricsEntry.class);
  private final HashTable<MapKey.FragmentKey, MapValue.FragmentPorts> fragments =
      table(MapRole.FRAGMENTS, MapKey.FragmentKey.class, MapValue.FragmentPorts.class);
  private final HashTable<MapKey.AffinityMatchKey, MapValue.RawValue> affinityMatch =
      table(MapRole.AFFINITY_MATCH, MapKey.AffinityMatchKey.class, MapValue.RawValue.class);
  private final LbMaps lb4 =
      new LbMaps(
          table(MapRole.LB4_SERVICES, MapKey.ServiceKey.class, MapValue.ServiceEntry.class),
          table(MapRole.LB4_BACKENDS, IndexKey.class, MapValue.BackendEntry.class),
          table(MapRole.LB4_REVERSE_NAT, IndexKey.class, MapValue.ReverseNat.class),
          table(MapRole.LB4_AFFINITY, MapKey.AffinityKey.class, MapValue.AffinityEntry.class));
  private final LbMaps lb6 =
      new LbMaps(
          table(MapRole.LB6_SERVICES, MapKey.ServiceKey.class, MapValue.ServiceEntry.class),
          table(MapRole.LB6_BACKENDS, IndexKey.class, MapValue.BackendEntry.class),
          table(MapRole.LB6_REVERSE_NAT, IndexKey.class, MapValue.ReverseNat.class),
          table(MapRole.LB6_AFFINITY, MapKey.AffinityKey.class, MapValue.AffinityEntry.class));
  private final ProgArray policyCall = new ProgArray(MapRef.shared(MapRole.POLICY_CALL));
  private final ProgArray policyEgressCall =
      new ProgArray(MapRef.shared(MapRole.POLICY_EGRESS_CALL));
  private final ProgArray jumps = new ProgArray(new MapRef(MapRole.OTHER, 0, "jmp_tc"));

  /**
   * The service maps of one family.
   *
   * @param services frontends and their slots
   * @param backends by backend id
   * @param reverseNat by reverse NAT index
   * @param affinity the backend a client is bound to
   */
  public record LbMaps(
      HashTable<MapKey.ServiceKey, MapValue.ServiceEntry> services,
      HashTable<IndexKey, MapValue.BackendEntry> backends,
      HashTable<IndexKey, MapValue.ReverseNat> reverseNat,
      HashTable<MapKey.AffinityKey, MapValue.AffinityEntry> affinity) {}

  /**
   * The conntrack maps of one family.
   *
   * @param tcp {@code CT_MAP_TCPn}
   * @param any {@code CT_MAP_ANYn}
   */
  private record CtMaps(
      HashTable<MapKey.CtTuple, MapValue.CtEntry> tcp,
      HashTable<MapKey.CtTuple, MapValue.CtEntry> any) {
    private void full(boolean on) {
      tcp.full(on);
      any.full(on);
    }
  }

  /** Empty maps; a conntrack map refuses more than {@code ctCapacity} entries. */
  public NodeMaps(int ctCapacity) {
    this.ct4 = new CtMaps(ct(MapRole.CT_TCP4, ctCapacity), ct(MapRole.CT_ANY4, ctCapacity));
    this.ct6 = new CtMaps(ct(MapRole.CT_TCP6, ctCapacity), ct(MapRole.CT_ANY6, ctCapacity));
  }

  private HashTable<MapKey.CtTuple, MapValue.CtEntry> ct(MapRole role, int capacity) {
    return add(
        new HashTable<>(
            MapRef.shared(role), MapKey.CtTuple.class, MapValue.CtEntry.class, capacity));
  }

  private <M extends BpfMap<?, ?>> M add(M map) {
    all.add(map);
    return map;
  }

  private <K extends MapKey, V extends MapValue> HashTable<K, V> table(
      MapRole role, Class<K> key, Class<V> value) {
    return add(new HashTable<>(MapRef.shared(role), key, value));
  }

  /** Whether the conntrack maps refuse new entries whatever their size. */
  public void conntrackFull(boolean on) {
    ct4.full(on);
    ct6.full(on);
  }

  /** Removes every entry and fills every slot again. */
  public void clear() {
    all.forEach(BpfMap::clear);
    policyCall.fillAll();
    policyEgressCall.fillAll();
    jumps.fillAll();
  }

  /** Every map here that is not a program array. */
  public List<BpfMap<?, ?>> all() {
    return List.copyOf(all);
  }

  /** The conntrack map of a protocol: {@code CT_MAP_TCPn} or {@code CT_MAP_ANYn}. */
  public HashTable<MapKey.CtTuple, MapValue.CtEntry> conntrack(Family family, int protocol) {
    CtMaps maps = family.v6() ? ct6 : ct4;
    return protocol == IpProto.TCP ? maps.tcp : maps.any;
  }

  /** The service maps of a family. */
  public LbMaps lb(Family family) {
    return family.v6() ? lb6 : lb4;
  }

  /** IPCACHE_MAP. */
  public LpmTrie ipcache() {
    return ipcache;
  }

  /** ENDPOINTS_MAP. */
  public HashTable<MapKey.EndpointKey, MapValue.EndpointInfo> endpoints() {
    return endpoints;
  }

  /** METRICS_MAP. */
  public HashTable<MapKey.MetricsKey, MapValue.MetricsEntry> metrics() {
    return metrics;
  }

  /** IPV4_FRAG_DATAGRAMS_MAP. */
  public HashTable<MapKey.FragmentKey, MapValue.FragmentPorts> fragments() {
    return fragments;
  }

  /** LB_AFFINITY_MATCH_MAP. */
  public HashTable<MapKey.AffinityMatchKey, MapValue.RawValue> affinityMatch() {
    return affinityMatch;
  }

  /** POLICY_CALL_MAP. */
  public ProgArray policyCall() {
    return policyCall;
  }

  /** POLICY_EGRESSCALL_MAP. */
  public ProgArray policyEgressCall() {
    return policyEgressCall;
  }

  /**
   * The looper's program array. Its pin belongs to the object, and every endpoint loads the same
   * object: so there is one, and its slot leads to the program that was loaded last.
   */
  public ProgArray jumps() {
    return jumps;
  }
}
