// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

/** The eleven registers; r10 is the read-only frame pointer. */
public enum Register {
  R0(0),
  R1(1),
  R2(2),
  R3(3),
  R4(4),
  R5(5),
  R6(6),
  R7(7),
  R8(8),
  R9(9),
  R10(10);

  private static final Register[] ALL = values();
  private final int number;

  Register(int number) {
    this.number = number;
  }

  /** The register of a number 0 to 10. */
  public static Register of(int number) {
    return ALL[number];
  }

  /** Whether an instruction's four-bit field names a register at all. */
  public static boolean exists(int number) {
    return number >= 0 && number < ALL.length;
  }

  public int number() {
    return number;
  }

  /** One bit, for register sets held in an int. */
  public int bit() {
    return 1 << number;
  }

  @Override
  public String toString() {
    return "r" + number;
  }
}
