// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.whatif;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tailwalk.engine.MapOp;
import org.tailwalk.event.CtStatus;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.Layer;
import org.tailwalk.packet.PacketView;
import org.tailwalk.packet.Prefix;
import org.tailwalk.packet.Protocols;
import org.tailwalk.replay.EventText;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.replay.Reading;
import org.tailwalk.replay.history.MapHistory;
import org.tailwalk.replay.history.Moment;
import org.tailwalk.replay.history.ReplayHistory;
import org.tailwalk.replay.history.Write;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.Fault;
import org.tailwalk.scenario.IpcacheMapping;
import org.tailwalk.scenario.NodeState;
import org.tailwalk.scenario.ReplaySettings;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ServiceSpec;
import org.tailwalk.text.Message;

/** Changes worth trying on a packet that did not pass in the model; whether they help is tried. */
final class Candidates {
  private static final long HOST = 1;
  private static final long SECOND = 1_000_000_000L;

  private final Variant start;
  private final PacketReplay packet;
  private final Scenario scenario;
  private final MapHistory maps;
  private final @Nullable LaneTrace lane;
  private final List<Candidate> found = new ArrayList<>();

  /** A change. */
  record Candidate(Proposal.Kind kind, Variant variant) {}

  Candidates(ReplayHistory history, Variant start, PacketReplay packet) {
    this.start = start;
    this.packet = packet;
    this.scenario = start.scenario();
    this.maps = history.model().orElseGet(history::primary);
    this.lane = packet.model();
  }

  List<Candidate> all() {
    faults();
    if (lane != null) {
      for (Reading.PolicyDecision decision : lane.reading().policy()) {
        policy(decision);
        identities(decision);
      }
      for (Reading.CtLookup lookup : lane.reading().ct()) {
        conntrack(lookup);
      }
    }
    services();
    options();
    return found;
  }

  private void add(Proposal.Kind kind, Variant variant) {
    found.add(new Candidate(kind, variant));
  }

  private Message endpoint(int id) {
    return scenario
        .node()
        .endpoint(id)
        .filter(e -> !e.name().isEmpty())
        .map(e -> Message.plain("“", e.name(), "”"))
        .orElseGet(() -> Message.of("endpoint", id));
  }

  private void faults() {
    for (Fault fault : scenario.settings().faults()) {
      List<Fault> others = new ArrayList<>(scenario.settings().faults());
      others.remove(fault);
      ReplaySettings s = scenario.settings();
      add(
          Proposal.Kind.FAULT,
          start.withScenario(
              scenario.withSettings(
                  new ReplaySettings(
                      s.gc(), s.clockBaseSeconds(), s.seed(), s.ctCapacity(), others, s.rules())),
              Message.of("try.lift", words(fault))));
    }
  }

  private Message words(Fault fault) {
    return switch (fault) {
      case Fault.EmptySlot(int endpoint, MapRole map, long slot) ->
          endpoint == 0
              ? Message.of("try.slot", slot, map.name().toLowerCase(java.util.Locale.ROOT))
              : Message.of(
                  "try.slot.of",
                  slot,
                  map.name().toLowerCase(java.util.Locale.ROOT),
                  endpoint(endpoint));
      case Fault.ConntrackFull() -> Message.of("try.full");
      case Fault.BufferRefuses() -> Message.of("try.refuses");
      case Fault.Truncate(long number, int length) -> Message.of("try.truncate", number, length);
      case Fault.BurnCalls(int calls) -> Message.of("try.burn", calls);
    };
  }

  private void policy(Reading.PolicyDecision decision) {
    MapRef map = MapRef.of(MapRole.POLICY, decision.endpoint());
    MapKey.PolicyKey winner = decision.winner();
    if (winner != null) {
      maps.value(map, winner, Moment.found(packet.number()))
          .filter(v -> v instanceof MapValue.PolicyEntry e && e.deny())
          .ifPresent(_ ->
              add(
                  Proposal.Kind.POLICY,
                  start.withWrite(
                      new MapOp.Delete(map, winner),
                      Message.of("try.take-deny", key(winner), endpoint(decision.endpoint())))));
      return;
    }
    Set<MapKey.PolicyKey> keys = new LinkedHashSet<>(decision.tried());
    for (MapKey.PolicyKey tried : keys) {
      add(
          Proposal.Kind.POLICY,
          start.withWrite(
              new MapOp.Put(map, tried, new MapValue.PolicyEntry(0, false, 0, 0)),
              Message.of("try.add-allow", key(tried), endpoint(decision.endpoint()))));
    }
  }

