// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

/** The eleven registers; r10 is the read-only frame pointer. */
public enum Register {
  R0,
  R1,
  R2,
  R3,
  R4,
  R5,
  R6,
  R7,
  R8,
  R9,
  R10;

  private static final Register[] ALL = values();

  /** The register of a number 0 to 10. */
  public static Register of(int number) {
    return ALL[number];
  }

  /** Whether an instruction's four-bit field names a register at all. */
  public static boolean exists(int number) {
    return number >= 0 && number < ALL.length;
  }

  public int number() {
    return ordinal();
  }

  /** One bit, for register sets held in an int. */
  public int bit() {
    return 1 << ordinal();
  }

  @Override
  public String toString() {
    return "r" + ordinal();
  }
}
