// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Code as text, in the notation of llvm-objdump and the kernel's verifier, with maps, functions and
 * helpers by name.
 */
public final class Disassembler {
  /** A label's slot in the program, and its function with the byte offset inside. */
  private record Place(int slot, String inFunction) {}

  private final Map<Label, Place> places = new HashMap<>();

  private Disassembler() {}

  /** The lines of a program. */
  public static List<DisassemblyLine> lines(List<CodeElement> code) {
    Disassembler disassembler = new Disassembler();
    disassembler.place(code);
    List<DisassemblyLine> lines = new ArrayList<>(code.size());
    int slot = 0;
    for (CodeElement element : code) {
      switch (element) {
        case FunctionStart start -> lines.add(new DisassemblyLine.FunctionName(start.name()));
        case SourceLine line -> lines.add(new DisassemblyLine.Source(line));
        case LabelTarget _ -> {}
        case Instruction instruction -> {
          lines.add(
              new DisassemblyLine.Code(
                  slot, instruction, disassembler.mnemonic(instruction, slot)));
          slot += instruction.slots();
        }
      }
    }
    return lines;
  }

  /** All lines as one text. */
  public static String text(List<CodeElement> code) {
    return lines(code).stream().map(DisassemblyLine::text).collect(Collectors.joining("\n"));
  }

  private void place(List<CodeElement> code) {
    int slot = 0;
    int functionAt = 0;
    String function = "";
    for (CodeElement element : code) {
      switch (element) {
        case FunctionStart start -> {
          function = start.name();
          functionAt = slot;
          places.put(start.label(), new Place(slot, function));
        }
        case LabelTarget(Label label) ->
            places.put(
                label,
                new Place(slot, "%s+0x%x".formatted(function, (slot - functionAt) * Slot.BYTES)));
        case SourceLine _ -> {}
        case Instruction instruction -> slot += instruction.slots();
      }
    }
  }

  private String mnemonic(Instruction instruction, int slot) {
    return switch (instruction) {
      case Instruction.Alu alu -> alu(alu);
      case Instruction.ByteSwap(Instruction.SwapKind kind, Register dst, int bits) ->
          "%s = %s%d %s"
              .formatted(
                  dst,
                  switch (kind) {
                    case TO_LITTLE -> "le";
                    case TO_BIG -> "be";
                    case ALWAYS -> "bswap";
                  },
                  bits,
                  dst);
      case Instruction.LoadImm64(Register dst, long value) -> "%s = %d ll".formatted(dst, value);
      case Instruction.LoadMap(Register dst, String map) -> "%s = map[%s] ll".formatted(dst, map);
      case Instruction.LoadMapValue(Register dst, String map, int offset) ->
          "%s = map_value[%s + %d] ll".formatted(dst, map, offset);
      case Instruction.LoadFunction(Register dst, Label function) ->
          "%s = func[%s] ll".formatted(dst, function);
      case Instruction.Load load ->
          "%s = *(%s%d *)%s"
              .formatted(
                  load.dst(),
                  load.signed() ? "s" : "u",
                  8 * load.size().bytes(),
                  address(load.base(), load.offset()));
      case Instruction.Store store ->
          "*(u%d *)%s = %s"
              .formatted(
                  8 * store.size().bytes(),
                  address(store.base(), store.offset()),
                  operand(store.value(), Width.W64));
      case Instruction.Atomic atomic -> atomic(atomic);
      case Instruction.PacketLoad load ->
          "r0 = *(u%d *)skb[%s]"
              .formatted(
                  8 * load.size().bytes(),
                  load.indirect() ? indexed(load) : String.valueOf(load.offset()));
      case Instruction.Jump jump ->
          "if %s %s %s goto %s"
              .formatted(
                  register(jump.dst(), jump.width()),
                  jump.op().symbol(),
                  operand(jump.operand(), jump.width()),
                  target(jump.target(), slot));
      case Instruction.Goto(Label label, boolean far) ->
          (far ? "gotol " : "goto ") + target(label, slot);
      case Instruction.HelperCall(int helper) ->
          "call %s#%d".formatted(Helper.name(helper), helper);
      case Instruction.KernelFunctionCall(int btfId, int _) -> "call kernel-function#" + btfId;
      case Instruction.Call(Label function) -> "call " + function;
      case Instruction.Exit _ -> "exit";
      case Instruction.Raw raw -> raw(raw);
      case Instruction.RawWide(Instruction.Raw first, Instruction.Raw second) ->
          raw(first) + "; " + raw(second);
    };
  }

