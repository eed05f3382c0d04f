// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

/**
 * One element of a program's code: an instruction, or a mark that takes no room in the bytecode but
 * moves along with what it precedes.
 */
public sealed interface CodeElement permits Instruction, LabelTarget, SourceLine, FunctionStart {}
