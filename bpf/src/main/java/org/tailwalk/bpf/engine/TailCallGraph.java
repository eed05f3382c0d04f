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
import org.tailwalk.bpf.insn.AluOp;
import org.tailwalk.bpf.insn.CodeElement;
import org.tailwalk.bpf.insn.CodeException;
import org.tailwalk.bpf.insn.Codec;
import org.tailwalk.bpf.insn.ControlFlow;
import org.tailwalk.bpf.insn.FunctionStart;
import org.tailwalk.bpf.insn.Helper;
import org.tailwalk.bpf.insn.Instruction;
import org.tailwalk.bpf.insn.LabelTarget;
import org.tailwalk.bpf.insn.Operand;
import org.tailwalk.bpf.insn.Origin;
import org.tailwalk.bpf.insn.Origins;
import org.tailwalk.bpf.insn.Register;
import org.tailwalk.bpf.insn.SourceLine;
import org.tailwalk.engine.ProgramGraph;
import org.tailwalk.event.MapRole;

/** The tail calls of an object, read off its bytecode. */
final class TailCallGraph {
  private TailCallGraph() {}

  static ProgramGraph of(CollectionSpec spec) {
    Map<ProgArraySlot, String> targets = new HashMap<>();
    for (ProgramSpec program : spec.programs()) {
      program.slots().forEach(slot -> targets.put(slot, SiteTable.programId(spec, program)));
    }
    List<ProgramGraph.Node> nodes = new ArrayList<>();
    Set<ProgramGraph.Edge> edges = new LinkedHashSet<>();
    for (ProgramSpec program : spec.programs()) {
      String id = SiteTable.programId(spec, program);
      nodes.add(
          new ProgramGraph.Node(
              id, program.name(), program.section(), Codec.slots(program.code())));
      edges.addAll(edges(program, id, targets));
    }
    return new ProgramGraph(nodes, List.copyOf(edges));
  }

  private static Set<ProgramGraph.Edge> edges(
      ProgramSpec program, String from, Map<ProgArraySlot, String> targets) {
    Set<ProgramGraph.Edge> found = new LinkedHashSet<>();
    forEachCall(
        program,
        (map, slot) ->
            found.add(
                new ProgramGraph.Edge(
                    from, target(map, slot, targets), MapRole.ofSymbol(map), slot)));
    return found;
  }

  /** The tail calls of one program, each with the program that the object puts in its slot. */
  static List<ObjectInspection.TailCall> calls(CollectionSpec spec, ProgramSpec program) {
    Map<ProgArraySlot, String> targets = new HashMap<>();
    for (ProgramSpec other : spec.programs()) {
      other.slots().forEach(slot -> targets.put(slot, other.name()));
    }
    Set<ObjectInspection.TailCall> found = new LinkedHashSet<>();
    forEachCall(
        program,
        (map, slot) ->
            found.add(
                new ObjectInspection.TailCall(
                    map, slot, targets.getOrDefault(new ProgArraySlot(map, (int) slot), ""))));
    return List.copyOf(found);
  }

  private interface CallVisitor {
    void call(String map, long slot);
  }

  private static void forEachCall(ProgramSpec program, CallVisitor visitor) {
    Origins origins;
    try {
      origins = Origins.of(ControlFlow.of(program.code()));
    } catch (CodeException e) {
      return; // code without sense has no calls to tell of; loading it says what is wrong
    }
    origins.forEach((at, instruction, before) -> {
      if (instruction instanceof Instruction.HelperCall(int helper)
          && helper == Helper.TAIL_CALL
          && before.get(Register.R2) instanceof Origin.MapPointer(Set<String> maps)) {
        long slot = slot(program.code(), at);
        maps.forEach(map -> visitor.call(map, slot));
      }
    });
  }

  /** The constant in r3, or -1: looked for in the straight line of code before the call. */
  private static long slot(List<CodeElement> code, int call) {
    for (int i = call - 1; i >= 0; i--) {
      switch (code.get(i)) {
        case Instruction.Alu alu when alu.dst() == Register.R3 -> {
          return alu.op() == AluOp.MOV && alu.operand() instanceof Operand.Imm(int value)
              ? value & 0xffffffffL
              : -1;
        }
        case Instruction.Load load when load.dst() == Register.R3 -> {
          return -1;
        }
        case Instruction.HelperCall _, Instruction.Call _, LabelTarget _, FunctionStart _ -> {
          return -1;
        }
        case Instruction _, SourceLine _ -> {}
      }
    }
    return -1;
  }

  private static String target(String map, long slot, Map<ProgArraySlot, String> targets) {
    String known = targets.get(new ProgArraySlot(map, (int) slot));
    if (known != null) {
      return known;
    }
    return switch (MapRole.ofSymbol(map)) {
      case POLICY_CALL -> "policy";
      case POLICY_EGRESS_CALL -> "policy-egress";
      case CALLS -> "2/" + slot;
      default -> map + "/" + (slot < 0 ? "?" : slot);
    };
  }
}
