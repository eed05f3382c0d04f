// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

/** Arithmetic operations (the high four bits of the opcode). END is the byte swap. */
public enum AluOp {
  ADD("+="),
  SUB("-="),
  MUL("*="),
  DIV("/="),
  OR("|="),
  AND("&="),
  LSH("<<="),
  RSH(">>="),
  NEG("neg"),
  MOD("%="),
  XOR("^="),
  MOV("="),
  ARSH("s>>="),
  END("end");

  private static final AluOp[] ALL = values();
  private final String symbol;

  AluOp(String symbol) {
    this.symbol = symbol;
  }

  public String symbol() {
    return symbol;
  }

  int bits() {
    return ordinal() << 4;
  }

  static boolean exists(int opcode) {
    return (opcode >> 4 & 0xf) < ALL.length;
  }

  static AluOp ofOpcode(int opcode) {
    return ALL[opcode >> 4 & 0xf];
  }
}
