// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DataflowTest {
  private static final Label OTHER = new Label("other");
  private static final Label JOIN = new Label("join");

  /** Chooses between two maps, spills the choice, and looks up a key on the stack. */
  private static final List<CodeElement> CODE =
      List.of(
          new FunctionStart("f", 0),
          new Instruction.Alu(AluOp.MOV, Register.R6, Operand.of(Register.R1)),
          new Instruction.Jump(JumpOp.EQ, Register.R1, Operand.of(0), OTHER),
          new Instruction.LoadMap(Register.R7, "a"),
          new Instruction.Goto(JOIN, false),
          new LabelTarget(OTHER),
          new Instruction.LoadMap(Register.R7, "b"),
          new LabelTarget(JOIN),
          new Instruction.Store(MemSize.DW, Register.R10, -8, Operand.of(Register.R7)),
          new Instruction.Alu(AluOp.MOV, Register.R2, Operand.of(Register.R10)),
          new Instruction.Alu(AluOp.ADD, Register.R2, Operand.of(-24)),
          new Instruction.Load(MemSize.DW, Register.R1, Register.R10, -8),
          new Instruction.HelperCall(Helper.MAP_LOOKUP_ELEM),
          new Instruction.Alu(AluOp.ADD, Register.R0, Operand.of(4)),
          new Instruction.Alu(AluOp.MOV, Register.R0, Operand.of(Register.R6)),
          new Instruction.Exit());

  private static int call() {
    return CODE.indexOf(new Instruction.HelperCall(Helper.MAP_LOOKUP_ELEM));
  }

  @Test
  void followsMapsThroughBranchesAndSpills() throws Exception {
    Frame before = Origins.of(ControlFlow.of(CODE)).before(call());
    assertThat(before).isNotNull();
    assertThat(before.get(Register.R1)).isEqualTo(new Origin.MapPointer(Set.of("a", "b")));
    assertThat(before.get(Register.R2)).isEqualTo(new Origin.Stack(-24));
    assertThat(before.get(Register.R6)).isEqualTo(Origin.UNKNOWN);
  }

  @Test
  void followsTheFoundValue() throws Exception {
    Frame after = Origins.of(ControlFlow.of(CODE)).before(call() + 2);
    assertThat(after).isNotNull();
    assertThat(after.get(Register.R0)).isEqualTo(new Origin.Found(Set.of("a", "b"), 4));
    assertThat(after.get(Register.R1)).isEqualTo(Origin.UNKNOWN);
  }

  @Test
  void overlappingStoreForgetsTheSpill() throws Exception {
    List<CodeElement> code =
        List.of(
            new FunctionStart("f", 0),
            new Instruction.LoadMap(Register.R7, "a"),
            new Instruction.Store(MemSize.DW, Register.R10, -8, Operand.of(Register.R7)),
            new Instruction.Store(MemSize.B, Register.R10, -3, Operand.of(0)),
            new Instruction.Load(MemSize.DW, Register.R1, Register.R10, -8),
            new Instruction.Exit());
    Frame before = Origins.of(ControlFlow.of(code)).before(code.size() - 1);
    assertThat(before).isNotNull();
    assertThat(before.get(Register.R1)).isEqualTo(Origin.UNKNOWN);
  }

  @Test
  void knowsWhatIsStillRead() throws Exception {
    Liveness liveness = Liveness.of(ControlFlow.of(CODE));
    int frame = Register.R10.bit();
    assertThat(liveness.before(1)).isEqualTo(Register.R1.bit() | frame);
    assertThat(liveness.before(call()))
        .isEqualTo(Register.R1.bit() | Register.R2.bit() | Register.R6.bit());
    assertThat(liveness.after(call())).isEqualTo(Register.R0.bit() | Register.R6.bit());
    assertThat(liveness.before(CODE.size() - 1)).isEqualTo(Register.R0.bit());
  }

  @Test
  void aLoopReachesItsFixedPoint() throws Exception {
    Label loop = new Label("loop");
    List<CodeElement> code =
        List.of(
            new FunctionStart("f", 0),
            new Instruction.LoadMap(Register.R7, "a"),
            new LabelTarget(loop),
            new Instruction.Alu(AluOp.MOV, Register.R8, Operand.of(Register.R7)),
            new Instruction.LoadMap(Register.R7, "b"),
            new Instruction.Jump(JumpOp.NE, Register.R1, Operand.of(0), loop),
            new Instruction.Exit());
    Frame end = Origins.of(ControlFlow.of(code)).before(code.size() - 1);
    assertThat(end).isNotNull();
    assertThat(end.get(Register.R8)).isEqualTo(new Origin.MapPointer(Set.of("a", "b")));
  }
}
