// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

/**
 * One instruction. The 64-bit immediate loads count as one here and take two slots when encoded.
 */
public sealed interface Instruction extends CodeElement {

  /** Room in the bytecode, in slots of eight bytes. */
  default int slots() {
    return switch (this) {
      case LoadImm64 _, LoadMap _, LoadMapValue _, LoadFunction _, RawWide _ -> 2;
      case Alu _,
          ByteSwap _,
          Load _,
          Store _,
          Atomic _,
          PacketLoad _,
          Jump _,
          Goto _,
          HelperCall _,
          KernelFunctionCall _,
          Call _,
          Exit _,
          Raw _ ->
          1;
    };
  }

  /**
   * Arithmetic: {@code dst op= operand}.
   *
   * @param offset 0, or the variant: signed division and modulo 1, sign-extending move 8, 16, 32
   */
  record Alu(AluOp op, Width width, Register dst, Operand operand, int offset)
      implements Instruction {
    public Alu(AluOp op, Register dst, Operand operand) {
      this(op, Width.W64, dst, operand, 0);
    }
  }

  /** Byte order change of the low {@code bits} (16, 32, 64); the rest becomes zero. */
  record ByteSwap(SwapKind kind, Register dst, int bits) implements Instruction {}

  /** Which swap: to little endian, to big endian, or always. */
  enum SwapKind {
    TO_LITTLE,
    TO_BIG,
    ALWAYS
  }

  /** {@code dst = value}, all 64 bits. */
  record LoadImm64(Register dst, long value) implements Instruction {}

  /** {@code dst} = the map named by its symbol. */
  record LoadMap(Register dst, String map) implements Instruction {}

  /** {@code dst} = address of a byte in the first value of an array map. */
  record LoadMapValue(Register dst, String map, int offset) implements Instruction {}

  /** {@code dst} = address of a subprogram (a callback). */
  record LoadFunction(Register dst, Label function) implements Instruction {}

  /** {@code dst = *(base + offset)}. */
  record Load(MemSize size, Register dst, Register base, int offset, boolean signed)
      implements Instruction {
    public Load(MemSize size, Register dst, Register base, int offset) {
      this(size, dst, base, offset, false);
    }
  }

  /** {@code *(base + offset) = value}. */
  record Store(MemSize size, Register base, int offset, Operand value) implements Instruction {}

  /**
   * Atomic change of memory.
   *
   * @param operation the immediate: ADD 0x00, OR 0x40, AND 0x50, XOR 0xa0, plus FETCH 0x01; XCHG
   *     0xe1, CMPXCHG 0xf1
   */
  record Atomic(MemSize size, Register base, int offset, Register src, int operation)
      implements Instruction {
    public static final int FETCH = 0x01;
    public static final int XCHG = 0xe1;
    public static final int CMPXCHG = 0xf1;

    static boolean isKnown(int operation) {
      return switch (operation & ~FETCH) {
        case 0x00, 0x40, 0x50, 0xa0 -> true;
        default -> operation == XCHG || operation == CMPXCHG;
      };
    }
  }

  /** The legacy packet loads LD_ABS (no index) and LD_IND. They read r6 and write r0 to r5. */
  record PacketLoad(MemSize size, boolean indirect, Register index, int offset)
      implements Instruction {}

  /** Conditional jump. */
  record Jump(JumpOp op, Width width, Register dst, Operand operand, Label target)
      implements Instruction {
    public Jump(JumpOp op, Register dst, Operand operand, Label target) {
      this(op, Width.W64, dst, operand, target);
    }
  }

  /** Unconditional jump; {@code far} is the form with a 32-bit offset. */
  record Goto(Label target, boolean far) implements Instruction {}

  /** Call of a kernel helper by number. */
  record HelperCall(int helper) implements Instruction {}

  /** Call of a kernel function by BTF id. */
  record KernelFunctionCall(int btfId, int module) implements Instruction {}

  /** Call of a subprogram. */
  record Call(Label function) implements Instruction {}

  record Exit() implements Instruction {}

  /** An encoding that no other record would give back bit by bit. */
  record Raw(int opcode, int dst, int src, int offset, int imm) implements Instruction {}

  /** The same for the two slots of a 64-bit immediate load. */
  record RawWide(Raw first, Raw second) implements Instruction {}
}
