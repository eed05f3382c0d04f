// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

/** Code that cannot be decoded or encoded: what, where and why. */
public class CodeException extends Exception {
  private static final long serialVersionUID = 1;

  public CodeException(String message) {
    super(message);
  }
}
