// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.instrument;

import java.util.ArrayList;
import java.util.List;
import org.tailwalk.bpf.insn.AluOp;
import org.tailwalk.bpf.insn.CodeElement;
import org.tailwalk.bpf.insn.Instruction;
import org.tailwalk.bpf.insn.MemSize;
import org.tailwalk.bpf.insn.Operand;
import org.tailwalk.bpf.insn.Register;

/**
 * Bytecode that appends one record to the trace log, with two registers that are free there.
 *
 * <pre>
 * b = &log; a = b->position; a += LENGTH; b->position = a; a -= LENGTH; a &= 0xfff8; b += a;
 * *(u64 *)(b + 64) = SITE; … copies to b + 64 + offset …
 * </pre>
 *
 * <p>The mask gives the verifier its bound, and lets a position beyond the capacity be seen
 * afterwards: it is stored unmasked.
 */
final class RecordBuilder {
  private static final int ID_BYTES = 8;
  private static final int POSITION_MASK = 0xfff8;

  private final Register a;
  private final Register b;
  private final List<CodeElement> copies = new ArrayList<>();
  private int length = ID_BYTES;

  RecordBuilder(FreeRegisters free) {
    a = free.first();
    b = free.second();
  }

  /** A register's 64 bits. */
  Field register(Register source) {
    int at = place(8, 0);
    copies.add(store(MemSize.DW, at, source));
    return new Field(at, 8);
  }

  /** A u32 of the context. */
  Field contextWord(Register context, int offset) {
    int at = place(4, 0);
    copies.add(new Instruction.Load(MemSize.W, a, context, offset));
    copies.add(store(MemSize.W, at, a));
    return new Field(at, 4);
  }

  /**
   * Bytes of memory, copied by the largest accesses that are aligned.
   *
   * @param base register that holds the address
   * @param misalignment the address modulo 8 where it is known, else 1: byte by byte
   */
  Field memory(Register base, int size, int misalignment) {
    int at = place(size, misalignment);
    for (int done = 0; done < size; ) {
      int address = misalignment + done;
      int step = Math.min(address % 8 == 0 ? 8 : Integer.lowestOneBit(address), 8);
      while (step > size - done) {
        step /= 2;
      }
      if (misalignment == BYTE_BY_BYTE) {
        step = 1;
      }
      MemSize access = MemSize.ofBytes(step);
      copies.add(new Instruction.Load(access, a, base, done));
      copies.add(store(access, at + done, a));
      done += step;
    }
    return new Field(at, size);
  }

  /** Misalignment of an address of which nothing is known. */
  static final int BYTE_BY_BYTE = -1;

  /** The record is aligned like what it copies, so that no access of the log is misaligned. */
  private int place(int size, int misalignment) {
    int at = length;
    if (misalignment >= 0) {
      int alignment = Math.min(8, Math.max(1, Integer.highestOneBit(Math.max(size, 1))));
      int wanted = misalignment % alignment;
      while (at % alignment != wanted) {
        at++;
      }
    }
    length = at + size;
    return at;
  }

  private CodeElement store(MemSize size, int at, Register value) {
    return new Instruction.Store(size, b, TraceLog.HEADER + at, Operand.of(value));
  }

  /** Length of the record, a multiple of 8. */
  int length() {
    return (length + 7) & ~7;
  }

  boolean fits() {
    return length() <= TraceLog.MAX_PAYLOAD;
  }

  List<CodeElement> build(int site) {
    List<CodeElement> code = new ArrayList<>();
    code.add(new Instruction.LoadMapValue(b, TraceLog.MAP, 0));
    code.add(new Instruction.Load(MemSize.DW, a, b, TraceLog.POSITION));
    code.add(new Instruction.Alu(AluOp.ADD, a, Operand.of(length())));
    code.add(new Instruction.Store(MemSize.DW, b, TraceLog.POSITION, Operand.of(a)));
    code.add(new Instruction.Alu(AluOp.SUB, a, Operand.of(length())));
    code.add(new Instruction.Alu(AluOp.AND, a, Operand.of(POSITION_MASK)));
    code.add(new Instruction.Alu(AluOp.ADD, b, Operand.of(a)));
    code.add(new Instruction.Store(MemSize.DW, b, TraceLog.HEADER, Operand.of(site)));
    code.addAll(copies);
    return code;
  }
}
