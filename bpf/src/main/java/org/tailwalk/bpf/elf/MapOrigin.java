// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

/** How the object (or Tailwalk) declared a map. */
public sealed interface MapOrigin {
  /** Section {@code maps}: the words after the shape. */
  record Legacy(int id, int pinning, int innerId, int innerIndex) implements MapOrigin {
    /** The pinning word in words, as iproute2 takes it. */
    public String pinningText() {
      return switch (pinning) {
        case 0 -> "not pinned";
        case 1 -> "pinned per object (PIN_OBJECT_NS)";
        case 2 -> "pinned in /sys/fs/bpf/tc/globals (PIN_GLOBAL_NS)";
        default -> "pinned in user-defined place " + pinning;
      };
    }
  }

  /** Section {@code .maps}: key and value by BTF type id (0: none), pinning 1 is by name. */
  record Btf(int keyType, int valueType, int pinning) implements MapOrigin {}

  /** A data section ({@code .data}, {@code .rodata}, {@code .bss}) made a map. */
  record Data(int btfType) implements MapOrigin {}

  /** Added by Tailwalk. */
  record Added() implements MapOrigin {}
}
