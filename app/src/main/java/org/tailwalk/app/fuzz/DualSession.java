// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fuzz;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tailwalk.controlplane.Collector;
import org.tailwalk.controlplane.NodeCompiler;
import org.tailwalk.engine.Injection;
import org.tailwalk.engine.MapEntry;
import org.tailwalk.engine.MapOp;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.engine.Sweep;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.PathTrace;
import org.tailwalk.packet.Frame;
import org.tailwalk.replay.InjectionPlanner;
import org.tailwalk.replay.Placement;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.EndpointConfig;
import org.tailwalk.scenario.Fault;
import org.tailwalk.scenario.Scenario;

/**
 * Two sessions with the same endpoints that run one case after the other. Programs are loaded once;
 * what a case's scenario adds to the maps is written after a reset.
 */
final class DualSession implements AutoCloseable {
  private final List<EndpointConfig> endpoints;
  private final Lane first;
  private final Lane second;
  private final List<Fault> faults;
  private long packetsRun;

  private record Lane(ReplaySession session, DatapathConfig config) {}

  private DualSession(Scenario world, Lane first, Lane second) {
    this.endpoints = world.node().endpoints();
    this.faults = lasting(world);
    this.first = first;
    this.second = second;
  }

  /** Opens both engines for the world's endpoints and builds, its maps still empty. */
  static DualSession open(ReplayEngine first, ReplayEngine second, Scenario world)
      throws ReplayException {
    Lane left = lane(first, world, world.kernelConfig());
    try {
      return new DualSession(world, left, lane(second, world, world.modelConfig()));
    } catch (ReplayException | RuntimeException e) {
      left.session().close();
      throw e;
    }
  }

  private static Lane lane(ReplayEngine engine, Scenario world, DatapathConfig config)
      throws ReplayException {
    NodeSetup full = NodeCompiler.compile(world, config);
    NodeSetup empty =
        new NodeSetup(config, full.endpoints(), List.of(), lasting(world), full.ctCapacity());
    return new Lane(engine.open(empty), config);
  }

  /** Faults that a session is opened with; slots are emptied for each case. */
  private static List<Fault> lasting(Scenario scenario) {
    return scenario.settings().faults().stream()
        .filter(f -> !(f instanceof Fault.EmptySlot) && !(f instanceof Fault.Truncate))
        .toList();
  }

  private static List<MapOp> emptied(Scenario scenario) {
    List<MapOp> ops = new ArrayList<>();
    for (Fault fault : scenario.settings().faults()) {
      if (fault instanceof Fault.EmptySlot(int endpoint, MapRole map, long slot)) {
        List<Integer> owners =
            endpoint != 0 || map.shared()
                ? List.of(endpoint)
                : scenario.node().endpoints().stream().map(EndpointConfig::id).toList();
        owners.forEach(owner -> ops.add(new MapOp.EmptySlot(owner, map, slot)));
      }
    }
    return ops;
  }

  /** How many packets went through both engines so far. */
  long packetsRun() {
    return packetsRun;
  }

  /** Whether this session can run a case: the endpoints and the build must be its own. */
  private boolean fits(FuzzCase c) {
    return c.base().node().endpoints().equals(endpoints)
        && c.base().kernelConfig().equals(first.config())
        && c.base().modelConfig().equals(second.config())
        && lasting(c.base()).equals(faults);
  }

  /** Runs a case from a fresh state to its first problem. */
  Optional<Finding> run(FuzzCase c, TraceCheck check) throws ReplayException {
    if (!fits(c)) {
      throw new IllegalArgumentException("this session is for other endpoints, builds or faults");
    }
    return first.session().series(() -> runHere(c, check));
  }

  private Optional<Finding> runHere(FuzzCase c, TraceCheck check) throws ReplayException {
    Scenario scenario = c.scenario();
    for (Lane lane : List.of(first, second)) {
      lane.session().reset();
      lane.session().apply(NodeCompiler.compile(scenario, lane.config()).state());
      lane.session().apply(emptied(scenario));
    }
    InjectionPlanner planner = new InjectionPlanner(scenario);
    Collector left = collector(scenario, first);
    Collector right = collector(scenario, second);
    List<Frame> frames = c.frames();
    for (int i = 0; i < frames.size(); i++) {
      if (!(planner.plan(i + 1L, frames.get(i))
          instanceof Placement.Run(Injection injection, _, _))) {
        continue;
      }
      int number = i + 1;
      List<Sweep> swept = left.advance(injection.timeNanos(), first.session());
      List<Sweep> sweptToo = right.advance(injection.timeNanos(), second.session());
      if (!swept.equals(sweptToo)) {
        return Optional.of(
            new Finding(number, "sweeps", "swept " + swept + "\nand " + sweptToo, null, null));
      }
      PathTrace one = first.session().send(injection);
      PathTrace two = second.session().send(injection);
      packetsRun++;
      Optional<TraceCheck.Problem> problem = check.check(one, two);
      if (problem.isPresent()) {
        return problem.map(p -> new Finding(number, p.signature(), p.text(), one, two));
      }
    }
    return maps(frames.size() + 1, check);
  }

  private static Collector collector(Scenario scenario, Lane lane) {
    return new Collector(
        scenario.settings().gc(), lane.config(), scenario.node().endpoints().size());
  }

  private Optional<Finding> maps(int number, TraceCheck check) throws ReplayException {
    for (MapRef map : compared(check)) {
      List<String> one = entries(first.session(), map);
      List<String> two = entries(second.session(), map);
      if (!one.equals(two)) {
        List<String> onlyOne = new ArrayList<>(one);
        onlyOne.removeAll(two);
        List<String> onlyTwo = new ArrayList<>(two);
        onlyTwo.removeAll(one);
        String text =
            map + " at the end\n  first only:  " + onlyOne + "\n  second only: " + onlyTwo;
        return Optional.of(new Finding(number, "map " + map.role(), text, null, null));
      }
    }
    return Optional.empty();
  }

  private List<MapRef> compared(TraceCheck check) {
    List<MapRef> maps = new ArrayList<>();
    for (MapRole role :
        List.of(
            MapRole.CT_TCP4,
            MapRole.CT_ANY4,
            MapRole.CT_TCP6,
            MapRole.CT_ANY6,
            MapRole.FRAGMENTS,
            MapRole.ENDPOINTS,
            MapRole.IPCACHE,
            MapRole.LB4_AFFINITY,
            MapRole.LB6_AFFINITY)) {
      maps.add(MapRef.shared(role));
    }
    if (check.sameMetrics()) {
      maps.add(MapRef.shared(MapRole.METRICS));
    }
    for (EndpointConfig endpoint : endpoints) {
      maps.add(MapRef.of(MapRole.POLICY, endpoint.id()));
    }
    return maps;
  }

  private static List<String> entries(ReplaySession session, MapRef map) throws ReplayException {
    return session.entries(map).stream()
        .sorted(Comparator.comparing((MapEntry e) -> e.key().toBytes().hex()))
        .map(e -> e.key() + " = " + e.value())
        .toList();
  }

  @Override
  public void close() {
    first.session().close();
    second.session().close();
  }
}
