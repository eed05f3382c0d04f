// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

/** What an instruction refers to outside itself, as the object's relocations say. */
public sealed interface Reference {
  record ToMap(String map) implements Reference {}

  record ToMapValue(String map, int offset) implements Reference {}

  record ToFunction(Label function) implements Reference {}
}
