// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

import java.util.List;
import java.util.Map;

/** One instruction to its one or two slots. */
final class InstructionEncoder {
  static final int LD_IMM64 = 0x18;
  static final int PSEUDO_MAP_FD = 1;
  static final int PSEUDO_MAP_VALUE = 2;
  static final int PSEUDO_FUNC = 4;
  static final int PSEUDO_CALL = 1;
  static final int PSEUDO_KFUNC_CALL = 2;
  static final int CALL = 0x85;
  static final int EXIT = 0x95;
  static final int JA = 0x05;
  static final int JA_FAR = 0x06;

  private final Map<Label, Integer> places;
  private final MapFds maps;

  InstructionEncoder(Map<Label, Integer> places, MapFds maps) {
    this.places = places;
    this.maps = maps;
  }

  /** The slots of the instruction when its first stands at slot {@code at}. */
  List<Slot> encode(Instruction instruction, int at) throws CodeException {
    return switch (instruction) {
      case Instruction.Alu alu -> List.of(alu(alu));
      case Instruction.ByteSwap(Instruction.SwapKind kind, Register dst, int bits) ->
          List.of(
              new Slot(
                  switch (kind) {
                    case TO_LITTLE -> 0xd4;
                    case TO_BIG -> 0xdc;
                    case ALWAYS -> 0xd7;
                  },
                  dst.number(),
                  0,
                  0,
                  bits));
      case Instruction.LoadImm64(Register dst, long value) ->
          wide(dst, 0, (int) value, (int) (value >>> 32));
      case Instruction.LoadMap(Register dst, String map) ->
          wide(dst, PSEUDO_MAP_FD, maps.of(map), 0);
      case Instruction.LoadMapValue(Register dst, String map, int offset) ->
          wide(dst, PSEUDO_MAP_VALUE, maps.of(map), offset);
      case Instruction.LoadFunction(Register dst, Label function) ->
          wide(dst, PSEUDO_FUNC, distance(function, at), 0);
      case Instruction.Load(
              MemSize size,
              Register dst,
              Register base,
              int offset,
              boolean signed) ->
          List.of(
              new Slot(
                  (signed ? 0x81 : 0x61) | size.bits(), dst.number(), base.number(), offset, 0));
      case Instruction.Store(MemSize size, Register base, int offset, Operand value) ->
          List.of(
              switch (value) {
                case Operand.Imm(int imm) ->
                    new Slot(0x62 | size.bits(), base.number(), 0, offset, imm);
                case Operand.Reg(Register register) ->
                    new Slot(0x63 | size.bits(), base.number(), register.number(), offset, 0);
              });
      case Instruction.Atomic(
              MemSize size,
              Register base,
              int offset,
              Register src,
              int operation) ->
          List.of(new Slot(0xc3 | size.bits(), base.number(), src.number(), offset, operation));
      case Instruction.PacketLoad(MemSize size, boolean indirect, Register index, int offset) ->
          List.of(new Slot((indirect ? 0x40 : 0x20) | size.bits(), 0, index.number(), 0, offset));
      case Instruction.Jump jump -> List.of(jump(jump, at));
      case Instruction.Goto(Label target, boolean far) ->
          List.of(
              far
                  ? new Slot(JA_FAR, 0, 0, 0, distance(target, at))
                  : new Slot(JA, 0, 0, near(target, at), 0));
      case Instruction.HelperCall(int helper) -> List.of(new Slot(CALL, 0, 0, 0, helper));
      case Instruction.KernelFunctionCall(int btfId, int module) ->
          List.of(new Slot(CALL, 0, PSEUDO_KFUNC_CALL, module, btfId));
      case Instruction.Call(Label function) ->
          List.of(new Slot(CALL, 0, PSEUDO_CALL, 0, distance(function, at)));
      case Instruction.Exit _ -> List.of(new Slot(EXIT, 0, 0, 0, 0));
      case Instruction.Raw raw -> List.of(slot(raw));
      case Instruction.RawWide(Instruction.Raw first, Instruction.Raw second) ->
          List.of(slot(first), slot(second));
    };
  }

  private static Slot alu(Instruction.Alu alu) {
    int opcode = alu.op().bits() | (alu.width() == Width.W64 ? 0x07 : 0x04);
    return switch (alu.operand()) {
      case Operand.Imm(int imm) -> new Slot(opcode, alu.dst().number(), 0, alu.offset(), imm);
      case Operand.Reg(Register src) ->
          new Slot(opcode | 0x08, alu.dst().number(), src.number(), alu.offset(), 0);
    };
  }

  private Slot jump(Instruction.Jump jump, int at) throws CodeException {
    int opcode = jump.op().bits() | (jump.width() == Width.W64 ? 0x05 : 0x06);
    int offset = near(jump.target(), at);
    return switch (jump.operand()) {
      case Operand.Imm(int imm) -> new Slot(opcode, jump.dst().number(), 0, offset, imm);
      case Operand.Reg(Register src) ->
          new Slot(opcode | 0x08, jump.dst().number(), src.number(), offset, 0);
    };
  }

  private static List<Slot> wide(Register dst, int kind, int low, int high) {
    return List.of(new Slot(LD_IMM64, dst.number(), kind, 0, low), new Slot(0, 0, 0, 0, high));
  }

  private static Slot slot(Instruction.Raw raw) {
    return new Slot(raw.opcode(), raw.dst(), raw.src(), raw.offset(), raw.imm());
  }

  private int distance(Label label, int at) throws CodeException {
    Integer place = places.get(label);
    if (place == null) {
      throw new CodeException("instruction " + at + ": no label \"" + label + "\"");
    }
    return place - at - 1;
  }

  private int near(Label label, int at) throws CodeException {
    int distance = distance(label, at);
    if (distance != (short) distance) {
      throw new JumpOutOfRangeException(
          "instruction %d: jump to %s is %d instructions away, 16 bits reach 32767"
              .formatted(at, label, distance));
    }
    return distance;
  }
}
