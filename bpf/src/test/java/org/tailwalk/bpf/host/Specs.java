// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.host;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.MapShape;
import org.tailwalk.bpf.elf.MapSpec;
import org.tailwalk.bpf.elf.MapType;
import org.tailwalk.bpf.elf.ProgramSpec;
import org.tailwalk.bpf.elf.ProgramType;
import org.tailwalk.bpf.insn.AluOp;
import org.tailwalk.bpf.insn.CodeElement;
import org.tailwalk.bpf.insn.FunctionStart;
import org.tailwalk.bpf.insn.Instruction.Alu;
import org.tailwalk.bpf.insn.Instruction.Exit;
import org.tailwalk.bpf.insn.Instruction.HelperCall;
import org.tailwalk.bpf.insn.Instruction.Load;
import org.tailwalk.bpf.insn.Instruction.LoadMap;
import org.tailwalk.bpf.insn.Instruction.Store;
import org.tailwalk.bpf.insn.MemSize;
import org.tailwalk.bpf.insn.Operand;
import org.tailwalk.bpf.insn.Register;
import org.tailwalk.packet.MacAddress;

/** Small collections for host tests. */
final class Specs {
  static final String CALLS = "calls";

  private Specs() {}

  static ProgramSpec program(String name, CodeElement... code) {
    List<CodeElement> all = new java.util.ArrayList<>(List.of(new FunctionStart(name, 0)));
    all.addAll(List.of(code));
    return new ProgramSpec(name, name, ProgramType.SCHED_CLS, all, List.of());
  }

  static CodeElement mov(Register dst, int value) {
    return new Alu(AluOp.MOV, dst, Operand.of(value));
  }

  /** Sets tc_index to the frame's length, the packet type to 0, and returns tc_index as it was. */
  static ProgramSpec fields() {
    return program(
        "fields",
        new Alu(AluOp.MOV, Register.R6, Operand.of(Register.R1)),
        new Load(MemSize.W, Register.R7, Register.R6, 44),
        new Load(MemSize.W, Register.R2, Register.R6, 0),
        new Store(MemSize.W, Register.R6, 44, Operand.of(Register.R2)),
        mov(Register.R2, 0),
        new HelperCall(32),
        new Alu(AluOp.MOV, Register.R0, Operand.of(Register.R7)),
        new Exit());
  }

  /** Tail-calls itself, counting in cb[0]; returns the count when the budget is spent. */
  static ProgramSpec looper() {
    return new ProgramSpec(
        "looper",
        "looper",
        ProgramType.SCHED_CLS,
        List.of(
            new FunctionStart("looper", 0),
            new Alu(AluOp.MOV, Register.R6, Operand.of(Register.R1)),
            new Load(MemSize.W, Register.R2, Register.R6, 48),
            new Alu(AluOp.ADD, Register.R2, Operand.of(1)),
            new Store(MemSize.W, Register.R6, 48, Operand.of(Register.R2)),
            new LoadMap(Register.R2, CALLS),
            mov(Register.R3, 0),
            new HelperCall(12),
            new Load(MemSize.W, Register.R0, Register.R6, 48),
            new Exit()),
        List.of(new org.tailwalk.bpf.elf.ProgArraySlot(CALLS, 0)));
  }

  static LoadPlan plan(boolean wrap, ProgramSpec... programs) {
    MapSpec calls = MapSpec.added(CALLS, new MapShape(MapType.PROG_ARRAY, 4, 4, 2, 0));
    CollectionSpec spec =
        new CollectionSpec(
            "test", List.of(programs), List.of(calls), List.of(), Optional.empty(), "GPL");
    return new LoadPlan(
        List.of(),
        List.of(spec),
        Set.of(),
        List.of(new LoadPlan.Interface("pod11", 11, MacAddress.parse("02:00:00:00:00:0b"))),
        wrap);
  }

  static RunRequest request(
      String program, RunRequest.Entry entry, int frame, int length, int burn, SkbContext context) {
    return new RunRequest(
        new LoadPlan.ProgramId(0, program), entry, ipv4(frame), length, burn, context, 0, 0);
  }

  static SkbContext context(int ifindex, int tcIndex) {
    return new SkbContext(0, new int[5], ifindex, 0, tcIndex, 0, 0);
  }

  private static byte[] ipv4(int length) {
    byte[] frame = new byte[length];
    frame[12] = 8;
    frame[1] = 2;
    return frame;
  }
}