  private Message key(MapKey.PolicyKey key) {
    Message who =
        key.identity() == 0
            ? Message.of("try.anybody")
            : Message.of(
                "try.identity",
                key.identity()
                    + scenario.node().labels(key.identity()).stream()
                        .findFirst()
                        .map(l -> " (" + l + ")")
                        .orElse(""));
    Message what;
    if (key.protocol() == 0) {
      what = Message.of("try.any-port");
    } else {
      String protocol = Protocols.name(key.protocol());
      what =
          key.dport() == 0
              ? Message.of("try.any-port.of", protocol)
              : Message.of("try.port", key.dport(), protocol);
    }
    return Message.of(key.egress() ? "try.egress" : "try.ingress", who, what);
  }

  /** The remote end could have been somebody whom the policy allows. */
  private void identities(Reading.PolicyDecision decision) {
    if (decision.winner() != null || decision.tried().isEmpty()) {
      return;
    }
    MapKey.PolicyKey wanted = decision.tried().getFirst();
    IpAddress remote = remote(wanted.egress());
    if (remote == null) {
      return;
    }
    Set<Long> allowed = new LinkedHashSet<>();
    for (MapHistory.Standing each :
        maps.entries(
            MapRef.of(MapRole.POLICY, decision.endpoint()), Moment.found(packet.number()))) {
      if (each.key() instanceof MapKey.PolicyKey key
          && each.value() instanceof MapValue.PolicyEntry entry
          && !entry.deny()
          && key.identity() > HOST
          && key.identity() != wanted.identity()
          && key.egress() == wanted.egress()
          && (key.protocol() == 0 || key.protocol() == wanted.protocol())
          && (key.dport() == 0 || key.dport() == wanted.dport())) {
        allowed.add(key.identity());
      }
    }
    NodeState node = scenario.node();
    for (long identity : allowed) {
      Prefix host = Prefix.host(remote);
      List<IpcacheMapping> mappings = new ArrayList<>(node.ipcache());
      mappings.removeIf(m -> m.prefix().equals(host));
      mappings.add(IpcacheMapping.of(host, identity));
      add(
          Proposal.Kind.IDENTITY,
          start.withScenario(
              scenario.withNode(
                  new NodeState(
                      node.endpoints(),
                      node.hostAddresses(),
                      node.identities(),
                      mappings,
                      node.policy(),
                      node.services(),
                      node.conntrack())),
              Message.of("try.ipcache", host, identity)));
    }
  }

  private @Nullable IpAddress remote(boolean egress) {
    return packet.placement() instanceof Placement.Run run
            && PacketView.of(run.injection().frame()).network() instanceof Layer.Ip ip
        ? egress ? ip.dst() : ip.src()
        : null;
  }

  private void conntrack(Reading.CtLookup lookup) {
    if (lookup.status() != CtStatus.NEW && lookup.found() != null) {
      return;
    }
    MapRef map = MapRef.shared(lookup.map());
    Moment now = Moment.found(packet.number());
    for (MapKey.CtTuple tuple : List.of(lookup.tuple(), lookup.tuple().reversed())) {
      Optional<Write> last = maps.last(map, tuple, now).filter(w -> w.after() == null);
      MapValue was = last.map(Write::before).orElse(null);
      if (was != null) {
        add(
            Proposal.Kind.CONNTRACK,
            start.withWrite(
                new MapOp.Put(map, tuple, was),
                Message.of("try.keep", EventText.key(tuple), last.get().writer().message())));
      }
    }
    MapKey.CtTuple reply = lookup.tuple();
    if (maps.value(map, reply, now).isEmpty() && packet.placement() instanceof Placement.Run run) {
      long seconds = run.injection().timeNanos() / SECOND;
      boolean tcp = reply.nexthdr() == Protocols.TCP;
      MapValue.CtEntry entry =
          new MapValue.CtEntry(
              0,
              0,
              1,
              60,
              seconds + (tcp ? 21_600 : 60),
              tcp ? MapValue.CtEntry.SEEN_NON_SYN : 0,
              0,
              0,
              tcp ? 2 : 0,
              0,
              0,
              seconds,
              0);
      add(
          Proposal.Kind.CONNTRACK,
          start.withWrite(
              new MapOp.Put(map, reply, entry), Message.of("try.answer", EventText.key(reply))));
    }
  }

