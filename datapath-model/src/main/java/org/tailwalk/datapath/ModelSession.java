// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tailwalk.datapath.kernel.BpfMap;
import org.tailwalk.datapath.kernel.LoadedProgram;
import org.tailwalk.datapath.kernel.ProgArray;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.datapath.maps.EndpointMaps;
import org.tailwalk.datapath.maps.NodeMaps;
import org.tailwalk.datapath.program.EndpointPrograms;
import org.tailwalk.datapath.program.Node;
import org.tailwalk.engine.Injection;
import org.tailwalk.engine.MapEntry;
import org.tailwalk.engine.MapOp;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.ProgramGraph;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.PathTrace;
import org.tailwalk.packet.Bytes;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.EndpointConfig;
import org.tailwalk.scenario.Era;
import org.tailwalk.scenario.Fault;

/** One node with its endpoints, from opening to closing. */
final class ModelSession implements ReplaySession {
  private static final int MAX_TAIL_CALLS = 33;
  private static final int PLAIN_CT_ENTRIES = 524_288;

  private final NodeSetup setup;
  private final NodeMaps maps;
  private final Map<Integer, EndpointMaps> endpointMaps = new LinkedHashMap<>();
  private final Map<Integer, EndpointPrograms> programs = new LinkedHashMap<>();
  private final Map<MapRef, BpfMap<?, ?>> mapsByRef = new HashMap<>();
  private int tailCallBudget = MAX_TAIL_CALLS;

  private ModelSession(NodeSetup setup) {
    this.setup = setup;
    DatapathConfig config = setup.config();
    boolean lru = config.has(DatapathOption.HAVE_LRU_HASH_MAP_TYPE);
    this.maps = new NodeMaps(setup.ctCapacity().orElse(lru ? Integer.MAX_VALUE : PLAIN_CT_ENTRIES));
    boolean bufferRefuses = setup.faults().contains(new Fault.BufferRefuses());
    Node node = new Node(config, maps);
    maps.all().forEach(map -> mapsByRef.put(map.ref(), map));
    for (EndpointConfig endpoint : setup.endpoints()) {
      EndpointMaps own = new EndpointMaps(endpoint.id(), bufferRefuses);
      own.all().forEach(map -> mapsByRef.put(map.ref(), map));
      endpointMaps.put(endpoint.id(), own);
      programs.put(endpoint.id(), new EndpointPrograms(node, endpoint, own));
    }
  }

  static ModelSession open(NodeSetup setup) throws ReplayException {
    ModelLimits.check(setup);
    ModelSession session = new ModelSession(setup);
    session.fill();
    return session;
  }

  private void fill() throws ReplayException {
    apply(setup.state());
    tailCallBudget = MAX_TAIL_CALLS;
    for (Fault fault : setup.faults()) {
      switch (fault) {
        case Fault.EmptySlot f -> empty(f.endpoint(), f.map(), f.slot());
        case Fault.BurnCalls f -> tailCallBudget = Math.max(0, tailCallBudget - f.calls());
        case Fault.ConntrackFull _, Fault.BufferRefuses _, Fault.Truncate _ -> {}
      }
    }
  }

  @Override
  public PathTrace send(Injection injection) throws ReplayException {
    EndpointPrograms endpoint = programs.get(injection.endpoint());
    Optional<LoadedProgram> entry =
        endpoint == null ? Optional.empty() : endpoint.entry(injection.hook());
    if (endpoint != null && entry.isEmpty()) {
      return PathTrace.notRun(
          "no-program",
          "the object has no program for the hook " + injection.hook().programId(),
          injection.frame(),
          injection.context());
    }
    if (entry.isEmpty()) {
      return PathTrace.notRun(
          "no-endpoint",
          "There is no endpoint " + injection.endpoint() + " with programs.",
          injection.frame(),
          injection.context());
    }
    Injection cut = truncated(injection);
    if (cut.frame().length() < 14) {
      return PathTrace.notRun(
          "too-short",
          "A frame of %d bytes has no Ethernet header.".formatted(cut.frame().length()),
          cut.frame(),
          cut.context());
    }
    return Run.start(cut, entry.get(), tailCallBudget);
  }

