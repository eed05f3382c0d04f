// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.bench;

import java.util.ArrayList;
import java.util.List;
import org.tailwalk.engine.ForwardingSession;
import org.tailwalk.engine.NodeSetup;
import org.tailwalk.engine.ProgramGraph;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.event.MapRole;

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

  private static final class Wide extends ForwardingSession {
    private static final int FIRST_SLOT = 40;

    private final int programs;

    Wide(ReplaySession session, int programs) {
      super(session);
      this.programs = programs;
    }

    @Override
    public ProgramGraph graph() {
      ProgramGraph real = super.graph();
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
  }
}
