// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

/** Kernel program types that a packet's path can meet (enum bpf_prog_type). */
public enum ProgramType {
  SOCKET_FILTER(1),
  SCHED_CLS(3),
  SCHED_ACT(4),
  XDP(6);

  private final int number;

  ProgramType(int number) {
    this.number = number;
  }

  /** The kernel's number. */
  public int number() {
    return number;
  }

  /** Whether r1 is a struct __sk_buff. */
  public boolean hasSocketBuffer() {
    return this != XDP;
  }
}
