// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.instrument;

/** Fields of struct __sk_buff that are recorded at a program's entry; each a u32. */
public enum ContextField {
  MARK(8),
  QUEUE_MAPPING(12),
  TC_INDEX(44),
  CB0(48),
  CB1(52),
  CB2(56),
  CB3(60),
  CB4(64);

  private final int offset;

  ContextField(int offset) {
    this.offset = offset;
  }

  /** Byte offset in struct __sk_buff. */
  public int offset() {
    return offset;
  }
}