  private void services() {
    NodeState node = scenario.node();
    for (int i = 0; i < node.services().size(); i++) {
      ServiceSpec service = node.services().get(i);
      if (!(packet.placement() instanceof Placement.Run run)
          || !(PacketView.of(run.injection().frame()).network() instanceof Layer.Ip ip)
          || !ip.dst().equals(service.address())) {
        continue;
      }
      if (service.backends().isEmpty()) {
        backendOfAnother(node, i);
      }
      for (int b = 0; b < service.backends().size(); b++) {
        ServiceSpec.Backend backend = service.backends().get(b);
        if (backend.state() != ServiceSpec.BackendState.ACTIVE) {
          add(
              Proposal.Kind.SERVICE,
              start.withScenario(
                  scenario.withNode(withService(node, i, active(service, b))),
                  Message.of(
                      "try.backend",
                      backend.id(),
                      backend.address(),
                      backend.port(),
                      service.address(),
                      service.port())));
        }
      }
    }
  }

  private void backendOfAnother(NodeState node, int index) {
    ServiceSpec service = node.services().get(index);
    node.services().stream()
        .flatMap(s -> s.backends().stream())
        .filter(b -> b.address().v6() == service.address().v6())
        .filter(b -> b.state() == ServiceSpec.BackendState.ACTIVE)
        .findFirst()
        .ifPresent(b ->
            add(
                Proposal.Kind.SERVICE,
                start.withScenario(
                    scenario.withNode(withService(node, index, with(service, List.of(b)))),
                    Message.of(
                        "try.service", service.address(), service.port(), b.address(), b.port()))));
  }

  private static ServiceSpec active(ServiceSpec s, int index) {
    List<ServiceSpec.Backend> backends = new ArrayList<>(s.backends());
    ServiceSpec.Backend b = backends.get(index);
    backends.set(
        index,
        new ServiceSpec.Backend(b.id(), b.address(), b.port(), ServiceSpec.BackendState.ACTIVE));
    return with(s, backends);
  }

  private static ServiceSpec with(ServiceSpec s, List<ServiceSpec.Backend> backends) {
    return new ServiceSpec(
        s.name(),
        s.address(),
        s.port(),
        s.revNatIndex(),
        s.flags(),
        s.flags2(),
        s.affinitySeconds(),
        s.proxyPort(),
        backends);
  }

  private static NodeState withService(NodeState node, int index, ServiceSpec service) {
    List<ServiceSpec> services = new ArrayList<>(node.services());
    services.set(index, service);
    return new NodeState(
        node.endpoints(),
        node.hostAddresses(),
        node.identities(),
        node.ipcache(),
        node.policy(),
        services,
        node.conntrack());
  }

  /** Switches that let more packets pass, one at a time. */
  private void options() {
    for (DatapathOption option :
        List.of(
            DatapathOption.ENABLE_IPV4,
            DatapathOption.ENABLE_IPV6,
            DatapathOption.ENABLE_SCTP,
            DatapathOption.ENABLE_IPV4_FRAGMENTS,
            DatapathOption.ENABLE_ICMP_RULE,
            DatapathOption.ALLOW_ICMP_FRAG_NEEDED,
            DatapathOption.DISABLE_SIP_VERIFICATION,
            DatapathOption.ENABLE_ARP_RESPONDER,
            DatapathOption.ENABLE_ARP_PASSTHROUGH,
            DatapathOption.POLICY_AUDIT_MODE)) {
      if (scenario.modelConfig().has(option)) {
        continue;
      }
      try {
        add(
            Proposal.Kind.OPTION,
            start.withScenario(
                scenario.withDatapath(scenario.datapath().with(option, true)),
                Message.of("try.build", option.label())));
      } catch (IllegalArgumentException e) {
        // An option that this era doesn't have.
      }
    }
  }
}
