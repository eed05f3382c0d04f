// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

/**
 * The source line of the next instruction and those after it (one line_info record).
 *
 * @param fileOffset offset of the file's name in the BTF strings
 * @param textOffset offset of the line's text in the BTF strings
 * @param file the file's name as the compiler wrote it, empty if unknown
 * @param text the line's text, empty if unknown
 * @param line from 1
 * @param column from 1, 0 if unknown
 */
public record SourceLine(
    int fileOffset, int textOffset, String file, String text, int line, int column)
    implements CodeElement {}
