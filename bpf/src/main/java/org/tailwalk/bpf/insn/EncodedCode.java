// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

/**
 * What BPF_PROG_LOAD takes.
 *
 * @param instructions eight bytes a slot, little endian
 * @param funcInfo records of {@link #FUNC_INFO_SIZE} bytes, empty if the code has none
 * @param lineInfo records of {@link #LINE_INFO_SIZE} bytes, empty if the code has none
 */
@SuppressWarnings("ArrayRecordComponent") // handed straight to the system call, never compared
public record EncodedCode(byte[] instructions, byte[] funcInfo, byte[] lineInfo) {
  public static final int FUNC_INFO_SIZE = 8;
  public static final int LINE_INFO_SIZE = 16;

  /** Length of the code in slots. */
  public int slots() {
    return instructions.length / 8;
  }

  public int lineInfoCount() {
    return lineInfo.length / LINE_INFO_SIZE;
  }
}
