// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.MapShape;
import org.tailwalk.bpf.elf.MapSpec;
import org.tailwalk.bpf.elf.MapType;
import org.tailwalk.bpf.elf.ProgramSpec;
import org.tailwalk.bpf.elf.ProgramType;
import org.tailwalk.bpf.insn.AluOp;
import org.tailwalk.bpf.insn.CodeElement;
import org.tailwalk.bpf.insn.FunctionStart;
import org.tailwalk.bpf.insn.Instruction;
import org.tailwalk.bpf.insn.Instruction.Alu;
import org.tailwalk.bpf.insn.Instruction.Call;
import org.tailwalk.bpf.insn.Instruction.Exit;
import org.tailwalk.bpf.insn.Instruction.HelperCall;
import org.tailwalk.bpf.insn.Instruction.Jump;
import org.tailwalk.bpf.insn.Instruction.Load;
import org.tailwalk.bpf.insn.Instruction.LoadMap;
import org.tailwalk.bpf.insn.Instruction.LoadMapValue;
import org.tailwalk.bpf.insn.Instruction.Store;
import org.tailwalk.bpf.insn.JumpOp;
import org.tailwalk.bpf.insn.Label;
import org.tailwalk.bpf.insn.LabelTarget;
import org.tailwalk.bpf.insn.MemSize;
import org.tailwalk.bpf.insn.Operand;
import org.tailwalk.bpf.insn.Register;

/**
 * A program of ours around an entry program: it cuts the frame's tail, sets context fields that a
 * test run refuses, tail-calls the entry from a subprogram so that control comes back, and stores
 * the fields that a test run does not show. A second program spends tail calls before the entry.
 */
final class Wrapper {
  static final String MAIN = "tailwalk_wrap";
  static final String BURNER = "tailwalk_burn";
  static final String ENTRIES = "tailwalk_entry";
  static final String CONTROL = "tailwalk_ctl";

  /** Slot of {@link #ENTRIES} that holds the burner; entries follow. */
  static final int BURNER_SLOT = 0;

  static final int SLOTS = 1024;

  // Offsets in the control value, u32 each.
  static final int LENGTH = 0;
  static final int TC_INDEX = 4;
  static final int QUEUE_MAPPING = 8;
  static final int FIRST_SLOT = 12;
  static final int ENTRY_SLOT = 16;
  static final int BURN = 20;
  static final int MISSED = 24;
  static final int PKT_TYPE_BEFORE = 28;
  static final int TC_INDEX_OUT = 32;
  static final int QUEUE_MAPPING_OUT = 36;
  static final int PKT_TYPE_OUT = 40;
  static final int TRIM_RESULT = 44;
  private static final int VALUE_SIZE = 64;

  private static final int CHANGE_TAIL = 38;
  private static final int TAIL_CALL = 12;

  private static final Register R0 = Register.R0;
  private static final Register CTX = Register.R6;
  private static final Register CTL = Register.R7;

  private Wrapper() {}

  static CollectionSpec spec() {
    MapSpec control =
        MapSpec.added(CONTROL, new MapShape(MapType.ARRAY, 4, VALUE_SIZE, 1, MapShape.MMAPABLE));
    MapSpec entries = MapSpec.added(ENTRIES, new MapShape(MapType.PROG_ARRAY, 4, 4, SLOTS, 0));
    return new CollectionSpec(
        "wrapper",
        List.of(program(MAIN, main()), program(BURNER, burner())),
        List.of(control, entries),
        List.of(),
        Optional.of(WrapperTypes.btf()),
        "GPL");
  }

  private static ProgramSpec program(String name, List<CodeElement> code) {
    return new ProgramSpec(name, name, ProgramType.SCHED_CLS, code, List.of());
  }

