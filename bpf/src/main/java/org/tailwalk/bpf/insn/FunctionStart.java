// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

/**
 * Beginning of the main function or of an appended subprogram (one func_info record).
 *
 * @param name the symbol; subprogram calls use a label of the same name
 * @param btfType id of the BTF FUNC, 0 where the object has none
 */
public record FunctionStart(String name, int btfType) implements CodeElement {
  /** The label calls of this function use. */
  public Label label() {
    return new Label(name);
  }
}
