// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.PathTrace;
import org.tailwalk.replay.CodeListing;
import org.tailwalk.replay.Injection;
import org.tailwalk.replay.MapEntry;
import org.tailwalk.replay.MapOp;
import org.tailwalk.replay.NodeSetup;
import org.tailwalk.replay.ProgramGraph;
import org.tailwalk.replay.ReplayEngine;
import org.tailwalk.replay.ReplayException;
import org.tailwalk.replay.ReplaySession;
import org.tailwalk.replay.Sweep;

/** An engine whose object seems to have more programs: as many as the largest objects there are. */
record WideEngine(ReplayEngine engine, int programs) implements ReplayEngine, AutoCloseable {
  @Override
  public String name() {
    return engine.name();
  }

  @Override
  public ReplaySession open(NodeSetup setup) throws ReplayException {
    return new Wide(engine.open(setup), programs);
  }

  @Override
  public void close() {
    if (engine instanceof AutoCloseable closing) {
      try {
        closing.close();
      } catch (Exception e) {
        throw new IllegalStateException("close engine " + engine.name(), e);
      }
    }
  }

  private record Wide(ReplaySession session, int programs) implements ReplaySession {
    private static final int FIRST_SLOT = 40;

    @Override
    public ProgramGraph graph() {
      ProgramGraph real = session.graph();
      List<ProgramGraph.Node> nodes = new ArrayList<>(real.nodes());
      List<ProgramGraph.Edge> edges = new ArrayList<>(real.edges());
      List<String> from = real.nodes().stream().map(ProgramGraph.Node::id).toList();
      for (int i = 0; nodes.size() < programs; i++) {
        String id = "2/" + (FIRST_SLOT + i);
        nodes.add(new ProgramGraph.Node(id, "tail_more_" + i, id, 500 + 10 * i));
        edges.add(
            new ProgramGraph.Edge(
                from.get((i * 3 + 2) % from.size()), id, MapRole.CALLS, FIRST_SLOT + i));
      }
      return new ProgramGraph(nodes, edges);
    }

    @Override
    public PathTrace send(Injection injection) throws ReplayException {
      return session.send(injection);
    }

    @Override
    public void apply(List<MapOp> ops) throws ReplayException {
      session.apply(ops);
    }

    @Override
    public List<MapEntry> entries(MapRef map) throws ReplayException {
      return session.entries(map);
    }

    @Override
    public List<MapRef> maps() {
      return session.maps();
    }

    @Override
    public void reset() throws ReplayException {
      session.reset();
    }

    @Override
    public CodeListing code() {
      return session.code();
    }

    @Override
    public String description() {
      return session.description();
    }

    @Override
    public Map<MapRef, Integer> evicting() {
      return session.evicting();
    }

    @Override
    public @Nullable List<Sweep> recordedSweeps() {
      return session.recordedSweeps();
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
