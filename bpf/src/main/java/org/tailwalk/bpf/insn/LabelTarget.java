// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

/** The place that jumps to the label go to: the next instruction. */
public record LabelTarget(Label label) implements CodeElement {}
