// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Origins of a function's registers and of what it spilled. Immutable. */
public final class Frame {
  static final Frame ENTRY = entry();

  private final Origin[] registers;

  /** By frame offset; slots that are not here are unknown. */
  private final Map<Integer, Origin> spilled;

  private Frame(Origin[] registers, Map<Integer, Origin> spilled) {
    this.registers = registers;
    this.spilled = spilled;
  }

  private static Frame entry() {
    Origin[] registers = new Origin[11];
    Arrays.fill(registers, Origin.UNKNOWN);
    registers[Register.R10.number()] = new Origin.Stack(0);
    return new Frame(registers, Map.of());
  }

  public Origin get(Register register) {
    return registers[register.number()];
  }

  /** Arguments as the callee sees them: its frame is another. */
  Frame forCallee() {
    Frame result = ENTRY;
    for (int i = 1; i <= 5; i++) {
      if (registers[i] instanceof Origin.MapPointer) {
        result = result.with(Register.of(i), registers[i]);
      }
    }
    return result;
  }

  Frame join(Frame other) {
    if (this == other) {
      return this;
    }
    Origin[] joined = new Origin[registers.length];
    for (int i = 0; i < joined.length; i++) {
      joined[i] = registers[i].join(other.registers[i]);
    }
    Map<Integer, Origin> slots = new TreeMap<>();
    spilled.forEach((offset, origin) -> {
      Origin both = origin.join(other.spilled.getOrDefault(offset, Origin.UNKNOWN));
      if (!both.equals(Origin.UNKNOWN)) {
        slots.put(offset, both);
      }
    });
    return new Frame(joined, slots);
  }

  Frame after(Instruction instruction) {
    return switch (instruction) {
      case Instruction.Alu alu -> with(alu.dst(), arithmetic(alu));
      case Instruction.ByteSwap swap -> with(swap.dst(), Origin.UNKNOWN);
      case Instruction.LoadImm64 load -> with(load.dst(), Origin.UNKNOWN);
      case Instruction.LoadMap(Register dst, String map) ->
          with(dst, new Origin.MapPointer(Set.of(map)));
      case Instruction.LoadMapValue(Register dst, String map, int _) ->
          with(dst, new Origin.MapValueAddress(map));
      case Instruction.LoadFunction load -> with(load.dst(), Origin.UNKNOWN);
      case Instruction.Load load -> with(load.dst(), loaded(load));
      case Instruction.Store store -> stored(store);
      case Instruction.Atomic _, Instruction.RawWide _, Instruction.Raw _ -> clobbered(instruction);
      case Instruction.HelperCall(int helper) -> {
        Origin found =
            helper == Helper.MAP_LOOKUP_ELEM && get(Register.R1) instanceof Origin.MapPointer p
                ? new Origin.Found(p.maps(), 0)
                : Origin.UNKNOWN;
        yield clobbered(instruction).with(Register.R0, found);
      }
      case Instruction.PacketLoad _, Instruction.KernelFunctionCall _, Instruction.Call _ ->
          clobbered(instruction);
      case Instruction.Jump _, Instruction.Goto _, Instruction.Exit _ -> this;
    };
  }

  private Origin arithmetic(Instruction.Alu alu) {
    if (alu.width() == Width.W32) {
      return Origin.UNKNOWN;
    }
    return switch (alu.op()) {
      case MOV ->
          alu.offset() == 0 && alu.operand() instanceof Operand.Reg(Register src)
              ? get(src)
              : Origin.UNKNOWN;
      case ADD ->
          alu.operand() instanceof Operand.Imm(int value)
              ? moved(get(alu.dst()), value)
              : Origin.UNKNOWN;
      case SUB ->
          alu.operand() instanceof Operand.Imm(int value)
              ? moved(get(alu.dst()), -value)
              : Origin.UNKNOWN;
      default -> Origin.UNKNOWN;
    };
  }

  private static Origin moved(Origin origin, int by) {
    return switch (origin) {
      case Origin.Stack(int offset) -> new Origin.Stack(offset + by);
      case Origin.Found(Set<String> maps, int offset) -> new Origin.Found(maps, offset + by);
      case Origin.MapValueAddress address -> address;
      case Origin.MapPointer _, Origin.Unknown _ -> Origin.UNKNOWN;
    };
  }

  private Origin loaded(Instruction.Load load) {
    return load.size() == MemSize.DW && get(load.base()) instanceof Origin.Stack(int offset)
        ? spilled.getOrDefault(offset + load.offset(), Origin.UNKNOWN)
        : Origin.UNKNOWN;
  }

  private Frame stored(Instruction.Store store) {
    if (!(get(store.base()) instanceof Origin.Stack(int base))) {
      return this;
    }
    int offset = base + store.offset();
    Map<Integer, Origin> slots = new TreeMap<>(spilled);
    slots.keySet().removeIf(at -> at < offset + store.size().bytes() && offset < at + 8);
    if (store.size() == MemSize.DW
        && store.value() instanceof Operand.Reg(Register src)
        && !get(src).equals(Origin.UNKNOWN)) {
      slots.put(offset, get(src));
    }
    return new Frame(registers, slots);
  }

  private Frame clobbered(Instruction instruction) {
    int written =
        instruction instanceof Instruction.Raw || instruction instanceof Instruction.RawWide
            ? 0x3ff
            : RegisterUse.writes(instruction);
    Origin[] changed = registers.clone();
    for (int i = 0; i < changed.length; i++) {
      if ((written & 1 << i) != 0) {
        changed[i] = Origin.UNKNOWN;
      }
    }
    return new Frame(changed, spilled);
  }

  private Frame with(Register register, Origin origin) {
    if (registers[register.number()].equals(origin)) {
      return this;
    }
    Origin[] changed = registers.clone();
    changed[register.number()] = origin;
    return new Frame(changed, spilled);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Frame that
        && Arrays.equals(registers, that.registers)
        && spilled.equals(that.spilled);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(registers), spilled);
  }
}
