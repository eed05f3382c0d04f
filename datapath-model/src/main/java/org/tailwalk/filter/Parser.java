// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tailwalk.text.Message;

/**
 * Recursive descent over the tokens. From loose to tight: or, xor, and (which is also what stands
 * between two terms with nothing between them), not, comparisons.
 */
final class Parser {
  private static final int DEEPEST = 100;

  private final String text;
  private final List<Token> tokens;
  private int at;
  private int depth;

  Parser(String text) throws FilterException {
    this.text = text;
    this.tokens = new Lexer(text).tokens();
  }

  Expr parse() throws FilterException {
    if (peek().kind() == Token.Kind.END) {
      return new Expr.All();
    }
    Expr expr = or();
    Token rest = peek();
    if (rest.kind() != Token.Kind.END) {
      throw error(
          rest.span(),
          rest.kind() == Token.Kind.RIGHT_PAREN
              ? Message.of("filter.wrong.closes-nothing")
              : Message.of("filter.wrong.place", rest.text()));
    }
    return expr;
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token peek(int further) {
    return tokens.get(Math.min(at + further, tokens.size() - 1));
  }

  private Token take() {
    Token token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  private FilterException error(Span where, Message message) {
    return error(where, message, "");
  }

  private FilterException error(Span where, Message message, String suggestion) {
    return new FilterException(text, where, message, suggestion);
  }

  private static boolean word(Token token, String word) {
    return token.kind() == Token.Kind.WORD && token.text().equalsIgnoreCase(word);
  }

  private Expr or() throws FilterException {
    List<Expr> parts = new ArrayList<>();
    parts.add(xor());
    while (peek().kind() == Token.Kind.OR || word(peek(), "or")) {
      take();
      parts.add(xor());
    }
    return parts.size() == 1 ? parts.getFirst() : new Expr.Or(parts);
  }

  private Expr xor() throws FilterException {
    Expr left = and();
    while (peek().kind() == Token.Kind.XOR || word(peek(), "xor")) {
      take();
      left = new Expr.Xor(left, and());
    }
    return left;
  }

  private Expr and() throws FilterException {
    List<Expr> parts = new ArrayList<>();
    parts.add(not());
    while (true) {
      Token next = peek();
      if (next.kind() == Token.Kind.AND || word(next, "and")) {
        take();
        parts.add(not());
      } else if (beginsTerm(next)) {
        parts.add(not());
      } else {
        return parts.size() == 1 ? parts.getFirst() : new Expr.And(parts);
      }
    }
  }

  private static boolean beginsTerm(Token token) {
    return switch (token.kind()) {
      case WORD -> !word(token, "or") && !word(token, "xor") && !word(token, "and");
      case STRING, NOT, LEFT_PAREN -> true;
      case RELATION,
          AND,
          OR,
          XOR,
          BITS,
          RIGHT_PAREN,
          LEFT_BRACE,
          RIGHT_BRACE,
          LEFT_BRACKET,
          RIGHT_BRACKET,
          COMMA,
          END ->
          false;
    };
  }

  private Expr not() throws FilterException {
    if (peek().kind() == Token.Kind.NOT || word(peek(), "not")) {
      Token not = take();
      deeper(not);
      Expr of = not();
      depth--;
      return new Expr.Not(of);
    }
    return term();
  }

  private void deeper(Token token) throws FilterException {
    if (++depth > DEEPEST) {
      throw error(token.span(), Message.of("filter.wrong.deep", DEEPEST));
    }
  }

  private Expr term() throws FilterException {
    Token token = peek();
    switch (token.kind()) {
      case LEFT_PAREN -> {
        take();
        deeper(token);
        if (peek().kind() == Token.Kind.RIGHT_PAREN) {
          throw error(token.span().until(peek().span()), Message.of("filter.wrong.empty"));
        }
        Expr inner = or();
        if (peek().kind() != Token.Kind.RIGHT_PAREN) {
          throw error(token.span(), Message.of("filter.wrong.open", "("));
        }
        take();
        depth--;
        return inner;
      }
      case STRING -> {
        take();
        if (token.text().isBlank()) {
          throw error(token.span(), Message.of("filter.wrong.empty-text"));
        }
        return new Expr.Word(token.text().toLowerCase(Locale.ROOT), token.span());
      }
      case WORD -> {
        Expr.Quantifier quantifier = Expr.Quantifier.of(token.text());
        if (quantifier != null && quantifiable(1)) {
          take();
          return quantified(quantifier);
        }
        return fieldOrWord();
      }
      case END -> throw error(token.span(), Message.of("filter.wrong.unfinished"));
      case RELATION,
          NOT,
          AND,
          OR,
          XOR,
          BITS,
          RIGHT_PAREN,
          LEFT_BRACE,
          RIGHT_BRACE,
          LEFT_BRACKET,
          RIGHT_BRACKET,
          COMMA ->
          throw error(token.span(), Message.of("filter.wrong.needs-before", token.text()));
    }
    throw new IllegalStateException("the switch above knows every kind");
  }

  private Expr fieldOrWord() throws FilterException {
    Token name = take();
    if (word(name, "and") || word(name, "or") || word(name, "xor")) {
      throw error(name.span(), Message.of("filter.wrong.needs-before", name.text()));
    }
    boolean call = call(name, peek());
    if (call && FilterFunction.of(name.text()) == null) {
      noFunction(name);
      call = false;
    }
    boolean compared = comparison();
    if (!call && Fields.find(name.text()) == null) {
      return unknown(name, compared);
    }
    Expr.Operand left = operand(name, null);
    return comparison() ? compare(left) : new Expr.Present(left);
  }

  /** Whether a name stands right before a bracket, as a function's does. */
  private static boolean call(Token name, Token next) {
    return name.kind() == Token.Kind.WORD
        && next.kind() == Token.Kind.LEFT_PAREN
        && next.span().from() == name.span().to()
        && Fields.find(name.text()) == null;
  }

  /** A name before a field in brackets that is compared, and no function's: never bare words. */
  private void noFunction(Token name) throws FilterException {
    boolean field = peek(1).kind() == Token.Kind.WORD && Fields.find(peek(1).text()) != null;
    if (field
        && peek(2).kind() == Token.Kind.RIGHT_PAREN
        && (peek(3).kind() == Token.Kind.RELATION
            || Expr.Relation.of(peek(3).text()) != null
            || word(peek(3), "in"))) {
      List<String> all = new ArrayList<>();
      for (FilterFunction function : FilterFunction.values()) {
        all.add(function.label());
      }
      throw error(
          name.span(),
          Message.of("filter.wrong.no-function", name.text(), String.join(", ", all)),
          Nearest.of(name.text().toLowerCase(Locale.ROOT), all));
    }
  }

  /** Whether an operand that has values begins so many tokens ahead. */
  private boolean quantifiable(int ahead) {
    Token token = peek(ahead);
    if (token.kind() != Token.Kind.WORD) {
      return false;
    }
    Field field = Fields.find(token.text());
    return field != null
        ? field.type() != Field.Type.PROTOCOL
        : FilterFunction.of(token.text()) != null && call(token, peek(ahead + 1));
  }

  private Expr quantified(Expr.Quantifier quantifier) throws FilterException {
    Token name = take();
    Expr.Operand left = operand(name, quantifier);
    if (!comparison()) {
      throw error(
          peek().span(),
          Message.of("filter.wrong.needs-comparison", quantifier.label() + " " + left.field()));
    }
    return compare(left);
  }

  /** A field or a function of one, its bytes, its bits; the name was taken. */
  private Expr.Operand operand(Token name, Expr.@Nullable Quantifier quantifier)
      throws FilterException {
    List<FilterFunction> functions = new ArrayList<>();
    Token field = name;
    List<Token> open = new ArrayList<>();
    while (Fields.find(field.text()) == null) {
      FilterFunction function = FilterFunction.of(field.text());
      if (function == null || !call(field, peek())) {
        throw field.kind() == Token.Kind.WORD && !open.isEmpty()
            ? error(
                field.span(),
                Message.of("filter.wrong.no-field", field.text()),
                Fields.nearest(field.text()))
            : error(field.span(), Message.of("filter.wrong.needs-field"));
      }
      functions.addFirst(function);
      open.add(take());
      deeper(field);
      field = take();
    }
    for (Token bracket : open.reversed()) {
      if (peek().kind() != Token.Kind.RIGHT_PAREN) {
        throw error(bracket.span(), Message.of("filter.wrong.open", "("));
      }
      take();
      depth--;
    }
    Field found = Fields.find(field.text());
    String proper = found == null ? field.text() : found.name();
    Expr.Slice slice = peek().kind() == Token.Kind.LEFT_BRACKET ? slice() : null;
    Long mask = null;
    if (peek().kind() == Token.Kind.BITS) {
      take();
      mask = mask();
    }
    return new Expr.Operand(proper, name.span(), slice, mask, functions, quantifier);
  }

  /** A name that is no field's: a bare word, unless it is used like a field or looks like one. */
  private Expr unknown(Token name, boolean compared) throws FilterException {
    String typed = name.text();
    boolean certain = peek().kind() == Token.Kind.RELATION || word(peek(), "in") && compared;
    if (certain || compared && typed.indexOf('.') > 0 || Fields.looksLikeOne(typed)) {
      throw error(name.span(), Message.of("filter.wrong.no-field", typed), Fields.nearest(typed));
    }
    int sign = typed.indexOf('=');
    if (sign > 0 && Fields.find(typed.substring(0, sign)) != null) {
      int where = name.span().from() + sign;
      throw error(new Span(where, where + 1), Message.of("filter.wrong.single-equals"), "==");
    }
    if (peek().text().equals("=")) {
      throw error(peek().span(), Message.of("filter.wrong.single-equals"), "==");
    }
    return new Expr.Word(typed.toLowerCase(Locale.ROOT), name.span());
  }

  /** Whether what follows compares what stood before. */
  private boolean comparison() {
    Token next = peek();
    if (next.kind() == Token.Kind.RELATION) {
      return true;
    }
    if (next.kind() != Token.Kind.WORD) {
      return false;
    }
    if (word(next, "in") || word(next, "not") && word(peek(1), "in")) {
      return peek(word(next, "in") ? 1 : 2).kind() == Token.Kind.LEFT_BRACE;
    }
    return Expr.Relation.of(next.text()) != null || next.text().equals("=");
  }

  private Expr compare(Expr.Operand left) throws FilterException {
    Token sign = take();
    if (word(sign, "not")) {
      take();
      return new Expr.Not(set(left));
    }
    if (word(sign, "in")) {
      return set(left);
    }
    Expr.Relation relation = Expr.Relation.of(sign.text());
    if (relation == null) {
      throw error(sign.span(), Message.of("filter.wrong.single-equals"), "==");
    }
    Token token = peek();
    if (token.kind() == Token.Kind.WORD) {
      Field other = Fields.find(token.text());
      if (other != null && other.type() != Field.Type.PROTOCOL && token.text().indexOf('.') > 0) {
        take();
        Expr.Slice slice = peek().kind() == Token.Kind.LEFT_BRACKET ? slice() : null;
        return new Expr.CompareFields(
            left,
            relation,
            new Expr.Operand(other.name(), token.span(), slice, null, List.of(), null));
      }
      if (FilterFunction.of(token.text()) != null && call(token, peek(1))) {
        take();
        return new Expr.CompareFields(left, relation, operand(token, null));
      }
    }
    return new Expr.Compare(left, relation, value(left.field() + " " + sign.text()));
  }

  private Expr.Value value(String before) throws FilterException {
    Token token = peek();
    if (token.kind() != Token.Kind.WORD && token.kind() != Token.Kind.STRING) {
      throw error(token.span(), Message.of("filter.wrong.needs-value", before));
    }
    take();
    return new Expr.Value(token.text(), token.kind() == Token.Kind.STRING, token.span());
  }

  private Expr set(Expr.Operand left) throws FilterException {
    Token open = take();
    List<Expr.Item> items = new ArrayList<>();
    while (peek().kind() != Token.Kind.RIGHT_BRACE) {
      if (peek().kind() == Token.Kind.END) {
        throw error(open.span(), Message.of("filter.wrong.open", "{"));
      }
      items.add(item());
      if (peek().kind() == Token.Kind.COMMA) {
        take();
      }
    }
    Token close = take();
    if (items.isEmpty()) {
      throw error(open.span().until(close.span()), Message.of("filter.wrong.empty-set"));
    }
    return new Expr.In(left, items);
  }

  private Expr.Item item() throws FilterException {
    Expr.Value first = value("in {");
    int dots = first.quoted() ? -1 : first.text().indexOf("..");
    if (dots == 0) {
      throw error(first.span(), Message.of("filter.wrong.range-first"));
    }
    if (dots > 0) {
      int from = first.span().from();
      Expr.Value low =
          new Expr.Value(first.text().substring(0, dots), false, new Span(from, from + dots));
      String end = first.text().substring(dots + 2);
      return new Expr.Item(
          low,
          end.isEmpty()
              ? value("..")
              : new Expr.Value(end, false, new Span(from + dots + 2, first.span().to())));
    }
    Token next = peek();
    if (next.kind() == Token.Kind.WORD && next.text().startsWith("..")) {
      take();
      String end = next.text().substring(2);
      return new Expr.Item(
          first,
          end.isEmpty()
              ? value("..")
              : new Expr.Value(end, false, new Span(next.span().from() + 2, next.span().to())));
    }
    return new Expr.Item(first, null);
  }

  private long mask() throws FilterException {
    Token token = peek();
    Long bits = token.kind() == Token.Kind.WORD ? Literals.whole(token.text()) : null;
    if (bits == null) {
      throw error(token.span(), Message.of("filter.wrong.mask"));
    }
    take();
    return bits;
  }

  /** {@code [0:3]} three from the first, {@code [0-2]} the first to the third, {@code [2]} one. */
  private Expr.Slice slice() throws FilterException {
    Token open = take();
    StringBuilder inside = new StringBuilder();
    while (peek().kind() == Token.Kind.WORD) {
      inside.append(take().text());
    }
    if (peek().kind() != Token.Kind.RIGHT_BRACKET) {
      throw error(open.span(), Message.of("filter.wrong.open", "["));
    }
    Span all = open.span().until(take().span());
    Expr.@Nullable Slice slice = Literals.slice(inside.toString());
    if (slice == null) {
      throw error(all, Message.of("filter.wrong.slice"));
    }
    return slice;
  }
}
