// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

/**
 * A piece of a filter's text.
 *
 * @param text as written; for a string what it stands for
 */
record Token(Kind kind, String text, Span span) {
  enum Kind {
    /** Anything between blanks that is nothing else: names, numbers, addresses, bare words. */
    WORD,
    STRING,
    /** A comparison written with signs. */
    RELATION,
    NOT,
    AND,
    OR,
    XOR,
    /** A single ampersand: bits. */
    BITS,
    LEFT_PAREN,
    RIGHT_PAREN,
    LEFT_BRACE,
    RIGHT_BRACE,
    LEFT_BRACKET,
    RIGHT_BRACKET,
    COMMA,
    END
  }
}
