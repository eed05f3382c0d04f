// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.load;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.tailwalk.bpf.sys.Bpf;
import org.tailwalk.bpf.sys.Fd;

/** Bytecode by hand, so that loading is tested apart from the assembler. */
final class Asm {
  private final ByteBuffer out = ByteBuffer.allocate(8 * 4096).order(ByteOrder.LITTLE_ENDIAN);

  Asm op(int opcode, int dst, int src, int off, int imm) {
    out.put((byte) opcode).put((byte) (src << 4 | dst)).putShort((short) off).putInt(imm);
    return this;
  }

  Asm mov(int dst, int imm) {
    return op(0xb7, dst, 0, 0, imm);
  }

  Asm movReg(int dst, int src) {
    return op(0xbf, dst, src, 0, 0);
  }

  Asm call(int helper) {
    return op(0x85, 0, 0, 0, helper);
  }

  Asm exit() {
    return op(0x95, 0, 0, 0, 0);
  }

  Asm loadMap(int dst, Fd map) {
    return op(0x18, dst, 1, 0, map.number()).op(0, 0, 0, 0, 0);
  }

  Bpf.ProgAttr program(String name) {
    byte[] insns = new byte[out.position()];
    out.get(0, insns);
    return new Bpf.ProgAttr(
        Program.SCHED_CLS, insns, "Dual BSD/GPL", name, 0, null, new byte[0], new byte[0]);
  }
}
