// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.instrument;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tailwalk.bpf.elf.MapShape;
import org.tailwalk.bpf.elf.MapSpec;
import org.tailwalk.bpf.elf.MapType;
import org.tailwalk.bpf.elf.ProgramSpec;
import org.tailwalk.bpf.elf.ProgramType;
import org.tailwalk.bpf.insn.AluOp;
import org.tailwalk.bpf.insn.CodeElement;
import org.tailwalk.bpf.insn.FunctionStart;
import org.tailwalk.bpf.insn.Instruction;
import org.tailwalk.bpf.insn.MemSize;
import org.tailwalk.bpf.insn.Operand;
import org.tailwalk.bpf.insn.Register;

/**
 * A program that, run once, tells the kernel's pointer of each map, so that pointers in trace
 * records can be told apart. Load it with the same maps; then read the value of {@link #map()}.
 *
 * @param program stores each map's pointer
 * @param map array map of one mmapable value
 * @param maps symbols in the order of the pointers
 */
public record PointerProbe(ProgramSpec program, MapSpec map, List<String> maps) {
  public static final String MAP = "tailwalk_ptrs";

  public PointerProbe {
    maps = List.copyOf(maps);
  }

  /** The probe for these maps, at least one. */
  public static PointerProbe of(List<String> maps) {
    if (maps.isEmpty()) {
      throw new IllegalArgumentException("no maps to probe");
    }
    List<CodeElement> code = new ArrayList<>();
    code.add(new FunctionStart("tailwalk_probe", 0));
    code.add(new Instruction.LoadMapValue(Register.R2, MAP, 0));
    for (int i = 0; i < maps.size(); i++) {
      code.add(new Instruction.LoadMap(Register.R1, maps.get(i)));
      code.add(new Instruction.Store(MemSize.DW, Register.R2, 8 * i, Operand.of(Register.R1)));
    }
    code.add(new Instruction.Alu(AluOp.MOV, Register.R0, Operand.of(0)));
    code.add(new Instruction.Exit());
    return new PointerProbe(
        new ProgramSpec("tailwalk_probe", "tailwalk_probe", ProgramType.SCHED_CLS, code, List.of()),
        MapSpec.added(MAP, new MapShape(MapType.ARRAY, 4, 8 * maps.size(), 1, MapShape.MMAPABLE)),
        maps);
  }

  /** Symbols by pointer, from the value of the map after a run. */
  public Map<Long, String> read(byte[] value) {
    ByteBuffer in = ByteBuffer.wrap(value).order(LITTLE_ENDIAN);
    Map<Long, String> result = new HashMap<>();
    for (int i = 0; i < maps.size(); i++) {
      result.put(in.getLong(8 * i), maps.get(i));
    }
    return result;
  }
}