  private static List<CodeElement> main() {
    FunctionStart enter = new FunctionStart("enter", WrapperTypes.ENTER);
    Label whole = new Label("whole");
    List<CodeElement> code = new ArrayList<>();
    code.add(new FunctionStart(MAIN, WrapperTypes.MAIN));
    code.add(move(CTX, Register.R1));
    code.add(new LoadMapValue(CTL, CONTROL, 0));
    keep(code, SkbContext.PKT_TYPE_AT, PKT_TYPE_BEFORE);
    code.add(load(Register.R2, CTL, LENGTH));
    code.add(new Jump(JumpOp.EQ, Register.R2, Operand.of(0), whole));
    code.add(move(Register.R1, CTX));
    code.add(new Alu(AluOp.MOV, Register.R3, Operand.of(0)));
    code.add(new HelperCall(CHANGE_TAIL));
    code.add(new Store(MemSize.W, CTL, TRIM_RESULT, Operand.of(R0)));
    code.add(new LabelTarget(whole));
    give(code, TC_INDEX, SkbContext.TC_INDEX_AT);
    give(code, QUEUE_MAPPING, SkbContext.QUEUE_MAPPING_AT);
    code.add(move(Register.R1, CTX));
    code.add(new Call(enter.label()));
    code.add(move(Register.R8, R0));
    keep(code, SkbContext.TC_INDEX_AT, TC_INDEX_OUT);
    keep(code, SkbContext.QUEUE_MAPPING_AT, QUEUE_MAPPING_OUT);
    keep(code, SkbContext.PKT_TYPE_AT, PKT_TYPE_OUT);
    code.add(move(R0, Register.R8));
    code.add(new Exit());

    code.add(enter);
    code.add(new LoadMapValue(CTL, CONTROL, 0));
    code.add(load(Register.R3, CTL, FIRST_SLOT));
    code.add(new LoadMap(Register.R2, ENTRIES));
    code.add(new HelperCall(TAIL_CALL));
    code.add(new Store(MemSize.W, CTL, MISSED, Operand.of(1)));
    code.add(new Alu(AluOp.MOV, R0, Operand.of(0)));
    code.add(new Exit());
    return code;
  }

  private static List<CodeElement> burner() {
    Label done = new Label("done");
    Label jump = new Label("jump");
    List<CodeElement> code = new ArrayList<>();
    code.add(new FunctionStart(BURNER, WrapperTypes.BURNER));
    code.add(move(CTX, Register.R1));
    code.add(new LoadMapValue(CTL, CONTROL, 0));
    code.add(load(Register.R2, CTL, BURN));
    code.add(new Alu(AluOp.MOV, Register.R3, Operand.of(BURNER_SLOT)));
    code.add(new Jump(JumpOp.EQ, Register.R2, Operand.of(0), done));
    code.add(new Alu(AluOp.SUB, Register.R2, Operand.of(1)));
    code.add(new Store(MemSize.W, CTL, BURN, Operand.of(Register.R2)));
    code.add(new Jump(JumpOp.NE, Register.R2, Operand.of(0), jump));
    code.add(new LabelTarget(done));
    code.add(load(Register.R3, CTL, ENTRY_SLOT));
    code.add(new LabelTarget(jump));
    code.add(move(Register.R1, CTX));
    code.add(new LoadMap(Register.R2, ENTRIES));
    code.add(new HelperCall(TAIL_CALL));
    code.add(new LoadMapValue(CTL, CONTROL, 0));
    code.add(new Store(MemSize.W, CTL, MISSED, Operand.of(1)));
    code.add(new Alu(AluOp.MOV, R0, Operand.of(0)));
    code.add(new Exit());
    return code;
  }

  /** Context field to control value. */
  private static void keep(List<CodeElement> code, int contextAt, int controlAt) {
    code.add(load(Register.R2, CTX, contextAt));
    code.add(new Store(MemSize.W, CTL, controlAt, Operand.of(Register.R2)));
  }

  /** Control value to context field. */
  private static void give(List<CodeElement> code, int controlAt, int contextAt) {
    code.add(load(Register.R2, CTL, controlAt));
    code.add(new Store(MemSize.W, CTX, contextAt, Operand.of(Register.R2)));
  }

  private static Instruction move(Register dst, Register src) {
    return new Alu(AluOp.MOV, dst, Operand.of(src));
  }

  private static Instruction load(Register dst, Register base, int offset) {
    return new Load(MemSize.W, dst, base, offset);
  }
}
