// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

/** One line of a disassembly. */
public sealed interface DisassemblyLine {
  /** The line as text. */
  String text();

  /** A function begins. */
  record FunctionName(String name) implements DisassemblyLine {
    @Override
    public String text() {
      return "<" + name + ">:";
    }
  }

  /** Source line of the instructions below. */
  record Source(SourceLine line) implements DisassemblyLine {
    @Override
    public String text() {
      String where = line.file().isEmpty() ? "" : line.file() + ":" + line.line();
      return "; " + line.text().strip() + (where.isEmpty() ? "" : " @ " + where);
    }
  }

  /**
   * An instruction.
   *
   * @param slot its place in the program
   */
  record Code(int slot, Instruction instruction, String mnemonic) implements DisassemblyLine {
    @Override
    public String text() {
      return "%8d:\t%s".formatted(slot, mnemonic);
    }
  }
}
