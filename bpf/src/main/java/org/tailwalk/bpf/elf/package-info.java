// SPDX-License-Identifier: Apache-2.0
/**
 * Reads an ELF object of eBPF programs into a {@link org.tailwalk.bpf.elf.CollectionSpec}: pure,
 * the same on every machine. Only {@code org.tailwalk.bpf.load} touches the kernel.
 */
@NullMarked
package org.tailwalk.bpf.elf;

import org.jspecify.annotations.NullMarked;
