// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

/** A jump farther than its 16-bit offset reaches. */
public final class JumpOutOfRangeException extends CodeException {
  private static final long serialVersionUID = 1;

  public JumpOutOfRangeException(String message) {
    super(message);
  }
}
