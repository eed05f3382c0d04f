// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tailwalk.bpf.decode.SiteTable;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.DataFolding;
import org.tailwalk.bpf.elf.ElfFormatException;
import org.tailwalk.bpf.elf.MapOrigin;
import org.tailwalk.bpf.elf.MapSpec;
import org.tailwalk.bpf.elf.MapType;
import org.tailwalk.bpf.elf.ProgramSpec;
import org.tailwalk.bpf.elf.SubstitutionException;
import org.tailwalk.bpf.host.LoadPlan;
import org.tailwalk.bpf.insn.CodeException;
import org.tailwalk.bpf.instrument.InstrumentOptions;
import org.tailwalk.bpf.instrument.Instrumented;
import org.tailwalk.bpf.instrument.Instrumenter;
import org.tailwalk.bpf.instrument.PointerProbe;
import org.tailwalk.bpf.instrument.ReplayClockMap;
import org.tailwalk.bpf.instrument.TraceDetail;
import org.tailwalk.bpf.instrument.TraceLog;
import org.tailwalk.bpf.instrument.TraceSite;
import org.tailwalk.engine.CodeListing;
import org.tailwalk.engine.MapOp;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.ProgramGraph;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.packet.MacAddress;
import org.tailwalk.scenario.EndpointConfig;

/**
 * A setup as collections to load: one instance of the object per endpoint, with its values, shapes
 * and trace points in. Pure.
 */
final class SessionPlan {
  private final NodeSetup setup;
  private final MapFaults faults;
  private final List<CollectionSpec> originals = new ArrayList<>();
  private final List<String> steps = new ArrayList<>();
  private List<Instrumented> instances = new ArrayList<>();
  private @Nullable ProgramGraph graph;

  private SessionPlan(NodeSetup setup, MapFaults faults) {
    this.setup = setup;
    this.faults = faults;
  }

  /**
   * @param template whether the object is one, by {@link DataFolding#isTemplate}
   */
  static SessionPlan of(
      NodeSetup setup,
      CollectionSpec object,
      boolean template,
      InstrumentOptions options,
      int maxEntries)
      throws ReplayException {
    if (setup.endpoints().isEmpty()) {
      throw new ReplayException("open session: no endpoint has programs");
    }
    MapFaults faults = MapFaults.of(setup, maxEntries);
    SessionPlan plan = new SessionPlan(setup, faults);
    Map<MapRole, Integer> initial = new LinkedHashMap<>();
    for (MapOp op : setup.state()) {
      if (op instanceof MapOp.Put(MapRef map, _, _)) {
        initial.merge(map.role(), 1, Integer::sum);
      }
    }
    for (EndpointConfig endpoint : setup.endpoints()) {
      try {
        CollectionSpec own =
            EndpointSubstitution.apply(object, endpoint, setup.config().constants());
        plan.originals.add(
            faults.apply(
                template ? DataFolding.fold(own) : own,
                symbol -> initial.getOrDefault(MapRole.ofSymbol(symbol), 0)));
      } catch (SubstitutionException | ElfFormatException e) {
        throw new ReplayException("endpoint " + endpoint.id() + ": " + e.getMessage(), e);
      }
    }
    plan.instrument(options);
    return plan;
  }

  /** Whether loaded programs of this plan serve another setup once their maps are reset. */
  boolean serves(NodeSetup other) {
    return setup.config().equals(other.config())
        && setup.endpoints().equals(other.endpoints())
        && setup.ctCapacity().equals(other.ctCapacity())
        && !faults.reshape()
        && !MapFaults.of(other, 0).reshape();
  }

  /** The same programs and maps for another setup that they serve. */
  SessionPlan reused(NodeSetup other) {
    SessionPlan plan = new SessionPlan(other, MapFaults.of(other, 0));
    plan.originals.addAll(originals);
    plan.instances = instances;
    plan.graph = graph();
    plan.steps.addAll(steps);
    return plan;
  }

  private void instrument(InstrumentOptions options) throws ReplayException {
    List<Instrumented> all = new ArrayList<>();
    int nextId = 1;
    for (CollectionSpec original : originals) {
      try {
        Instrumented one = Instrumenter.instrument(original, options.withFirstSiteId(nextId));
        nextId = one.nextSiteId();
        all.add(one);
      } catch (CodeException e) {
        throw new ReplayException(String.valueOf(e.getMessage()), e);
      }
    }
    instances = all;
  }

  /**
   * The plan with one program traced a step lower, after the verifier refused it; false when it is
   * at the bottom already.
   */
  boolean stepDown(String program, String why) throws ReplayException {
    Instrumented first = instances.getFirst();
    TraceDetail now = first.details().getOrDefault(program, TraceDetail.NONE);
    if (now.lower().isEmpty()) {
      return false;
    }
    TraceDetail lower = now.lower().get();
    instrument(first.options().withProgramDetail(program, lower));
    steps.add("program \"%s\" is traced with %s: %s".formatted(program, lower, why));
    return true;
  }

