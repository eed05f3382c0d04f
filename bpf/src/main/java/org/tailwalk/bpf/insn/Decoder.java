// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Bytecode to code elements. What no record gives back bit by bit becomes {@code Raw}. */
public final class Decoder {
  private final String function;
  private final List<Slot> slots;
  private final Map<Integer, Reference> references;
  private final Map<Integer, Label> labels = new TreeMap<>();

  private Decoder(String function, List<Slot> slots, Map<Integer, Reference> references) {
    this.function = function;
    this.slots = slots;
    this.references = references;
  }

  /**
   * Decodes one function.
   *
   * @param start its mark, first of the result
   * @param code its bytes
   * @param references by slot
   * @param lines by slot
   * @throws CodeException when a jump leaves the function, or the code is cut off
   */
  public static List<CodeElement> decode(
      FunctionStart start,
      byte[] code,
      Map<Integer, Reference> references,
      Map<Integer, SourceLine> lines)
      throws CodeException {
    List<Slot> slots = slots(code);
    List<CodeElement> result = new ArrayList<>(slots.size() * 2);
    result.add(start);
    new Decoder(start.name(), slots, references).decode(lines, result);
    return result;
  }

  /** The slots of bytecode. */
  static List<Slot> slots(byte[] code) throws CodeException {
    if (code.length % Slot.BYTES != 0) {
      throw new CodeException(code.length + " bytes are no whole number of instructions");
    }
    ByteBuffer in = ByteBuffer.wrap(code).order(LITTLE_ENDIAN);
    List<Slot> slots = new ArrayList<>(code.length / Slot.BYTES);
    while (in.hasRemaining()) {
      slots.add(Slot.get(in));
    }
    return slots;
  }

  private void decode(Map<Integer, SourceLine> lines, List<CodeElement> result)
      throws CodeException {
    Map<Integer, Instruction> instructions = new TreeMap<>();
    for (int at = 0; at < slots.size(); ) {
      Instruction instruction = instruction(at);
      instructions.put(at, instruction);
      at += instruction.slots();
    }
    for (Integer at : references.keySet()) {
      if (!instructions.containsKey(at)) {
        throw new CodeException("slot " + at + ": a relocation, but no instruction begins here");
      }
    }
    for (Map.Entry<Integer, Label> label : labels.entrySet()) {
      if (!instructions.containsKey(label.getKey())) {
        throw new CodeException(
            "jump into the middle of instruction %d".formatted(label.getKey() - 1));
      }
    }
    for (Map.Entry<Integer, Instruction> entry : instructions.entrySet()) {
      Label label = labels.get(entry.getKey());
      if (label != null) {
        result.add(new LabelTarget(label));
      }
      SourceLine line = lines.get(entry.getKey());
      if (line != null) {
        result.add(line);
      }
      result.add(entry.getValue());
    }
  }

  private Instruction instruction(int at) throws CodeException {
    Slot slot = slots.get(at);
    if (slot.opcode() == InstructionEncoder.LD_IMM64) {
      if (at + 1 >= slots.size()) {
        throw new CodeException("instruction " + at + ": 64-bit load cut off");
      }
      return wide(slot, slots.get(at + 1), references.get(at));
    }
    Reference reference = references.get(at);
    if (reference != null) {
      if (reference instanceof Reference.ToFunction(Label target)
          && slot.opcode() == InstructionEncoder.CALL
          && slot.src() == InstructionEncoder.PSEUDO_CALL
          && slot.dst() == 0
          && slot.offset() == 0) {
        return new Instruction.Call(target);
      }
      throw new CodeException(
          "instruction %d (opcode 0x%02x) cannot refer to %s"
              .formatted(at, slot.opcode(), reference));
    }
    Instruction typed =
        Register.exists(slot.dst()) && Register.exists(slot.src()) ? typed(slot, at) : null;
    if (typed != null && givesBack(typed, slot, at)) {
      return typed;
    }
    if ((slot.opcode() & 0x07) == 0x05 || (slot.opcode() & 0x07) == 0x06) {
      // Kept raw, it would go astray as soon as anything is inserted.
      throw new CodeException(
          "instruction %d: unknown jump or call (opcode 0x%02x, src %d)"
              .formatted(at, slot.opcode(), slot.src()));
    }
    return slot.raw();
  }

  /** Whether encoding restores the slot: fields that a record does not have must be zero. */
  private static boolean givesBack(Instruction typed, Slot slot, int at) throws CodeException {
    Map<Label, Integer> places =
        switch (typed) {
          case Instruction.Jump jump -> Map.of(jump.target(), at + 1 + slot.offset());
          case Instruction.Goto(Label target, boolean far) ->
              Map.of(target, at + 1 + (far ? slot.imm() : slot.offset()));
          default -> Map.of();
        };
    return new InstructionEncoder(places, _ -> 0).encode(typed, at).equals(List.of(slot));
  }

