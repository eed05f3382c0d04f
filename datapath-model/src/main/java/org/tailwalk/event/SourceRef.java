// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.event;

import org.jspecify.annotations.Nullable;

/**
 * Where in a program an event came from. Never compared.
 *
 * @param function the function's name
 * @param insn instruction index in the program as compiled, -1 where there is none
 * @param file source file, or the section of the datapath facts for the model
 * @param line 1-based line, 0 where unknown
 * @param text the source line's text
 */
public record SourceRef(
    String function, int insn, @Nullable String file, int line, @Nullable String text) {}
