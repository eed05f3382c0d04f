// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.path;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tailwalk.app.walk.Tally;
import org.tailwalk.engine.ProgramGraph;
import org.tailwalk.event.MapRole;

/** How often programs began and tail calls were taken or missed, in both lanes. Immutable. */
public record StageCounts(List<Program> programs, List<Call> calls) {
  private static final StageCounts NONE = new StageCounts(List.of(), List.of());

  /** Keeps its own copies. */
  public StageCounts {
    programs = List.copyOf(programs);
    calls = List.copyOf(calls);
  }

  /** A program's runs. */
  public record Program(String id, String name, int instructions, long kernel, long model) {}

  /**
   * A tail call: from a program, through a slot, to another.
   *
   * @param slot −1 where the bytecode doesn't fix it
   */
  public record Call(
      String from, String to, MapRole map, long slot, Tally.Count kernel, Tally.Count model) {
    /** Whether nobody ever tried it. */
    public boolean never() {
      return kernel.equals(Tally.Count.NONE) && model.equals(Tally.Count.NONE);
    }
  }

  /** Nothing at all. */
  public static StageCounts none() {
    return NONE;
  }

  /** The counts of an object's programs; calls that its bytecode doesn't show are added. */
  public static StageCounts of(ProgramGraph graph, Tally tally) {
    List<Program> programs = new ArrayList<>();
    for (ProgramGraph.Node node : graph.nodes()) {
      programs.add(
          new Program(
              node.id(),
              node.function(),
              node.instructions(),
              tally.entered(true, node.id()),
              tally.entered(false, node.id())));
    }
    Map<Tally.Call, Tally.Count> kernel = new LinkedHashMap<>();
    Map<Tally.Call, Tally.Count> model = new LinkedHashMap<>();
    tally.forEachCall(true, kernel::put);
    tally.forEachCall(false, model::put);
    Map<String, Call> calls = new LinkedHashMap<>();
    for (ProgramGraph.Edge edge : graph.edges()) {
      Call call =
          new Call(
              edge.from(),
              edge.to(),
              edge.map(),
              edge.slot(),
              take(kernel, edge),
              take(model, edge));
      calls.merge(edge.from() + ">" + edge.to(), call, StageCounts::add);
    }
    Map<Tally.Call, Tally.Count> more = new HashMap<>(model);
    kernel.forEach(more::putIfAbsent);
    for (Tally.Call call : more.keySet()) {
      calls.put(
          call.toString(),
          new Call(
              call.program(),
              call.map() == MapRole.CALLS ? "2/" + call.slot() : "?",
              call.map(),
              call.slot(),
              kernel.getOrDefault(call, Tally.Count.NONE),
              model.getOrDefault(call, Tally.Count.NONE)));
    }
    return new StageCounts(programs, List.copyOf(calls.values()));
  }

  private static Call add(Call a, Call b) {
    return new Call(a.from, a.to, a.map, a.slot, add(a.kernel, b.kernel), add(a.model, b.model));
  }

  private static Tally.Count add(Tally.Count a, Tally.Count b) {
    return new Tally.Count(a.taken() + b.taken(), a.missed() + b.missed());
  }

  /** Takes out what belongs to an edge; one whose slot is not fixed takes what is left. */
  private static Tally.Count take(Map<Tally.Call, Tally.Count> counts, ProgramGraph.Edge edge) {
    Tally.Count sum = Tally.Count.NONE;
    for (Tally.Call call : List.copyOf(counts.keySet())) {
      if (call.program().equals(edge.from())
          && call.map() == edge.map()
          && (edge.slot() < 0 || call.slot() == edge.slot())) {
        sum = add(sum, counts.getOrDefault(call, Tally.Count.NONE));
        counts.remove(call);
      }
    }
    return sum;
  }
}
