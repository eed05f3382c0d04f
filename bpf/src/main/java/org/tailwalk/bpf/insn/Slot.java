// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

import java.nio.ByteBuffer;

/**
 * Eight bytes of bytecode as fields (struct bpf_insn, little endian: opcode, src:4 dst:4, s16
 * offset, s32 imm).
 */
public record Slot(int opcode, int dst, int src, int offset, int imm) {
  public static final int BYTES = 8;

  static Slot get(ByteBuffer in) {
    int opcode = in.get() & 0xff;
    int registers = in.get() & 0xff;
    return new Slot(opcode, registers & 0xf, registers >> 4, in.getShort(), in.getInt());
  }

  void put(ByteBuffer out) {
    out.put((byte) opcode);
    out.put((byte) (src << 4 | dst));
    out.putShort((short) offset);
    out.putInt(imm);
  }

  Instruction.Raw raw() {
    return new Instruction.Raw(opcode, dst, src, offset, imm);
  }
}
