// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.tailwalk.engine.Injection;
import org.tailwalk.engine.MapOp;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.event.ContextState;
import org.tailwalk.event.Hook;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.MacAddress;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.EndpointConfig;
import org.tailwalk.scenario.Fault;

/**
 * The setup of the worked examples: pod A 10.0.0.1 (id 100, identity 1000, interface 11) and pod B
 * 10.0.0.2 (id 200, identity 2000, interface 12), fd00::1 and fd00::2.
 */
public final class TestNode {
  /** Pod A's id. */
  public static final int A = 100;

  /** Pod B's id. */
  public static final int B = 200;

  private final DatapathConfig config;
  private final List<MapOp> state = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();

  /** Two pods and no policy. */
  public TestNode(DatapathConfig config) {
    this.config = config;
    for (int id : new int[] {A, B}) {
      EndpointConfig pod = pod(id);
      for (boolean v6 : new boolean[] {false, true}) {
        IpAddress address = pod.address(v6).orElseThrow();
        put(
            MapRole.ENDPOINTS,
            new MapKey.EndpointKey(address),
            new MapValue.EndpointInfo(pod.ifindex(), id, 0, pod.mac(), pod.nodeMac()));
        put(
            MapRole.IPCACHE,
            new MapKey.IpcacheKey(address, v6 ? 128 : 32),
            new MapValue.IpcacheEntry(pod.identity(), IpAddress.ANY4, 0));
      }
    }
  }

  private static EndpointConfig pod(int id) {
    int n = id / 100;
    return new EndpointConfig(
        id,
        "pod-" + n,
        IpAddress.parse("10.0.0." + n),
        IpAddress.parse("fd00::" + n),
        MacAddress.parse("02:00:00:00:00:0" + n),
        MacAddress.parse("0e:00:00:00:00:0" + n),
        10 + n,
        1000L * n,
        3,
        false);
  }

  /** Adds an entry to a shared map. */
  public TestNode put(MapRole role, MapKey key, MapValue value) {
    state.add(new MapOp.Put(MapRef.shared(role), key, value));
    return this;
  }

  /** Allows by a policy entry. */
  public TestNode allow(int endpoint, boolean egress, long identity, int port, int protocol) {
    return policy(endpoint, egress, identity, port, protocol, 0, false);
  }

  /** Allows everything, in and out, for both pods. */
  public TestNode allowAll() {
    for (int id : new int[] {A, B}) {
      allow(id, true, 0, 0, 0).allow(id, false, 0, 0, 0);
    }
    return this;
  }

  /** Adds a policy entry. */
  public TestNode policy(
      int endpoint,
      boolean egress,
      long identity,
      int port,
      int protocol,
      int proxyPort,
      boolean deny) {
    state.add(
        new MapOp.Put(
            MapRef.of(MapRole.POLICY, endpoint),
            new MapKey.PolicyKey(identity, port, protocol, egress),
            new MapValue.PolicyEntry(proxyPort, deny, 0, 0)));
    return this;
  }

  /**
   * Adds a service with its backends, numbered from 1.
   *
   * @param backends addresses
   */
  public TestNode service(String vip, int port, int flags, long word0, int to, String... backends) {
    IpAddress address = IpAddress.parse(vip);
    boolean v6 = address.v6();
    MapRole services = v6 ? MapRole.LB6_SERVICES : MapRole.LB4_SERVICES;
    put(
        services,
        new MapKey.ServiceKey(address, port, 0, 0, 0),
        new MapValue.ServiceEntry(word0, backends.length, 7, flags, 0));
    put(
        v6 ? MapRole.LB6_REVERSE_NAT : MapRole.LB4_REVERSE_NAT,
        MapKey.IndexKey.u16(7),
        new MapValue.ReverseNat(address, port));
    for (int i = 1; i <= backends.length; i++) {
      put(
          services,
          new MapKey.ServiceKey(address, port, i, 0, 0),
          new MapValue.ServiceEntry(i, 0, 7, flags, 0));
      put(
          v6 ? MapRole.LB6_BACKENDS : MapRole.LB4_BACKENDS,
          MapKey.IndexKey.u32(i),
          new MapValue.BackendEntry(IpAddress.parse(backends[i - 1]), to, 0, 0));
      put(
          MapRole.AFFINITY_MATCH,
          new MapKey.AffinityMatchKey(i, 7),
          new MapValue.RawValue(Bytes.ofHex("00")));
    }
    return this;
  }

  /** Adds a fault. */
  public TestNode fault(Fault fault) {
    faults.add(fault);
    return this;
  }

  /** The setup so far. */
  public NodeSetup setup() {
    return new NodeSetup(config, List.of(pod(A), pod(B)), state, faults, OptionalInt.empty());
  }

  /** A session of it. */
  public ReplaySession open() throws ReplayException {
    return new ModelReplayEngine().open(setup());
  }

  /** Sends one packet through a session of its own. */
  public PathTrace send(Hook hook, int endpoint, Bytes frame) throws ReplayException {
    try (ReplaySession session = open()) {
      return send(session, hook, endpoint, frame, 1_000_000);
    }
  }

  /** Sends a packet at a second. */
  public static PathTrace send(
      ReplaySession session, Hook hook, int endpoint, Bytes frame, long second)
      throws ReplayException {
    return send(session, hook, endpoint, frame, second, 0);
  }

  /** Sends a packet at a second with a random number. */
  public static PathTrace send(
      ReplaySession session, Hook hook, int endpoint, Bytes frame, long second, long random)
      throws ReplayException {
    return session.send(
        new Injection(
            1, frame, endpoint, hook, ContextState.ZERO, 1, 0, second * 1_000_000_000L, random));
  }

  /** The notifications of one kind. */
  public static <N extends Notification> List<N> notified(PathTrace trace, Class<N> kind) {
    return trace.events().stream()
        .filter(PathEvent.Notified.class::isInstance)
        .map(e -> ((PathEvent.Notified) e).notification())
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  /** The events of one kind. */
  public static <E extends PathEvent> List<E> events(PathTrace trace, Class<E> kind) {
    return trace.events().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The reason of the only drop event, 0 when there is none. */
  public static int dropReason(PathTrace trace) {
    List<Notification.Drop> drops = notified(trace, Notification.Drop.class);
    return drops.isEmpty() ? 0 : drops.getFirst().reason();
  }

  /** What a conntrack or other entry became by this packet, in the order of the trace. */
  public static List<PathEvent.Changed> changes(PathTrace trace, MapRole role) {
    return events(trace, PathEvent.Changed.class).stream()
        .filter(e -> e.map().role() == role)
        .toList();
  }
}
