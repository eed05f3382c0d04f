// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.instrument;

import java.util.Optional;
import org.tailwalk.bpf.insn.Register;

/** Two registers whose values nobody reads any more. */
record FreeRegisters(Register first, Register second) {
  /** Caller-saved ones first: programs use them least across what we insert. */
  private static final Register[] PREFERRED = {
    Register.R5,
    Register.R4,
    Register.R3,
    Register.R2,
    Register.R1,
    Register.R0,
    Register.R9,
    Register.R8,
    Register.R7,
    Register.R6
  };

  /** Chooses among the registers that are not alive. */
  static Optional<FreeRegisters> among(int alive) {
    Register first = null;
    for (Register register : PREFERRED) {
      if ((alive & register.bit()) != 0) {
        continue;
      }
      if (first != null) {
        return Optional.of(new FreeRegisters(first, register));
      }
      first = register;
    }
    return Optional.empty();
  }
}
