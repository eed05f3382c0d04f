// SPDX-License-Identifier: Apache-2.0

/**
 * The filter language of packet list, breakpoints, colouring rules and command line: {@link
 * org.tailwalk.filter.Filter#parse} turns a text into a filter or an error that points at the
 * character, {@link org.tailwalk.filter.Filter#test} asks it about a packet.
 *
 * <p>A text goes through {@code Lexer}, {@code Parser} (to the sealed {@link
 * org.tailwalk.filter.Expr}) and {@code Compiler} (types, then a {@code Test}). Fields stand in
 * {@link org.tailwalk.filter.Fields}; they have Wireshark's names where Wireshark has the field. To
 * add one: a line in {@code PacketFields} or {@code PathFields}, what it is as {@code
 * filter.field.NAME} in the texts of {@code org.tailwalk.text}, and a row in docs/filters.md.
 *
 * <p>Answers have three values, since a {@link org.tailwalk.filter.Subject} may know less than
 * everything: what a million summaries can decide is decided without frames, what frames can decide
 * without running anything again.
 */
@NullMarked
package org.tailwalk.filter;

import org.jspecify.annotations.NullMarked;
