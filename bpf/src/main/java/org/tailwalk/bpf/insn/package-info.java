// SPDX-License-Identifier: Apache-2.0
/**
 * Instructions of eBPF programs as values: a program's code is a list of {@link
 * org.tailwalk.bpf.insn.CodeElement}s.
 *
 * <pre>
 * code        = function+
 * function    = FunctionStart element*
 * element     = LabelTarget | SourceLine | Instruction
 * </pre>
 *
 * <p>Jumps and calls name a {@link org.tailwalk.bpf.insn.Label}; maps are named by symbol. Offsets
 * and file descriptors appear only when {@link org.tailwalk.bpf.insn.Codec} encodes. A transform is
 * a flat map over the list; the identity leaves the bytes as they were.
 *
 * <p>To add an opcode: a record in {@link org.tailwalk.bpf.insn.Instruction}, then follow the
 * compiler through the switches in Codec (decode, encode), RegisterUse and Disassembler.
 */
@NullMarked
package org.tailwalk.bpf.insn;

import org.jspecify.annotations.NullMarked;
