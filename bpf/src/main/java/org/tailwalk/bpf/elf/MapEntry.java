// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

/** One initial entry of a map. */
public record MapEntry(Bytes key, Bytes value) {}
