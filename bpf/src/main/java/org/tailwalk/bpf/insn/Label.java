// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

/** A place in a program's code, unique by name within the program. */
public record Label(String name) {
  @Override
  public String toString() {
    return name;
  }
}
