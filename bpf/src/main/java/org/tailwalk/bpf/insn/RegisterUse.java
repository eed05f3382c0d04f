// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

/**
 * Which registers an instruction reads and which it overwrites, as sets of {@link Register#bit()}.
 * Where unsure, too much is read and too little written.
 */
public final class RegisterUse {
  /** r0 to r5, which every call overwrites. */
  public static final int CALLER_SAVED = 0x3f;

  private static final int ALL = 0x7ff;
  private static final int ARGUMENTS = 0x3e;

  private RegisterUse() {}

  public static int reads(Instruction instruction) {
    return switch (instruction) {
      case Instruction.Alu alu ->
          switch (alu.op()) {
            case MOV -> bits(alu.operand());
            default -> alu.dst().bit() | bits(alu.operand());
          };
      case Instruction.ByteSwap swap -> swap.dst().bit();
      case Instruction.LoadImm64 _,
          Instruction.LoadMap _,
          Instruction.LoadMapValue _,
          Instruction.LoadFunction _,
          Instruction.Goto _ ->
          0;
      case Instruction.Load load -> load.base().bit();
      case Instruction.Store store -> store.base().bit() | bits(store.value());
      case Instruction.Atomic atomic ->
          atomic.base().bit()
              | atomic.src().bit()
              | (atomic.operation() == Instruction.Atomic.CMPXCHG ? Register.R0.bit() : 0);
      case Instruction.PacketLoad load ->
          Register.R6.bit() | (load.indirect() ? load.index().bit() : 0);
      case Instruction.Jump jump -> jump.dst().bit() | bits(jump.operand());
      case Instruction.HelperCall(int helper) -> (1 << Helper.arguments(helper) + 1) - 2;
      case Instruction.KernelFunctionCall _, Instruction.Call _ -> ARGUMENTS;
      case Instruction.Exit _ -> Register.R0.bit();
      case Instruction.Raw _, Instruction.RawWide _ -> ALL;
    };
  }

  public static int writes(Instruction instruction) {
    return switch (instruction) {
      case Instruction.Alu alu -> alu.dst().bit();
      case Instruction.ByteSwap swap -> swap.dst().bit();
      case Instruction.LoadImm64 load -> load.dst().bit();
      case Instruction.LoadMap load -> load.dst().bit();
      case Instruction.LoadMapValue load -> load.dst().bit();
      case Instruction.LoadFunction load -> load.dst().bit();
      case Instruction.Load load -> load.dst().bit();
      case Instruction.Atomic atomic ->
          atomic.operation() == Instruction.Atomic.CMPXCHG
              ? Register.R0.bit()
              : (atomic.operation() & Instruction.Atomic.FETCH) != 0 ? atomic.src().bit() : 0;
      case Instruction.PacketLoad _,
          Instruction.HelperCall _,
          Instruction.KernelFunctionCall _,
          Instruction.Call _ ->
          CALLER_SAVED;
      case Instruction.Store _,
          Instruction.Jump _,
          Instruction.Goto _,
          Instruction.Exit _,
          Instruction.Raw _,
          Instruction.RawWide _ ->
          0;
    };
  }

  private static int bits(Operand operand) {
    return operand instanceof Operand.Reg(Register register) ? register.bit() : 0;
  }
}
