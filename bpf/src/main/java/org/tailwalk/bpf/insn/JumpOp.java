// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

/** Conditions of conditional jumps. */
public enum JumpOp {
  EQ(0x10, "=="),
  GT(0x20, ">"),
  GE(0x30, ">="),
  SET(0x40, "&"),
  NE(0x50, "!="),
  SGT(0x60, "s>"),
  SGE(0x70, "s>="),
  LT(0xa0, "<"),
  LE(0xb0, "<="),
  SLT(0xc0, "s<"),
  SLE(0xd0, "s<=");

  private final int bits;
  private final String symbol;

  JumpOp(int bits, String symbol) {
    this.bits = bits;
    this.symbol = symbol;
  }

  public String symbol() {
    return symbol;
  }

  int bits() {
    return bits;
  }

  /** The condition of an opcode, or null where the bits mean no condition. */
  static @org.jspecify.annotations.Nullable JumpOp ofOpcode(int opcode) {
    for (JumpOp op : values()) {
      if (op.bits == (opcode & 0xf0)) {
        return op;
      }
    }
    return null;
  }
}
