// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

/**
 * Arithmetic operations (the high four bits of the opcode). Byte swaps are a record of their own.
 */
public enum AluOp {
  ADD(0x00, "+="),
  SUB(0x10, "-="),
  MUL(0x20, "*="),
  DIV(0x30, "/="),
  OR(0x40, "|="),
  AND(0x50, "&="),
  LSH(0x60, "<<="),
  RSH(0x70, ">>="),
  NEG(0x80, "neg"),
  MOD(0x90, "%="),
  XOR(0xa0, "^="),
  MOV(0xb0, "="),
  ARSH(0xc0, "s>>=");

  private static final AluOp[] ALL = values();
  private final int bits;
  private final String symbol;

  AluOp(int bits, String symbol) {
    this.bits = bits;
    this.symbol = symbol;
  }

  public String symbol() {
    return symbol;
  }

  int bits() {
    return bits;
  }

  static boolean exists(int opcode) {
    return (opcode >> 4 & 0xf) < ALL.length;
  }

  static AluOp ofOpcode(int opcode) {
    return ALL[opcode >> 4 & 0xf];
  }
}