  private static String alu(Instruction.Alu alu) {
    String dst = register(alu.dst(), alu.width());
    String operand = operand(alu.operand(), alu.width());
    return switch (alu.op()) {
      case NEG -> dst + " = -" + dst;
      case MOV ->
          alu.offset() == 0
              ? dst + " = " + operand
              : "%s = (s%d)%s".formatted(dst, alu.offset(), operand);
      case DIV, MOD ->
          "%s %s%s %s".formatted(dst, alu.offset() == 0 ? "" : "s", alu.op().symbol(), operand);
      default -> "%s %s %s".formatted(dst, alu.op().symbol(), operand);
    };
  }

  private static String atomic(Instruction.Atomic atomic) {
    int bits = 8 * atomic.size().bytes();
    Register src = atomic.src();
    String at =
        "%s %s %d"
            .formatted(atomic.base(), sign(atomic.offset()), Math.abs((long) atomic.offset()));
    if (atomic.operation() == Instruction.Atomic.XCHG) {
      return "%s = xchg_%d(%s, %s)".formatted(src, bits, at, src);
    }
    if (atomic.operation() == Instruction.Atomic.CMPXCHG) {
      return "r0 = cmpxchg_%d(%s, r0, %s)".formatted(bits, at, src);
    }
    boolean fetch = (atomic.operation() & Instruction.Atomic.FETCH) != 0;
    return switch (atomic.operation() & ~Instruction.Atomic.FETCH) {
      case 0x00 -> atomic(fetch, bits, at, src, "add", "+=");
      case 0x40 -> atomic(fetch, bits, at, src, "or", "|=");
      case 0x50 -> atomic(fetch, bits, at, src, "and", "&=");
      default -> atomic(fetch, bits, at, src, "xor", "^=");
    };
  }

  private static String atomic(
      boolean fetch, int bits, String at, Register src, String name, String symbol) {
    return fetch
        ? "%s = atomic_fetch_%s((u%d *)(%s), %s)".formatted(src, name, bits, at, src)
        : "lock *(u%d *)(%s) %s %s".formatted(bits, at, symbol, src);
  }

  private static String indexed(Instruction.PacketLoad load) {
    return load.offset() == 0 ? load.index().toString() : load.index() + " + " + load.offset();
  }

  private static String raw(Instruction.Raw raw) {
    return "raw 0x%02x dst=%d src=%d off=%d imm=%d"
        .formatted(raw.opcode(), raw.dst(), raw.src(), raw.offset(), raw.imm());
  }

  private static String register(Register register, Width width) {
    return width == Width.W64 ? register.toString() : "w" + register.number();
  }

  private static String operand(Operand operand, Width width) {
    return switch (operand) {
      case Operand.Imm(int value) -> String.valueOf(value);
      case Operand.Reg(Register register) -> register(register, width);
    };
  }

  private static String sign(int offset) {
    return offset < 0 ? "-" : "+";
  }

  private static String address(Register base, int offset) {
    return "(%s %s %d)".formatted(base, sign(offset), Math.abs((long) offset));
  }

  private String target(Label label, int slot) {
    Place place = places.get(label);
    return place == null
        ? "<" + label + ">"
        : "%+d <%s>".formatted(place.slot() - slot - 1, place.inFunction());
  }
}
