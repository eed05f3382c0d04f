// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

/** Second operand of arithmetic, comparisons and stores. */
public sealed interface Operand {
  /** A 32-bit immediate, sign-extended where the operation is 64 bits wide. */
  record Imm(int value) implements Operand {}

  record Reg(Register register) implements Operand {}

  static Operand of(int value) {
    return new Imm(value);
  }

  static Operand of(Register register) {
    return new Reg(register);
  }
}
