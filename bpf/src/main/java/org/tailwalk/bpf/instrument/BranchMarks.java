// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.instrument;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.MapShape;
import org.tailwalk.bpf.elf.MapSpec;
import org.tailwalk.bpf.elf.MapType;
import org.tailwalk.bpf.elf.ProgramSpec;
import org.tailwalk.bpf.insn.CodeElement;
import org.tailwalk.bpf.insn.CodeException;
import org.tailwalk.bpf.insn.ControlFlow;
import org.tailwalk.bpf.insn.FunctionStart;
import org.tailwalk.bpf.insn.Instruction;
import org.tailwalk.bpf.insn.Label;
import org.tailwalk.bpf.insn.LabelTarget;
import org.tailwalk.bpf.insn.Liveness;
import org.tailwalk.bpf.insn.MemSize;
import org.tailwalk.bpf.insn.Operand;
import org.tailwalk.bpf.insn.Register;
import org.tailwalk.bpf.insn.SourceLine;

/**
 * A collection that notes which way its conditional jumps went. Behind each jump, on either way,
 * one byte of a map is set to 1; what the programs do stays the same. For measuring how far a
 * campaign reaches, below whatever trace points are added afterwards.
 *
 * @param spec with the marks in, and {@link #MAP}
 * @param branches in the order of their bytes: two each, first fallen through, then taken
 */
public record BranchMarks(CollectionSpec spec, List<Branch> branches) {
  /** An array map of one value. */
  public static final String MAP = "tailwalk_branch";

  private static final Register[] CHOICE = {
    Register.R5,
    Register.R4,
    Register.R3,
    Register.R2,
    Register.R1,
    Register.R0,
    Register.R9,
    Register.R8,
    Register.R7,
    Register.R6
  };

  /**
   * A conditional jump.
   *
   * @param program name of the {@code ProgramSpec}
   * @param instruction slot in the original program
   * @param line where the compiler had it from
   * @param fallMarked whether falling through is noted; it is not where no register is free
   * @param takenMarked whether jumping is noted
   */
  public record Branch(
      String program,
      int instruction,
      Optional<SourceLine> line,
      boolean fallMarked,
      boolean takenMarked) {}

  /** Keeps its own copy. */
  public BranchMarks {
    branches = List.copyOf(branches);
  }

  /** Marks every conditional jump of every program. */
  public static BranchMarks of(CollectionSpec object) throws CodeException {
    List<Branch> branches = new ArrayList<>();
    List<ProgramSpec> programs = new ArrayList<>();
    for (ProgramSpec program : object.programs()) {
      programs.add(program.withCode(new Marker(program, branches).code()));
    }
    MapShape shape = new MapShape(MapType.ARRAY, 4, Math.max(8, 2 * branches.size()), 1, 0);
    return new BranchMarks(
        object.withPrograms(programs).withMap(MapSpec.added(MAP, shape)), branches);
  }

  /** Adds the marks of one program. */
  private static final class Marker {
    private final ProgramSpec program;
    private final List<Branch> branches;
    private final ControlFlow flow;
    private final Liveness liveness;

    Marker(ProgramSpec program, List<Branch> branches) throws CodeException {
      this.program = program;
      this.branches = branches;
      this.flow = ControlFlow.of(program.code());
      this.liveness = Liveness.of(flow);
    }

    List<CodeElement> code() {
      List<CodeElement> out = new ArrayList<>();
      SourceLine line = null;
      int slot = 0;
      for (int at = 0; at < program.code().size(); at++) {
        CodeElement element = program.code().get(at);
        switch (element) {
          case FunctionStart _ -> line = null;
          case SourceLine next -> line = next;
          case LabelTarget _, Instruction _ -> {}
        }
        if (element instanceof Instruction.Jump jump) {
          mark(at, jump, slot, line, out);
        } else {
          out.add(element);
        }
        slot += element instanceof Instruction instruction ? instruction.slots() : 0;
      }
      return out;
    }

    private void mark(
        int at, Instruction.Jump jump, int slot, @Nullable SourceLine line, List<CodeElement> out) {
      int id = branches.size();
      Optional<Register> fall = free(at + 1);
      Optional<Register> taken = free(flow.place(jump.target()));
      branches.add(
          new Branch(
              program.name(),
              slot,
              Optional.ofNullable(line),
              fall.isPresent(),
              taken.isPresent()));
      Label jumped = new Label("%branch:taken:" + id);
      Label on = new Label("%branch:on:" + id);
      out.add(new Instruction.Jump(jump.op(), jump.width(), jump.dst(), jump.operand(), jumped));
      fall.ifPresent(register -> set(register, 2 * id, out));
      out.add(new Instruction.Goto(on, false));
      out.add(new LabelTarget(jumped));
      taken.ifPresent(register -> set(register, 2 * id + 1, out));
      out.add(new Instruction.Goto(jump.target(), false));
      out.add(new LabelTarget(on));
    }

    private Optional<Register> free(int at) {
      int alive = liveness.before(at);
      for (Register register : CHOICE) {
        if ((alive & register.bit()) == 0) {
          return Optional.of(register);
        }
      }
      return Optional.empty();
    }

    private static void set(Register register, int index, List<CodeElement> out) {
      out.add(new Instruction.LoadMapValue(register, MAP, index));
      out.add(new Instruction.Store(MemSize.B, register, 0, Operand.of(1)));
    }
  }
}
