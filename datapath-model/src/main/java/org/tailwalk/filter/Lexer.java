// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import java.util.ArrayList;
import java.util.List;
import org.tailwalk.text.Message;

/**
 * Cuts a text into tokens. Words may hold nearly anything, since bare words are looked for in the
 * list's texts; what ends them are blanks, brackets and comparisons.
 */
final class Lexer {
  /** Longest first. */
  private static final String[] RELATIONS = {"===", "!==", "==", "!=", "~=", "<=", ">=", "<", ">"};

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int braces;

  Lexer(String text) {
    this.text = text;
  }

  /** All tokens; the last is {@link Token.Kind#END}. */
  List<Token> tokens() throws FilterException {
    while (true) {
      while (at < text.length() && blank(text.charAt(at))) {
        at++;
      }
      if (at >= text.length()) {
        tokens.add(new Token(Token.Kind.END, "", new Span(at, at)));
        return tokens;
      }
      next();
    }
  }

  private static boolean blank(char c) {
    return Character.isWhitespace(c) || c == '\u00a0';
  }

  private void next() throws FilterException {
    char c = text.charAt(at);
    if (c == '"' || c == 'r' && at + 1 < text.length() && text.charAt(at + 1) == '"') {
      string(c == 'r');
      return;
    }
    if (sign(Token.Kind.AND, "&&")
        || sign(Token.Kind.OR, "||")
        || sign(Token.Kind.XOR, "^^")
        || relation()
        || standsAlone(Token.Kind.BITS, "&")
        || standsAlone(Token.Kind.RELATION, "~")) {
      return;
    }
    Token.Kind kind = punctuation(c);
    if (kind != null) {
      braces += kind == Token.Kind.LEFT_BRACE ? 1 : kind == Token.Kind.RIGHT_BRACE ? -1 : 0;
      add(kind, 1);
      return;
    }
    word();
  }

  private Token.@org.jspecify.annotations.Nullable Kind punctuation(char c) {
    return switch (c) {
      case '(' -> Token.Kind.LEFT_PAREN;
      case ')' -> Token.Kind.RIGHT_PAREN;
      case '{' -> Token.Kind.LEFT_BRACE;
      case '}' -> Token.Kind.RIGHT_BRACE;
      case '[' -> Token.Kind.LEFT_BRACKET;
      case ']' -> Token.Kind.RIGHT_BRACKET;
      case '!' -> Token.Kind.NOT;
      case ',' -> braces > 0 ? Token.Kind.COMMA : null;
      default -> null;
    };
  }

  private boolean sign(Token.Kind kind, String sign) {
    if (!text.startsWith(sign, at)) {
      return false;
    }
    add(kind, sign.length());
    return true;
  }

  private boolean relation() {
    for (String relation : RELATIONS) {
      if (sign(Token.Kind.RELATION, relation)) {
        return true;
      }
    }
    return false;
  }

  /** A sign that also occurs inside of words. */
  private boolean standsAlone(Token.Kind kind, String sign) {
    boolean alone =
        text.startsWith(sign, at)
            && (at + 1 >= text.length() || blank(text.charAt(at + 1)) || behindOperand());
    return alone && sign(kind, sign);
  }

  /** Whether the text just before is a field's name or its slice. */
  private boolean behindOperand() {
    if (tokens.isEmpty()) {
      return false;
    }
    Token last = tokens.getLast();
    return last.kind() == Token.Kind.RIGHT_BRACKET
        || last.kind() == Token.Kind.WORD && Fields.find(last.text()) != null;
  }

  private void add(Token.Kind kind, int length) {
    tokens.add(new Token(kind, text.substring(at, at + length), new Span(at, at + length)));
    at += length;
  }

  private void word() {
    int end = at + 1;
    while (end < text.length() && !endsWord(end)) {
      end++;
    }
    add(Token.Kind.WORD, end - at);
  }

  private boolean endsWord(int i) {
    char c = text.charAt(i);
    return blank(c)
        || "\"(){}[]<>".indexOf(c) >= 0
        || c == ',' && braces > 0
        || text.startsWith("==", i)
        || text.startsWith("!=", i)
        || text.startsWith("~=", i)
        || text.startsWith("&&", i)
        || text.startsWith("||", i)
        || text.startsWith("^^", i)
        || (c == '&' || c == '~') && Fields.find(text.substring(at, i)) != null;
  }

  private void string(boolean raw) throws FilterException {
    int start = at;
    int i = at + (raw ? 2 : 1);
    StringBuilder value = new StringBuilder();
    while (i < text.length() && text.charAt(i) != '"') {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 >= text.length()) {
        value.append(c);
        i++;
      } else if (raw) {
        value.append(c).append(text.charAt(i + 1));
        i += 2;
      } else {
        i = escape(i, value);
      }
    }
    if (i >= text.length()) {
      throw new FilterException(
          text, new Span(start, text.length()), Message.of("filter.wrong.open-text"), "");
    }
    tokens.add(new Token(Token.Kind.STRING, value.toString(), new Span(start, i + 1)));
    at = i + 1;
  }

  /** What we don't know keeps its backslash: it is meant for a regular expression. */
  private int escape(int i, StringBuilder value) {
    char c = text.charAt(i + 1);
    switch (c) {
      case '"', '\\' -> value.append(c);
      case 'n' -> value.append('\n');
      case 't' -> value.append('\t');
      case 'r' -> value.append('\r');
      default -> value.append('\\').append(c);
    }
    return i + 2;
  }
}
