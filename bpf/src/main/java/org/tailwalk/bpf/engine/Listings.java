// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tailwalk.bpf.decode.SiteTable;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.ProgramSpec;
import org.tailwalk.bpf.insn.CodeElement;
import org.tailwalk.bpf.insn.CodeException;
import org.tailwalk.bpf.insn.ControlFlow;
import org.tailwalk.bpf.insn.Disassembler;
import org.tailwalk.bpf.insn.DisassemblyLine;
import org.tailwalk.bpf.insn.FunctionStart;
import org.tailwalk.bpf.insn.Helper;
import org.tailwalk.bpf.insn.Instruction;
import org.tailwalk.bpf.insn.JumpOp;
import org.tailwalk.bpf.insn.Label;
import org.tailwalk.bpf.insn.LabelTarget;
import org.tailwalk.bpf.insn.Operand;
import org.tailwalk.bpf.insn.Register;
import org.tailwalk.bpf.insn.SourceLine;
import org.tailwalk.bpf.instrument.Instrumented;
import org.tailwalk.bpf.instrument.TraceSite;
import org.tailwalk.engine.CodeListing;

/** An object's programs as {@link CodeListing}s. */
final class Listings {
  private final List<CodeElement> code;
  private final ControlFlow flow;

  /** For each element the index, among instructions, of itself or the next behind it. */
  private final int[] index;

  private Listings(List<CodeElement> code) throws CodeException {
    this.code = code;
    this.flow = ControlFlow.of(code);
    this.index = new int[code.size() + 1];
    int count = 0;
    for (int i = 0; i < code.size(); i++) {
      index[i] = count;
      if (code.get(i) instanceof Instruction) {
        count++;
      }
    }
    index[code.size()] = count;
  }

  static CodeListing of(
      CollectionSpec object, Instrumented traced, Map<String, List<String>> files) {
    Map<String, Set<Integer>> sites = new HashMap<>();
    Map<String, Set<Integer>> passable = new HashMap<>();
    for (TraceSite site : traced.sites()) {
      sites.computeIfAbsent(site.program(), _ -> new TreeSet<>()).add(site.instruction());
      if (site.event() instanceof TraceSite.Returned(int helper, _, _)
          && helper != Helper.MAP_UPDATE_ELEM
          && helper != Helper.MAP_DELETE_ELEM) {
        // What its ring refused left no event.
        passable.computeIfAbsent(site.program(), _ -> new TreeSet<>()).add(site.instruction());
      }
    }
    List<CodeListing.Program> programs = new ArrayList<>();
    for (ProgramSpec program : object.programs()) {
      List<CodeListing.Instruction> listed;
      try {
        listed = new Listings(program.code()).list();
      } catch (CodeException e) {
        continue; // code without sense can't be loaded either; that says what is wrong with it
      }
      programs.add(
          new CodeListing.Program(
              SiteTable.programId(object, program),
              program.name(),
              program.section(),
              listed,
              sites.getOrDefault(program.name(), Set.of()),
              passable.getOrDefault(program.name(), Set.of())));
    }
    return new CodeListing(programs, files);
  }

  private List<CodeListing.Instruction> list() {
    Map<Integer, Set<Integer>> returns = returns();
    List<CodeListing.Instruction> listed = new ArrayList<>();
    List<DisassemblyLine.Code> texts = new ArrayList<>();
    for (DisassemblyLine line : Disassembler.lines(code)) {
      if (line instanceof DisassemblyLine.Code instruction) {
        texts.add(instruction);
      }
    }
    String function = "";
    int functionAt = 0;
    CodeListing.@Nullable Line line = null;
    Map<SourceLine, CodeListing.Line> lines = new HashMap<>();
    for (int at = 0; at < code.size(); at++) {
      switch (code.get(at)) {
        case FunctionStart start -> {
          function = start.name();
          functionAt = at;
          line = null;
        }
        case LabelTarget _ -> {}
        case SourceLine next ->
            line =
                lines.computeIfAbsent(
                    next, l -> new CodeListing.Line(SiteTable.plain(l.file()), l.line(), l.text()));
        case Instruction instruction -> {
          DisassemblyLine.Code text = texts.get(index[at]);
          listed.add(
              new CodeListing.Instruction(
                  text.slot(),
                  text.mnemonic(),
                  function,
                  line,
                  next(at, instruction, returns.getOrDefault(functionAt, Set.of())),
                  instruction instanceof Instruction.HelperCall(int helper)
                          && helper == Helper.MAP_LOOKUP_ELEM
                      ? test(at)
                      : null));
        }
      }
    }
    return listed;
  }

  /** For each function, where its callers go on; by position of its start. */
  private Map<Integer, Set<Integer>> returns() {
    Map<Integer, Set<Integer>> found = new HashMap<>();
    for (int at = 0; at < code.size(); at++) {
      Label called = called(code.get(at));
      if (called != null) {
        found.computeIfAbsent(flow.place(called), _ -> new HashSet<>()).add(index[at + 1]);
      }
    }
    return found;
  }

  private static @Nullable Label called(CodeElement element) {
    return switch (element) {
      case Instruction.Call(Label function) -> function;
      case Instruction.LoadFunction(_, Label function) -> function;
      default -> null;
    };
  }

  private List<Integer> next(int at, Instruction instruction, Set<Integer> returns) {
    Set<Integer> next = new TreeSet<>();
    if (instruction instanceof Instruction.Exit) {
      next.addAll(returns);
    }
    Label called = called(instruction);
    if (called != null) {
      next.add(index[flow.place(called)]);
    }
    if (!(instruction instanceof Instruction.Call)) {
      for (int to : flow.next(at)) {
        next.add(index[to]);
      }
    }
    return List.copyOf(next);
  }

  /**
   * The first jump behind a call, when it asks whether r0 is zero and nothing changes r0 before.
   */
  private CodeListing.@Nullable Test test(int call) {
    for (int at = call + 1; at < code.size(); at++) {
      switch (code.get(at)) {
        case Instruction.Jump jump -> {
          boolean zero =
              jump.dst() == Register.R0
                  && jump.operand() instanceof Operand.Imm(int value)
                  && value == 0;
          if (!zero || jump.op() != JumpOp.EQ && jump.op() != JumpOp.NE) {
            return null;
          }
          int taken = index[flow.place(jump.target())];
          int behind = index[at + 1];
          return jump.op() == JumpOp.EQ
              ? new CodeListing.Test(index[at], taken, behind)
              : new CodeListing.Test(index[at], behind, taken);
        }
        case Instruction.Alu alu when alu.dst() != Register.R0 -> {}
        case Instruction.Store _ -> {}
        case Instruction.LoadImm64 load when load.dst() != Register.R0 -> {}
        case Instruction.Load load when load.dst() != Register.R0 -> {}
        case SourceLine _ -> {}
        case Instruction _, LabelTarget _, FunctionStart _ -> {
          return null;
        }
      }
    }
    return null;
  }
}