  private static Instruction wide(Slot low, Slot high, @Nullable Reference reference)
      throws CodeException {
    boolean plain =
        Register.exists(low.dst())
            && low.offset() == 0
            && high.opcode() == 0
            && high.dst() == 0
            && high.src() == 0
            && high.offset() == 0;
    if (plain && reference != null) {
      Register dst = Register.of(low.dst());
      return switch (reference) {
        case Reference.ToMap(String map) -> new Instruction.LoadMap(dst, map);
        case Reference.ToMapValue(String map, int offset) ->
            new Instruction.LoadMapValue(dst, map, offset);
        case Reference.ToFunction(Label function) -> new Instruction.LoadFunction(dst, function);
      };
    }
    if (reference != null) {
      throw new CodeException("a malformed 64-bit load refers to " + reference);
    }
    return plain && low.src() == 0
        ? new Instruction.LoadImm64(
            Register.of(low.dst()), Integer.toUnsignedLong(low.imm()) | (long) high.imm() << 32)
        : new Instruction.RawWide(low.raw(), high.raw());
  }

  private @Nullable Instruction typed(Slot slot, int at) throws CodeException {
    int opcode = slot.opcode();
    Register dst = Register.of(slot.dst());
    Register src = Register.of(slot.src());
    MemSize size = MemSize.ofOpcode(opcode);
    return switch (opcode & 0x07) {
      case 0x00 -> // LD
          switch (opcode & 0xe0) {
            case 0x20 -> new Instruction.PacketLoad(size, false, src, slot.imm());
            case 0x40 -> new Instruction.PacketLoad(size, true, src, slot.imm());
            default -> null;
          };
      case 0x01 -> // LDX
          switch (opcode & 0xe0) {
            case 0x60 -> new Instruction.Load(size, dst, src, slot.offset(), false);
            case 0x80 -> new Instruction.Load(size, dst, src, slot.offset(), true);
            default -> null;
          };
      case 0x02 -> // ST
          (opcode & 0xe0) == 0x60
              ? new Instruction.Store(size, dst, slot.offset(), Operand.of(slot.imm()))
              : null;
      case 0x03 -> // STX
          switch (opcode & 0xe0) {
            case 0x60 -> new Instruction.Store(size, dst, slot.offset(), Operand.of(src));
            case 0xc0 ->
                Instruction.Atomic.isKnown(slot.imm())
                    ? new Instruction.Atomic(size, dst, slot.offset(), src, slot.imm())
                    : null;
            default -> null;
          };
      case 0x04 -> alu(slot, Width.W32, dst, src);
      case 0x07 -> alu(slot, Width.W64, dst, src);
      case 0x05 -> jump(slot, Width.W64, dst, src, at);
      default -> jump(slot, Width.W32, dst, src, at);
    };
  }

  private static @Nullable Instruction alu(Slot slot, Width width, Register dst, Register src) {
    switch (slot.opcode()) {
      case 0xd4:
        return new Instruction.ByteSwap(Instruction.SwapKind.TO_LITTLE, dst, slot.imm());
      case 0xdc:
        return new Instruction.ByteSwap(Instruction.SwapKind.TO_BIG, dst, slot.imm());
      case 0xd7:
        return new Instruction.ByteSwap(Instruction.SwapKind.ALWAYS, dst, slot.imm());
      default:
        break;
    }
    if (!AluOp.exists(slot.opcode())) {
      return null;
    }
    AluOp op = AluOp.ofOpcode(slot.opcode());
    Operand operand = (slot.opcode() & 0x08) != 0 ? Operand.of(src) : Operand.of(slot.imm());
    return new Instruction.Alu(op, width, dst, operand, slot.offset());
  }

  private @Nullable Instruction jump(Slot slot, Width width, Register dst, Register src, int at)
      throws CodeException {
    return switch (slot.opcode()) {
      case InstructionEncoder.JA -> new Instruction.Goto(label(at, slot.offset()), false);
      case InstructionEncoder.JA_FAR -> new Instruction.Goto(label(at, slot.imm()), true);
      case InstructionEncoder.EXIT -> new Instruction.Exit();
      case InstructionEncoder.CALL ->
          switch (slot.src()) {
            case 0 -> new Instruction.HelperCall(slot.imm());
            case InstructionEncoder.PSEUDO_KFUNC_CALL ->
                new Instruction.KernelFunctionCall(slot.imm(), slot.offset());
            default -> null;
          };
      default -> {
        JumpOp op = JumpOp.ofOpcode(slot.opcode());
        if (op == null) {
          yield null;
        }
        Operand operand = (slot.opcode() & 0x08) != 0 ? Operand.of(src) : Operand.of(slot.imm());
        yield new Instruction.Jump(op, width, dst, operand, label(at, slot.offset()));
      }
    };
  }

  private Label label(int at, int offset) throws CodeException {
    long target = (long) at + 1 + offset;
    if (target < 0 || target >= slots.size()) {
      throw new CodeException(
          "instruction %d: jump to %d leaves function \"%s\" of %d"
              .formatted(at, target, function, slots.size()));
    }
    return labels.computeIfAbsent((int) target, place -> new Label(function + ":" + place));
  }
}
