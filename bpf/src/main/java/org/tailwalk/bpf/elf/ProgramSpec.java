// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

import java.util.List;
import org.tailwalk.bpf.insn.CodeElement;
import org.tailwalk.bpf.insn.CodeException;
import org.tailwalk.bpf.insn.Codec;
import org.tailwalk.bpf.insn.EncodedCode;
import org.tailwalk.bpf.insn.JumpOutOfRangeException;
import org.tailwalk.bpf.insn.MapFds;

/**
 * A program as read from an object.
 *
 * @param name the function's symbol
 * @param section ELF section, unique in the object for programs of tc
 * @param type kernel program type
 * @param code the main function, then every subprogram it needs
 * @param slots the program array slots it belongs in: the one that the section's name {@code
 *     ID/KEY} asks for, and those of initial map contents
 */
public record ProgramSpec(
    String name,
    String section,
    ProgramType type,
    List<CodeElement> code,
    List<ProgArraySlot> slots) {
  public ProgramSpec {
    code = List.copyOf(code);
    slots = List.copyOf(slots);
  }

  /** Bytecode, func_info and line_info as BPF_PROG_LOAD takes them. */
  public EncodedCode encode(MapFds maps) throws CodeException {
    try {
      return Codec.encode(code, maps);
    } catch (JumpOutOfRangeException e) {
      throw new JumpOutOfRangeException("encode program \"" + name + "\": " + e.getMessage());
    } catch (CodeException e) {
      throw new CodeException("encode program \"" + name + "\": " + e.getMessage());
    }
  }

  public ProgramSpec withCode(List<CodeElement> code) {
    return new ProgramSpec(name, section, type, code, slots);
  }

  public ProgramSpec withType(ProgramType type) {
    return new ProgramSpec(name, section, type, code, slots);
  }

  public ProgramSpec withSection(String section) {
    return new ProgramSpec(name, section, type, code, slots);
  }

  public ProgramSpec withSlots(List<ProgArraySlot> slots) {
    return new ProgramSpec(name, section, type, code, slots);
  }
}
