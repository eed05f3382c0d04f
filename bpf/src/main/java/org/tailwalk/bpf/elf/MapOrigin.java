// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

/** How the object (or Tailwalk) declared a map. */
public sealed interface MapOrigin {
  /** Section {@code maps}: the words after the shape. */
  record Legacy(int id, int pinning, int innerId, int innerIndex) implements MapOrigin {}

  /** Section {@code .maps}: key and value by BTF type id (0: none), pinning 1 is by name. */
  record Btf(int keyType, int valueType, int pinning) implements MapOrigin {}

  /** A data section ({@code .data}, {@code .rodata}, {@code .bss}) made a map. */
  record Data(int btfType) implements MapOrigin {}

  /** Added by Tailwalk. */
  record Added() implements MapOrigin {}
}
