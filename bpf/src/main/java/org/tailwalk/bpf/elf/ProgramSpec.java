// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

import java.util.List;
import java.util.Optional;
import org.tailwalk.bpf.insn.CodeElement;
import org.tailwalk.bpf.insn.CodeException;
import org.tailwalk.bpf.insn.Codec;
import org.tailwalk.bpf.insn.EncodedCode;
import org.tailwalk.bpf.insn.MapFds;

/**
 * A program as read from an object.
 *
 * @param name the function's symbol
 * @param section ELF section, unique in the object for programs of tc
 * @param type kernel program type
 * @param code the main function, then every subprogram it needs
 * @param slot the program array slot that the section's name {@code ID/KEY} asks for
 */
public record ProgramSpec(
    String name,
    String section,
    ProgramType type,
    List<CodeElement> code,
    Optional<ProgArraySlot> slot) {
  public ProgramSpec {
    code = List.copyOf(code);
  }

  /** Bytecode, func_info and line_info as BPF_PROG_LOAD takes them. */
  public EncodedCode encode(MapFds maps) throws CodeException {
    try {
      return Codec.encode(code, maps);
    } catch (org.tailwalk.bpf.insn.JumpOutOfRangeException e) {
      throw new org.tailwalk.bpf.insn.JumpOutOfRangeException(
          "encode program \"" + name + "\": " + e.getMessage());
    } catch (CodeException e) {
      throw new CodeException("encode program \"" + name + "\": " + e.getMessage());
    }
  }

  public ProgramSpec withCode(List<CodeElement> code) {
    return new ProgramSpec(name, section, type, code, slot);
  }

  public ProgramSpec withType(ProgramType type) {
    return new ProgramSpec(name, section, type, code, slot);
  }

  public ProgramSpec withSection(String section) {
    return new ProgramSpec(name, section, type, code, slot);
  }

  public ProgramSpec withSlot(Optional<ProgArraySlot> slot) {
    return new ProgramSpec(name, section, type, code, slot);
  }
}
