// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tailwalk.bpf.decode.SiteTable;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.ProgArraySlot;
import org.tailwalk.bpf.elf.ProgramSpec;
import org.tailwalk.bpf.insn.CodeException;
import org.tailwalk.bpf.insn.Codec;
import org.tailwalk.bpf.insn.ControlFlow;
import org.tailwalk.bpf.insn.Helper;
import org.tailwalk.bpf.insn.Instruction;
import org.tailwalk.bpf.insn.Origin;
import org.tailwalk.bpf.insn.Origins;
import org.tailwalk.bpf.insn.Register;
import org.tailwalk.event.MapRole;
import org.tailwalk.replay.ProgramGraph;

/** The tail calls of an object, read off its bytecode. */
final class TailCallGraph {
  private TailCallGraph() {}

  static ProgramGraph of(CollectionSpec spec) {
    Map<ProgArraySlot, String> targets = new HashMap<>();
    for (ProgramSpec program : spec.programs()) {
      program.slots().forEach(slot -> targets.put(slot, SiteTable.programId(program)));
    }
    List<ProgramGraph.Node> nodes = new ArrayList<>();
    Set<ProgramGraph.Edge> edges = new LinkedHashSet<>();
    for (ProgramSpec program : spec.programs()) {
      String id = SiteTable.programId(program);
      nodes.add(
          new ProgramGraph.Node(
              id, program.name(), program.section(), Codec.slots(program.code())));
      edges.addAll(edges(program, id, targets));
    }
    return new ProgramGraph(nodes, List.copyOf(edges));
  }
}
