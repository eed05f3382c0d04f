// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.lb;

import org.jspecify.annotations.Nullable;
import org.tailwalk.datapath.conntrack.Conntrack;
import org.tailwalk.datapath.conntrack.CtDirection;
import org.tailwalk.datapath.conntrack.CtLookup;
import org.tailwalk.datapath.conntrack.CtState;
import org.tailwalk.datapath.context.Returns;
import org.tailwalk.datapath.header.Family;
import org.tailwalk.datapath.header.IpHeader;
import org.tailwalk.datapath.header.IpProto;
import org.tailwalk.datapath.header.Transport;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.maps.NodeMaps;
import org.tailwalk.datapath.notify.DebugNotify;
import org.tailwalk.datapath.notify.DebugNotify.PerFamily;
import org.tailwalk.datapath.rewrite.Translation;
import org.tailwalk.event.CtStatus;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.MapKey.CtTuple;
import org.tailwalk.event.MapKey.IndexKey;
import org.tailwalk.event.MapKey.ServiceKey;
import org.tailwalk.event.MapValue.BackendEntry;
import org.tailwalk.event.MapValue.ServiceEntry;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.Era;

/** {@code lb4_local} and {@code lb6_local}: selection of a backend and translation to it. */
public final class LoadBalancer {
  private static final int ACTIVE = 0;
  private static final int SCOPE_EXTERNAL = 0;
  private static final int SCOPE_INTERNAL = 1;

  private final NodeMaps maps;
  private final Conntrack conntrack;
  private final DebugNotify debug;
  private final Affinity affinity;
  private final boolean affinityCompiled;
  private final boolean loopbackCompiled;
  private final boolean year2020;
  private final IpAddress loopbackAddress;

  /** Balances over a node's services. */
  public LoadBalancer(
      DatapathConfig config, NodeMaps maps, Conntrack conntrack, DebugNotify debug) {
    this.maps = maps;
    this.conntrack = conntrack;
    this.debug = debug;
    this.affinity = new Affinity(config, maps);
    this.affinityCompiled = config.has(DatapathOption.ENABLE_SESSION_AFFINITY);
    this.loopbackCompiled = !config.has(DatapathOption.DISABLE_LOOPBACK_LB);
    this.year2020 = config.era() == Era.WALKTHROUGH2020;
    this.loopbackAddress = config.constants().ipv4Loopback();
  }

  /** The service at an address and port, null when there is none. */
  public @Nullable Service lookup(Run run, Family family, IpAddress daddr, int dport) {
    Service found = lookup(run, family, daddr, dport, SCOPE_EXTERNAL);
    if (!year2020 || found == null) {
      return found;
    }
    if ((found.entry().flags() & ServiceEntry.LOCAL_SCOPE) != 0) {
      found = lookup(run, family, daddr, dport, SCOPE_INTERNAL);
    }
    // Without backends it was no service: the packet went on to its address.
    return found == null || found.entry().count() == 0 ? null : found;
  }

  private @Nullable Service lookup(Run run, Family family, IpAddress daddr, int dport, int scope) {
    ServiceKey key = new ServiceKey(daddr, dport, 0, 0, scope);
    ServiceEntry entry = run.lookup(maps.lb(family).services(), key);
    return entry == null ? null : new Service(key, entry);
  }

  /**
   * Chooses or remembers the backend and translates the packet.
   *
   * @param ip its header as it came
   * @param state receives index, backend and loopback
   * @return 0 or a drop code
   */
  public int local(Run run, IpHeader ip, Transport transport, Service service, CtState state) {
    Family family = ip.family();
    if (service.entry().count() == 0) {
      return noService();
    }
    CtLookup found = conntrack.lookup(run, ip, transport, CtDirection.SERVICE, state);
    if (found.result() < 0) {
      return noService();
    }
    BackendEntry backend =
        found.is(CtStatus.NEW)
            ? forNew(run, family, found.tuple(), service, state)
            : forKnown(run, family, found.tuple(), service, state);
    if (backend == null) {
      return noService();
    }
    state.revNatIndex = service.entry().revNatIndex();
    if (affinityCompiled && service.affinity()) {
      affinity.update(run, family, service, ip.saddr(), state.backendId);
    }
    return translate(run, ip, transport, service, backend, state);
  }

  private static int noService() {
    return Returns.drop(DropReason.DROP_NO_SERVICE);
  }