  /** What is recorded less than asked, for the user. */
  List<String> remarks() {
    Set<String> all = new LinkedHashSet<>(steps);
    instances.forEach(i -> all.addAll(i.remarks()));
    return List.copyOf(all);
  }

  NodeSetup setup() {
    return setup;
  }

  MapFaults faults() {
    return faults;
  }

  List<Integer> endpoints() {
    return setup.endpoints().stream().map(EndpointConfig::id).toList();
  }

  /** The programs of an instance as they were compiled, with the endpoint's values. */
  CollectionSpec original(int instance) {
    return originals.get(instance);
  }

  /** The tail calls of the object. */
  ProgramGraph graph() {
    ProgramGraph known = graph;
    if (known == null) {
      known = TailCallGraph.of(originals.getFirst());
      graph = known;
    }
    return known;
  }

  /** The object's programs as people read them, with the trace points of the first instance. */
  CodeListing code(Map<String, List<String>> files) {
    return Listings.of(originals.getFirst(), instances.getFirst(), files);
  }

  /** The shared LRU maps as they are loaded, with their room. */
  Map<MapRef, Integer> evicting() {
    Map<MapRef, Integer> found = new LinkedHashMap<>();
    for (MapSpec map : originals.getFirst().maps()) {
      MapRole role = MapRole.ofSymbol(map.name());
      if (map.type() == MapType.LRU_HASH && role != MapRole.OTHER && role.shared()) {
        found.put(MapRef.shared(role), map.maxEntries());
      }
    }
    return found;
  }

  List<SiteTable.Instance> sites() {
    List<SiteTable.Instance> all = new ArrayList<>();
    for (int i = 0; i < instances.size(); i++) {
      all.add(new SiteTable.Instance(setup.endpoints().get(i).id(), instances.get(i)));
    }
    return all;
  }

  /** The probe of an instance whose trace points leave open which map they mean. */
  PointerProbe probe(int instance) {
    Set<String> open = new LinkedHashSet<>();
    for (TraceSite site : instances.get(instance).sites()) {
      TraceSite.MapRef map =
          switch (site.event()) {
            case TraceSite.TailCall t -> t.map();
            case TraceSite.Lookup l -> l.map();
            case TraceSite.Update u -> u.map();
            case TraceSite.Delete d -> d.map();
            default -> new TraceSite.MapRef.Unknown("");
          };
      if (map instanceof TraceSite.MapRef.OneOf oneOf) {
        open.addAll(oneOf.maps());
      }
    }
    // A probe of nothing cannot be built; one known map does no harm.
    return PointerProbe.of(
        open.isEmpty()
            ? List.of(originals.get(instance).maps().getFirst().name())
            : List.copyOf(open));
  }

  LoadPlan load(boolean wrap) {
    Map<String, MapSpec> shared = new LinkedHashMap<>();
    for (Instrumented instance : instances) {
      for (MapSpec map : instance.spec().maps()) {
        if (isShared(map)) {
          shared.putIfAbsent(map.name(), map.withoutTypes());
        }
      }
    }
    shared.putIfAbsent(ReplayClockMap.MAP, ReplayClockMap.map());
    List<CollectionSpec> specs = new ArrayList<>();
    for (int i = 0; i < instances.size(); i++) {
      CollectionSpec spec = instances.get(i).spec();
      if (!instances.get(i).sites().isEmpty()) {
        PointerProbe probe = probe(i);
        List<ProgramSpec> programs = new ArrayList<>(spec.programs());
        programs.add(probe.program());
        spec = spec.withPrograms(programs).withMap(probe.map());
      }
      specs.add(spec);
    }
    return new LoadPlan(List.copyOf(shared.values()), specs, eventMaps(shared), interfaces(), wrap);
  }

  /** Whether all endpoints of a session use one map. */
  static boolean isShared(MapSpec map) {
    if (map.name().equals(TraceLog.MAP) || map.name().equals(ReplayClockMap.MAP)) {
      return true;
    }
    return !(map.origin() instanceof MapOrigin.Data) && MapRole.ofSymbol(map.name()).shared();
  }

  private static Set<String> eventMaps(Map<String, MapSpec> shared) {
    Set<String> found = new LinkedHashSet<>();
    for (MapSpec map : shared.values()) {
      if (map.type() == MapType.PERF_EVENT_ARRAY) {
        found.add(map.name());
      }
    }
    return found;
  }

  private List<LoadPlan.Interface> interfaces() {
    Map<Long, MacAddress> devices = new LinkedHashMap<>();
    for (EndpointConfig endpoint : setup.endpoints()) {
      devices.putIfAbsent(endpoint.ifindex(), endpoint.nodeMac());
    }
    var constants = setup.config().constants();
    devices.putIfAbsent(constants.hostIfindex(), constants.hostIfindexMac());
    List<LoadPlan.Interface> found = new ArrayList<>();
    devices.forEach((ifindex, mac) -> {
      if (ifindex > 1 && ifindex <= Integer.MAX_VALUE) {
        found.add(new LoadPlan.Interface("tw" + ifindex, ifindex.intValue(), mac));
      }
    });
    return found;
  }
}
