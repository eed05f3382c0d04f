// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

/** Width of a memory access. */
public enum MemSize {
  W(0x00, 4),
  H(0x08, 2),
  B(0x10, 1),
  DW(0x18, 8);

  private final int bits;
  private final int bytes;

  MemSize(int bits, int bytes) {
    this.bits = bits;
    this.bytes = bytes;
  }

  /** The size bits of an opcode. */
  public int bits() {
    return bits;
  }

  public int bytes() {
    return bytes;
  }

  static MemSize ofOpcode(int opcode) {
    return switch (opcode & 0x18) {
      case 0x00 -> W;
      case 0x08 -> H;
      case 0x10 -> B;
      default -> DW;
    };
  }

  /** The access of 1, 2, 4 or 8 bytes. */
  public static MemSize ofBytes(int bytes) {
    return switch (bytes) {
      case 1 -> B;
      case 2 -> H;
      case 4 -> W;
      case 8 -> DW;
      default -> throw new IllegalArgumentException("no memory access of " + bytes + " bytes");
    };
  }
}