  private @Nullable BackendEntry forNew(
      Run run, Family family, CtTuple tuple, Service service, CtState state) {
    long id = bound(run, family, service, tuple.saddr());
    BackendEntry backend = id == 0 ? null : backend(run, family, id);
    if (backend == null) {
      id = select(run, family, service);
      backend = backend(run, family, id);
      if (backend == null) {
        return null;
      }
    }
    state.backendId = carried(id);
    state.revNatIndex = service.entry().revNatIndex();
    int error =
        conntrack.create(run, family, tuple, state, Conntrack.Creation.plain(CtDirection.SERVICE));
    return error < 0 ? null : backend;
  }

  private @Nullable BackendEntry forKnown(
      Run run, Family family, CtTuple tuple, Service service, CtState state) {
    int revNatIndex = service.entry().revNatIndex();
    if (state.revNatIndex == 0) {
      state.revNatIndex = revNatIndex;
      conntrack.updateRevNatIndex(run, family, tuple, state);
    }
    if (state.revNatIndex != revNatIndex) {
      long id = bound(run, family, service, tuple.saddr());
      id = id == 0 ? select(run, family, service) : id;
      if (id == 0) {
        return null;
      }
      state.backendId = carried(id);
      conntrack.updateBackendId(run, family, tuple, state);
      state.revNatIndex = revNatIndex;
      conntrack.updateRevNatIndex(run, family, tuple, state);
    }
    BackendEntry backend = backend(run, family, state.backendId);
    if (backend != null && (year2020 || backend.state() == ACTIVE || !state.syn)) {
      return backend;
    }
    ServiceKey key = service.key();
    Service again = lookup(run, family, key.address(), key.dport(), key.scope());
    if (again == null || again.entry().count() == 0) {
      return null;
    }
    long id = carried(select(run, family, again));
    backend = backend(run, family, id);
    if (backend != null) {
      state.backendId = id;
      conntrack.updateBackendId(run, family, tuple, state);
    }
    return backend;
  }

  /** In 2020 the state that a backend's id travelled in had 16 bits for it. */
  private long carried(long backendId) {
    return year2020 ? backendId & 0xffff : backendId;
  }

  /** The backend the client is bound to, 0 for none. */
  private long bound(Run run, Family family, Service service, IpAddress client) {
    return affinityCompiled && service.affinity()
        ? affinity.backend(run, family, service, client)
        : 0;
  }

  /** A random slot's backend, 0 when the slot is not there. */
  private long select(Run run, Family family, Service service) {
    int slot = (int) (run.random() % service.entry().count()) + 1;
    ServiceKey key = service.key();
    debug.message(
        run, PerFamily.LB_LOOKUP_BACKEND_SLOT, family.v6(), slot, DebugNotify.raw(key.dport()), 0);
    ServiceEntry entry =
        run.lookup(
            maps.lb(family).services(),
            new ServiceKey(key.address(), key.dport(), slot, key.proto(), key.scope()));
    if (entry == null) {
      long port = DebugNotify.raw(key.dport());
      debug.message(run, PerFamily.LB_LOOKUP_BACKEND_SLOT_FAIL, family.v6(), slot, port, 0);
      return 0;
    }
    return entry.word0();
  }

  private @Nullable BackendEntry backend(Run run, Family family, long id) {
    BackendEntry backend = run.lookup(maps.lb(family).backends(), IndexKey.u32(id));
    if (backend == null) {
      debug.message(run, PerFamily.LB_LOOKUP_BACKEND_FAIL, family.v6(), id, 0, 0);
    }
    return backend;
  }

  private int translate(
      Run run,
      IpHeader ip,
      Transport transport,
      Service service,
      BackendEntry backend,
      CtState state) {
    Family family = ip.family();
    IpAddress newSource = null;
    if (!family.v6() && loopbackCompiled && ip.saddr().equals(backend.address())) {
      state.loopback = true;
      newSource = loopbackAddress;
      debug.message(
          run,
          DebugNotify.LB4_LOOPBACK_SNAT,
          DebugNotify.raw(ip.saddr()),
          DebugNotify.raw(newSource));
    }
    // In 2020 nobody asked whether the packet is a later fragment.
    boolean present = transport.present() || year2020;
    int error =
        Translation.addresses(run.skb(), family, transport, present, newSource, backend.address());
    if (error < 0) {
      return error;
    }
    int from = service.key().dport();
    int to = backend.port();
    // A later fragment keeps its bytes; SCTP's other port is refused all the same.
    boolean rewritten = present || transport.protocol() == IpProto.SCTP;
    boolean icmp = transport.protocol() == IpProto.ICMP || transport.protocol() == IpProto.ICMPV6;
    return to == 0 || from == to || !rewritten || icmp
        ? 0
        : Translation.destinationPort(run.skb(), transport, from, to);
  }
}