  private Injection truncated(Injection injection) {
    for (Fault fault : setup.faults()) {
      if (fault instanceof Fault.Truncate cut
          && cut.packet() == injection.packet()
          && cut.length() < injection.frame().length()) {
        Bytes frame = injection.frame().slice(0, cut.length());
        return new Injection(
            injection.packet(),
            frame,
            injection.endpoint(),
            injection.hook(),
            injection.context(),
            injection.ifindex(),
            injection.ingressIfindex(),
            injection.timeNanos(),
            injection.random());
      }
    }
    return injection;
  }

  @Override
  public void apply(List<MapOp> ops) throws ReplayException {
    // Programs alone find conntrack full: what was there before a resumed run is put back.
    maps.conntrackFull(false);
    try {
      for (MapOp op : ops) {
        apply(op);
      }
    } finally {
      maps.conntrackFull(setup.faults().contains(new Fault.ConntrackFull()));
    }
  }

  private void apply(MapOp op) throws ReplayException {
    switch (op) {
      case MapOp.Put put -> put(put.map(), put.key(), put.value());
      case MapOp.Delete delete -> map(delete.map()).removeUntyped(delete.key());
      case MapOp.EmptySlot slot -> empty(slot.endpoint(), slot.map(), slot.slot());
      case MapOp.FillSlot slot -> {
        for (ProgArray array : arrays(slot.endpoint(), slot.map())) {
          array.fill(slot.slot());
        }
      }
    }
  }

  private void put(MapRef ref, MapKey key, MapValue value) throws ReplayException {
    int errno;
    try {
      errno = map(ref).putUntyped(key, value);
    } catch (IllegalArgumentException e) {
      throw new ReplayException("write map state: " + e.getMessage(), e);
    }
    if (errno != 0) {
      throw new ReplayException(
          "write map state: map %s is full: give it more room, or fewer entries".formatted(ref));
    }
  }

  private BpfMap<?, ?> map(MapRef ref) throws ReplayException {
    BpfMap<?, ?> map = mapsByRef.get(ref);
    if (map == null) {
      throw new ReplayException(
          "write map state: the model has no map %s; it has %s"
              .formatted(ref, new TreeSet<>(names())));
    }
    return map;
  }

  private Set<String> names() {
    return mapsByRef.keySet().stream().map(MapRef::toString).collect(Collectors.toSet());
  }

  private void empty(int endpoint, MapRole role, long slot) throws ReplayException {
    for (ProgArray array : arrays(endpoint, role)) {
      array.empty(slot);
    }
  }

  private List<ProgArray> arrays(int endpoint, MapRole role) throws ReplayException {
    return switch (role) {
      case POLICY_CALL -> List.of(maps.policyCall());
      case POLICY_EGRESS_CALL -> List.of(maps.policyEgressCall());
      case CALLS -> owners(endpoint).stream().map(EndpointMaps::calls).toList();
      case CUSTOM_CALLS -> owners(endpoint).stream().map(EndpointMaps::customCalls).toList();
      default -> throw new ReplayException("empty slot: map %s has no programs".formatted(role));
    };
  }

  private List<EndpointMaps> owners(int endpoint) throws ReplayException {
    if (endpoint == 0) {
      return List.copyOf(endpointMaps.values());
    }
    @Nullable EndpointMaps own = endpointMaps.get(endpoint);
    if (own == null) {
      throw new ReplayException("empty slot: there is no endpoint %d".formatted(endpoint));
    }
    return List.of(own);
  }

  @Override
  public List<MapEntry> entries(MapRef ref) {
    BpfMap<?, ?> map = mapsByRef.get(ref);
    return map == null ? List.of() : map.entries();
  }

  @Override
  public List<MapRef> maps() {
    return mapsByRef.keySet().stream()
        .sorted(Comparator.comparing(MapRef::role).thenComparing(MapRef::endpoint))
        .toList();
  }

  @Override
  public void reset() throws ReplayException {
    maps.conntrackFull(false);
    maps.clear();
    endpointMaps.values().forEach(EndpointMaps::clear);
    fill();
  }

  @Override
  public ProgramGraph graph() {
    return ModelGraph.of(setup.config(), programs.values());
  }

  @Override
  public String description() {
    Era era = setup.config().era();
    return "model " + era.label();
  }

  @Override
  public void close() {
    // Plain objects: the garbage collector takes them.
  }
}
